"""Whatever several people do with talks, in whatever order: no talk has two owners or none who sees it, and no act that takes
one on goes beyond a limit."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from madoguchi.desk import actions as desk
from madoguchi.desk.models import Assignment, Conversation, DutyState, SecondEyes
from tests.hands.acts import ACTS, FRIENDS, Act, do, loads, on_the_line, too_much, torn, unseen
from tests.people import Town

PEOPLE = st.integers(0, 2)
# People act more often than friends write, and take more often than they do anything else.
NAMES = st.one_of(
    st.sampled_from(sorted(ACTS)), st.sampled_from(["says", "take", "take next", "accept", "hand over"])
)
ORDERS = st.lists(st.builds(Act, NAMES, PEOPLE, st.sampled_from(FRIENDS), PEOPLE), min_size=5, max_size=15)


def set_up(town: Town, second_eyes: str) -> None:
    """One in training; two talks each for the others, three on the line at once."""
    desk.set_reception(None, town.channel, {"most_load": 2, "capacity": 3, "second_eyes": second_eyes})
    desk.set_duty(town.supervisor, town.sato, {"is_trainee": True})
    for who in (town.suzuki, town.supervisor):
        desk.report(who, DutyState.AVAILABLE)
    for friend in FRIENDS[:3]:
        do(town, Act("says", 0, friend, 0))


def run(town: Town, order: list[Act]) -> None:
    for act in order:
        before, line = loads(town), on_the_line(town)
        done = do(town, act)
        assert torn(town) == [], act
        assert not done or too_much(town, act, before, line) == [], act


def ups(*names: str, who: int = 1, friend: str = "a", whom: int = 2) -> list[Act]:
    return [Act(name, who, friend, whom) for name in names]


@pytest.mark.timeout(600)  # each order is dozens of acts against the database
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=ORDERS, second_eyes=st.sampled_from(["", SecondEyes.GRAVE, SecondEyes.ALWAYS]))
@example(order=[*ups("take", "wrap up"), *ups("take", friend="b"), *ups("take", friend="c")], second_eyes="")
@example(order=[*ups("take", "hand over"), *ups("accept", "close", who=2), *ups("reopen")], second_eyes="")
@example(order=[*ups("take", "hand over", "goes", "elapses"), *ups("take over", who=0)], second_eyes="")
@example(order=ups("take", "answers", "release", "wants no more"), second_eyes="")
@example(order=ups("take", "answers", "release", "elapses", "elapses"), second_eyes="")
@example(order=ups("wants it later", "says something grave", "wants it later", "take next"), second_eyes="")
@example(
    order=[*ups("asks for second eyes"), *ups("take", who=2), *ups("confirms", who=0)],
    second_eyes=SecondEyes.ALWAYS,
)
def test_no_order_of_acts_leaves_a_talk_with_two_owners_or_none(
    order: list[Act], second_eyes: str, town: Town
) -> None:
    with transaction.atomic():
        set_up(town, second_eyes)
        run(town, order)
        assert unseen(town) == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("planted", ["two owners", "nobody's", "ended twice", "beyond the limit"])
def test_each_of_these_would_be_noticed(planted: str, town: Town) -> None:
    set_up(town, "")
    act = Act("take", 1, "a", 1)
    before, line = loads(town), on_the_line(town)
    assert do(town, act)
    talk = Conversation.objects.get(owner=town.suzuki)
    if planted == "two owners":
        Conversation.objects.filter(pk=talk.pk).update(owner=town.sato)
    elif planted == "nobody's":
        Assignment.objects.filter(conversation=talk).delete()
    elif planted == "ended twice":
        Conversation.objects.filter(pk=talk.pk).update(outcome="resolved")
    else:
        desk.set_duty(town.supervisor, town.suzuki, {"most_load": 0})
        assert too_much(town, act, before, line)
        return
    assert torn(town)
