"""The four numbers add up however a day goes, and say so when they don't."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk.actions.ending import miss
from madoguchi.desk.counting import FourNumbers, four_numbers, numbers_of_the_day
from madoguchi.desk.models import Conversation, Missed, Outcome
from madoguchi.inbox import router
from tests.people import Town, found_town, line_id, text

ENDS = ("waits", "taken", "talks", *Missed.values, *Outcome.values)
LETTERS = "abcdefgh"


def comes(town: Town, letter: str) -> Conversation:
    with transaction.atomic():
        _meaning, contact = router.route(town.channel, text("きいてください", line_id(letter)))
    return Conversation.objects.open().get(contact=contact)


def goes(town: Town, talk: Conversation, end: str) -> None:
    if end == "waits":
        return
    if end in Missed.values:
        with transaction.atomic():
            miss(None, Conversation.objects.select_for_update(of=("self",)).get(pk=talk.pk), Missed(end))
        return
    desk.take(town.supervisor, talk.pk, insists=True)
    if end != "taken":
        Conversation.objects.filter(pk=talk.pk).update(first_answered_at=clock.now())
    if end in Outcome.values:
        desk.close(town.supervisor, talk.pk, Outcome(end))


def numbers(town: Town) -> FourNumbers:
    return four_numbers(Conversation.objects.filter(organisation=town.organisation))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(day=st.lists(st.tuples(st.sampled_from(LETTERS), st.sampled_from(ENDS)), max_size=12))
def test_every_access_is_handled_missed_or_still_waiting(db: Any, day: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        town, open_now, ends = found_town(), set(), []
        for letter, end in day:
            if letter in open_now:
                continue  # a word in a talk is no new access
            goes(town, comes(town, letter), end)
            ends.append((letter, end))
            open_now |= {letter} if end in ("waits", "taken", "talks") else set()
        counted = numbers(town)
        transaction.set_rollback(True)
    handled = [(letter, end) for letter, end in ends if end == "talks" or end in Outcome.values]
    assert counted.adds_up
    assert (counted.accesses, counted.handled) == (len(ends), len(handled))
    assert counted.missed_total == sum(end in Missed.values for _letter, end in ends)
    assert counted.real == sum(end != Outcome.NO_CONSULTATION for _letter, end in handled)
    assert counted.persons == len({letter for letter, _end in handled})


@pytest.mark.parametrize("planted", [{"accesses": 4}, {"handled_rows": 2}, {"waiting": 1}])
def test_a_sum_that_does_not_add_up_is_noticed(planted: dict[str, Any]) -> None:
    right = FourNumbers(3, {Outcome.RESOLVED: 2}, 1, {Missed.FULL: 0}, 0, 3, 3)
    assert right.adds_up
    assert not replace(right, **planted).adds_up


def test_two_accounts_of_one_person_are_one_person(town: Town) -> None:
    for letter in "ab":
        goes(town, comes(town, letter), Outcome.RESOLVED)
    kept, merged = Contact.objects.filter(organisation=town.organisation).order_by("pk")
    assert numbers(town).persons == 2
    contacts.merge(town.supervisor, kept, merged, "同じ人と電話で確かめた")
    assert numbers(town).persons == 1


def test_the_day_is_japans(town: Town) -> None:
    talk = comes(town, "a")
    midnight = clock.jst(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    later = midnight.replace(hour=23)
    for minutes, counts in ((-1, 0), (1, 1)):
        Conversation.objects.filter(pk=talk.pk).update(opened_at=midnight + clock.seconds(60 * minutes))
        assert numbers_of_the_day(town.organisation.pk, later).accesses == counts


def test_what_was_practice_is_not_counted(town: Town) -> None:
    goes(town, comes(town, "a"), Outcome.RESOLVED)
    assert numbers(town).accesses == 1
    type(town.channel).objects.filter(pk=town.channel.pk).update(is_practice=True)
    assert (numbers(town).accesses, numbers(town).handled, numbers(town).adds_up) == (0, 0, True)
