"""Nothing of ours reaches a friend outside that friend's safe hours, by whatever way of sending, in whatever order.

Real processes; time passes by moving a friend's whole life back. What arrives is judged by the rule as a person would say it:
outside the hours something may come only to who was at the telephone within the hour and only as an answer, or because somebody
has just given a reason; while the thread is harmless nothing comes but harmless texts.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from madoguchi.contacts.models import Contact
from tests.journeys.life import DAY, NOT_NOW, Life
from tests.journeys.ways import (
    OF_THE_FRIEND,
    TIME,
    WAYS,
    Way,
    answers_by_hand,
    answers_while_line_is_down,
    answers_while_no_worker_is_there,
    asks_for_silence,
    begun,
    comes_and_goes,
    completes_on_a_page,
    ends,
    hands_over,
    passes_a_beacon,
    plans,
    puts_right,
    sends_again,
    sends_what_waits,
    something_unknown,
    takes,
    types_and_reads,
    writes_with_a_moment_to_take_back,
)
from tests.street import Town


def lives(life: Life, way: Way) -> None:
    with suppress(*NOT_NOW):
        way(life)
    life.settles()
    wrong = [what for what in life.arrived() if not life.may_come(what)]
    assert wrong == [], (life.now % DAY, life)


EACH: tuple[Way, ...] = (
    *(answers_by_hand, puts_right, writes_with_a_moment_to_take_back, plans, TIME[0], types_and_reads),
    *(
        sends_again,
        sends_what_waits,
        something_unknown,
        passes_a_beacon,
        answers_by_hand,
        completes_on_a_page,
    ),
    *(answers_while_no_worker_is_there, answers_while_line_is_down, hands_over, comes_and_goes, takes, ends),
)


def ten_hours_later(life: Life, way: Way) -> list[str]:
    """What comes to the telephone of this, when nobody has touched it for hours."""
    life.touched = life.now - 300
    Contact.objects.filter(pk=life.contact.pk).update(active_at=Now() - timedelta(minutes=300))
    with suppress(*NOT_NOW):
        way(life)
    life.settles()
    return life.arrived()


def test_within_the_hours_each_way_of_sending_arrives(town: Town) -> None:
    life = begun(town, 9 * 60 + 2, 21 * 60 + 2)
    life.passes(600)
    came = " ".join(what for way in EACH for what in ten_hours_later(life, way))
    for what in ("返事", "訂正", "予定していた文", "<loading>", "<markAsRead>"):
        assert what in came


@pytest.mark.parametrize("wish", ["hours", "silent", "harmless"])
def test_each_way_of_sending_keeps_to_what_the_friend_asked_for(town: Town, wish: str) -> None:
    begin = 0 if wish == "silent" else 17 * 60
    life = begun(town, begin + 2, (begin + 240 + 2) % DAY)
    if wish != "hours":
        lives(life, asks_for_silence if wish == "silent" else OF_THE_FRIEND[2])
    life.passes(600 if wish != "silent" else 60)
    for way in EACH:
        came = ten_hours_later(life, way)
        wrong = [what for what in came if not life.may_come(what)]
        assert wrong == [], way


@settings(max_examples=4, phases=[Phase.explicit, Phase.generate])  # real processes: nothing is made smaller
@example(begin=17 * 60 + 2, length=240, ways=[ends, answers_while_line_is_down])  # when nobody may answer
@example(begin=17 * 60 + 2, length=240, ways=[answers_while_line_is_down, TIME[2], sends_what_waits])
@given(
    begin=st.integers(0, 23).map(lambda hour: hour * 60 + 2),
    length=st.integers(1, 23).map(lambda hours: hours * 60),
    ways=st.lists(WAYS, min_size=3, max_size=7),
)
def test_nothing_of_ours_reaches_a_friend_outside_the_safe_hours_by_whatever_way_of_sending(
    town: Town, begin: int, length: int, ways: list[Way]
) -> None:
    life = begun(town, begin, (begin + length) % DAY)
    for way in ways:
        lives(life, way)
