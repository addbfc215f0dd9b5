"""What a talk goes through between the first word and its end, and what its counsellor may hold."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction

from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk.actions.ending import miss
from madoguchi.desk.models import (
    Assignment,
    Conversation,
    Duty,
    DutyState,
    Missed,
    Outcome,
    Promise,
    Reception,
    State,
)
from madoguchi.inbox import router
from tests.people import Town, line_id, text

GRAVE = "もう死にたい"


def said(town: Town, words: str = "きいてください", user: str = "a") -> Conversation:
    with transaction.atomic():
        _meaning, contact = router.route(town.channel, text(words, line_id(user)))
    return Conversation.objects.filter(contact=contact).latest("pk")


def taken(town: Town, user: str = "a", words: str = "きいてください") -> Conversation:
    return desk.take(town.sato, said(town, words, user).pk)


@pytest.mark.parametrize("pause", [desk.put_on_hold, desk.wrap_up])
def test_the_friends_next_word_takes_a_talk_back(pause: object, town: Town) -> None:
    talk = taken(town)
    assert callable(pause)
    assert pause(town.sato, talk.pk).state != State.LIVE
    assert said(town, "もうひとつ").state == State.LIVE
    talk.refresh_from_db()
    assert (talk.owner, talk.state) == (town.sato, State.LIVE)


def test_a_promise_stands_until_it_is_kept(town: Town) -> None:
    talk, moment = taken(town), clock.now() + timedelta(hours=2)
    desk.answer_later(town.sato, talk.pk, moment)
    assert said(town, "待っています").state == State.LATER
    desk.reply_text(town.sato, talk.pk, "お待たせしました", uuid.uuid4())
    talk.refresh_from_db()
    assert (talk.state, talk.promised_at) == (State.LIVE, None)


def test_nothing_is_promised_for_a_moment_that_has_passed(town: Town) -> None:
    talk = taken(town)
    with pytest.raises(desk.NotNow):
        desk.answer_later(town.sato, talk.pk, clock.now() - timedelta(seconds=1))


def test_a_silent_call_is_ended_with_one_tap_from_the_queue(town: Town) -> None:
    talk = said(town, "あ")
    desk.close_as_nothing(town.sato, talk.pk, through=None)
    talk.refresh_from_db()
    assert (talk.state, talk.outcome, talk.missed) == (State.CLOSED, Outcome.NO_CONSULTATION, "")


def test_what_nobody_answered_is_kept_with_its_reason(town: Town) -> None:
    talk = said(town)
    with transaction.atomic():
        miss(None, Conversation.objects.select_for_update().get(pk=talk.pk), Missed.FULL)
    talk.refresh_from_db()
    assert (talk.state, talk.outcome, talk.missed) == (State.CLOSED, "", Missed.FULL)


def test_who_held_it_last_goes_on_with_an_ended_talk(town: Town) -> None:
    talk = taken(town)
    desk.close(town.sato, talk.pk, Outcome.RESOLVED)
    with pytest.raises(desk.NotYours):
        desk.reopen(town.suzuki, talk.pk)
    assert desk.reopen(town.sato, talk.pk).state == State.LIVE
    assert Assignment.objects.filter(conversation=talk, ended_at=None).count() == 1


def test_an_ended_talk_stays_ended_once_the_friend_began_another(town: Town) -> None:
    talk = taken(town)
    desk.close(town.sato, talk.pk, Outcome.RESOLVED)
    assert said(town, "また来ました").pk != talk.pk
    with pytest.raises(desk.NotNow):
        desk.reopen(town.sato, talk.pk)


def test_beyond_three_talks_hands_are_full(town: Town) -> None:
    for user in "abc":
        taken(town, user)
    fourth = said(town, user="d")
    with pytest.raises(desk.HandsFull) as full:
        desk.take(town.sato, fourth.pk)
    assert (full.value.load, full.value.most, full.value.may_insist) == (3, 3, False)
    with pytest.raises(desk.HandsFull):
        desk.take(town.sato, fourth.pk, insists=True)
    assert desk.take(town.suzuki, fourth.pk).owner == town.suzuki


def test_a_grave_talk_weighs_two_and_can_always_be_taken_by_who_insists(town: Town) -> None:
    for user in "ab":
        taken(town, user)
    grave = said(town, GRAVE, "c")
    with pytest.raises(desk.HandsFull) as full:
        desk.take(town.sato, grave.pk)
    assert full.value.may_insist
    assert desk.take(town.sato, grave.pk, insists=True).owner == town.sato
    assert Conversation.objects.held_by(town.sato).load() == 4


def test_what_is_wrapped_up_or_promised_leaves_room(town: Town) -> None:
    talks = [taken(town, user) for user in "abc"]
    desk.wrap_up(town.sato, talks[0].pk)
    desk.answer_later(town.sato, talks[1].pk, clock.now() + timedelta(hours=1))
    assert Conversation.objects.held_by(town.sato).load() == 1
    assert taken(town, "d").owner == town.sato


def test_the_next_is_who_waited_longest_and_not_who_was_promised_later(town: Town) -> None:
    later, first, grave = said(town, user="a"), said(town, user="b"), said(town, GRAVE, "c")
    Conversation.objects.filter(pk=later.pk).update(
        promise=Promise.BOOKED, promised_at=clock.now() + timedelta(hours=3)
    )
    order = [desk.take_next(town.sato), desk.take_next(town.suzuki), desk.take_next(town.suzuki)]
    assert [talk.pk if talk else None for talk in order] == [grave.pk, first.pk, None]


def test_nobody_waits_for_ever_behind_grave_talks(town: Town) -> None:
    patient, grave = said(town, user="a"), said(town, GRAVE, "b")
    Conversation.objects.filter(pk=patient.pk).update(waiting_since=clock.now() - timedelta(minutes=31))
    assert [talk.pk for talk in Conversation.objects.waiting()] == [patient.pk, grave.pk]


def test_a_person_dismisses_a_sign_and_what_a_person_said_stands(town: Town) -> None:
    talk = said(town, GRAVE)
    (alert,) = talk.alerts.all()
    desk.acknowledge(town.sato, alert.pk, is_grave=False)
    talk.refresh_from_db()
    assert talk.grave_at is None
    desk.judge(town.supervisor, talk.pk, is_grave=True)
    said(town, GRAVE)
    desk.acknowledge(town.sato, talk.alerts.latest("pk").pk, is_grave=False)
    talk.refresh_from_db()
    assert (talk.grave_at is not None, talk.grave_by) == (True, town.supervisor)


def test_taking_says_that_one_is_here(town: Town) -> None:
    desk.report(town.sato, DutyState.ENDED)
    taken(town)
    assert Duty.objects.get(counsellor=town.sato).state == DutyState.AVAILABLE


def test_a_supervisor_gives_a_talk_also_beyond_the_limit(town: Town) -> None:
    for user in "abc":
        taken(town, user)
    fourth = said(town, user="d")
    assert desk.give(town.supervisor, fourth.pk, town.sato).owner == town.sato
    with pytest.raises(desk.NotYours):
        desk.give(town.suzuki, said(town, user="e").pk, town.sato)
    with pytest.raises(desk.NotYours):
        desk.give(town.supervisor, said(town, user="e").pk, town.administrator)


def test_the_own_limit_goes_before_the_channels(town: Town) -> None:
    desk.set_duty(town.supervisor, town.sato, {"most_load": 1})
    taken(town, "a")
    with pytest.raises(desk.HandsFull):
        taken(town, "b")
    Reception.objects.update(most_load=5)
    assert desk.take(town.suzuki, said(town, user="b").pk).owner == town.suzuki
