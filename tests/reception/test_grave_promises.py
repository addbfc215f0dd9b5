"""Grave and promised together: a promise holds no grave talk back, whichever of the two came first."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk import choices, hours
from madoguchi.desk.actions import dealing
from madoguchi.desk.choices import Act
from madoguchi.desk.models import Assigning, Conversation, DutyState, Promise, Reception, State
from madoguchi.supervision.board import board
from tests.people import Town
from tests.reception.waiting import arranged, buttons, last, press, said

GRAVE = "もう死にたい"
MINUTES = st.integers(0, 300)
WAITS = st.tuples(MINUTES, st.none() | st.integers(-60, 48 * 60), st.booleans(), st.booleans())


def promised_for_tomorrow(town: Town) -> Conversation:
    arranged(town, by_hand="full")
    talk = said(town)
    press(town, choices.data(talk.first_message_id, Act.LATER))
    tomorrow = clock.now() + timedelta(days=1)
    Conversation.objects.filter(pk=talk.pk).update(promised_at=tomorrow)
    assert not Conversation.objects.ready().exists()
    return talk


def test_who_has_a_promise_and_then_writes_a_grave_word_is_next_in_every_list(town: Town) -> None:
    talk = promised_for_tomorrow(town)
    said(town, user="b")
    before = hours._busy(desk.reception(town.channel), clock.now()).count()
    said(town, GRAVE)
    assert next(iter(board(town.organisation.pk).waiting)) == talk
    assert hours._busy(desk.reception(town.channel), clock.now()).count() == before + 1
    Reception.objects.update(assigning=Assigning.AUTOMATIC)
    desk.report(town.suzuki, DutyState.AVAILABLE)
    assert [job.pk for job in dealing.claim_deals(1)] == [talk.pk]
    assert desk.take_next(town.sato) == talk


def test_an_old_button_under_a_grave_talk_keeps_the_promise_and_hides_nothing(town: Town) -> None:
    arranged(town, by_hand="full")
    talk = said(town, GRAVE)
    press(town, choices.data(talk.first_message_id, Act.LATER))
    talk.refresh_from_db()
    assert (talk.promise, talk.promised_at is not None) == (Promise.LATER, True)
    assert choices.READ_BEFORE in last(talk).content["text"]
    assert "選びなおす" not in buttons(last(talk)), (
        "nobody whose words are grave is asked to wait or to leave"
    )
    assert list(Conversation.objects.ready()) == [talk]
    slot = clock.now() + timedelta(days=2)
    Conversation.objects.filter(pk=talk.pk).update(promise=Promise.BOOKED, promised_at=slot)
    assert list(Conversation.objects.ready()) == [talk]


def test_the_desks_are_told_of_a_grave_talk_long_before_its_promise(town: Town) -> None:
    talk = promised_for_tomorrow(town)
    said(town, GRAVE)
    talk.refresh_from_db()
    assert talk.due_at is not None
    assert talk.due_at <= clock.now() + timedelta(minutes=10)


@pytest.mark.timeout(300)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(waits=st.lists(WAITS, min_size=2, max_size=4))
def test_what_is_grave_is_always_ready_and_never_behind_an_ungraver_younger_wait(
    waits: list[tuple[int, int | None, bool, bool]], town: Town
) -> None:
    """Each wait: minutes since its first word, minutes to its promise, grave, lifted."""
    Conversation.objects.filter(state=State.WAITING).update(state=State.CLOSED, outcome="resolved")
    now = clock.now()
    for user, (ago, ahead, is_grave, is_lifted) in zip("abcd", waits, strict=False):
        since = now - timedelta(minutes=ago)
        Conversation.objects.filter(pk=said(town, user=user).pk).update(
            waiting_since=since,
            promised_at=None if ahead is None else max(since, now + timedelta(minutes=ahead)),
            grave_at=now if is_grave else None,
            lifted_at=now if is_lifted else None,
        )
    order = list(Conversation.objects.ready())
    grave = Conversation.objects.filter(state=State.WAITING, grave_at__isnull=False)
    assert set(grave) <= set(order)
    for place, talk in enumerate(order):
        if talk.grave_at:
            ungraver = [one for one in order[:place] if not one.grave_at]
            assert all(one.waiting_since <= talk.waiting_since for one in ungraver)
