"""An answer that is owed calls; what was answered is never missed; and who is given up hears it."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from madoguchi.accounts.models import User
from madoguchi.contacts import actions as contacts
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk import choices, counting, texts
from madoguchi.desk.actions import leaving
from madoguchi.desk.actions.ending import claim_left_alone, miss, take_back
from madoguchi.desk.choices import Act
from madoguchi.desk.models import Conversation, Duty, DutyState, Missed, Outcome, Reception, State
from tests.actions.test_elapsing import answered, pass_by, said, spoken
from tests.people import Town
from tests.reception.waiting import press


@pytest.mark.parametrize("words", ["きいてください", "もう死にたい"])
def test_a_talk_that_owes_an_answer_is_told_of_once(words: str, town: Town) -> None:
    talk = desk.take(town.sato, said(town, words).pk)
    pass_by(talk, 9)
    assert talk.nudged_at is None
    pass_by(talk, 2)
    first = talk.nudged_at
    assert first is not None
    said(town, "まだですか")
    pass_by(talk, 60)
    assert talk.nudged_at == first - timedelta(minutes=60), "the same wait: told once"
    desk.reply_text(town.sato, talk.pk, "お待たせしました", uuid.uuid4())
    talk.refresh_from_db()
    assert talk.nudged_at is None
    said(town, "ありがとう")
    pass_by(talk, 11)
    assert (talk.nudged_at is not None, talk.state) == (True, State.LIVE)


def test_how_long_an_answer_may_be_owed_is_set_and_may_be_never(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    address = reverse("desk:reception-limits", args=[town.channel.pk])
    assert "担当の人の返事を待っていることを知らせるまで（分）" in client.get(address).content.decode()
    Reception.objects.update(answer_minutes=0)
    talk = desk.take(town.sato, said(town).pk)
    pass_by(talk, 60 * 24)
    assert (talk.nudged_at, talk.due_at) == (None, None)


def test_a_promise_that_was_taken_on_calls_until_it_is_kept(town: Town) -> None:
    talk = said(town)
    press(town, choices.data(talk.first_message_id, Act.LATER))
    desk.take(town.sato, talk.pk)
    past = clock.now() - timedelta(seconds=1)
    Reception.objects.update(answer_minutes=0)
    Conversation.objects.filter(pk=talk.pk).update(promised_at=past, due_at=past)
    nudges = set()
    for _ in range(3):
        pass_by(talk, 3)
        nudges.add(talk.nudged_at)
    assert len(nudges) == 3
    assert talk.state == State.LIVE
    desk.reply_text(town.sato, talk.pk, "お待たせしました", uuid.uuid4())
    pass_by(talk, 3)
    assert talk.nudged_at is None


def away(who: User, minutes: float) -> None:
    desk.report(who, DutyState.AWAY)
    Duty.objects.filter(counsellor=who).update(changed_at=clock.now() - timedelta(minutes=minutes))


def test_who_is_away_for_some_minutes_with_an_open_desk_leaves_nobody_waiting(town: Town) -> None:
    talk = desk.take(town.sato, said(town).pk)
    Conversation.objects.filter(pk=talk.pk).update(friend_spoke_at=clock.now() - timedelta(minutes=4))
    for minutes, is_left in ((1, False), (4, True)):
        away(town.sato, minutes)
        for job in leaving.claim_unattended(5):
            leaving.write_down(job)
        assert Conversation.objects.left().exists() is is_left
    desk.report(town.sato, DutyState.AVAILABLE)
    for job in leaving.claim_unattended(5):
        leaving.write_down(job)
    assert not Conversation.objects.left().exists()


def back_in_the_queue(town: Town, way: str) -> Conversation:
    talk = answered(town)
    if way == "given back":
        desk.release(town.sato, talk.pk)
    else:
        User.objects.filter(pk=town.sato.pk).update(deactivated_at=clock.now())
        for job in claim_left_alone(5):
            take_back(job)
    talk.refresh_from_db()
    assert talk.state == State.WAITING
    return talk


@pytest.mark.parametrize("way", ["given back", "its holder was switched off"])
def test_what_was_answered_is_told_again_and_again_and_never_missed(way: str, town: Town) -> None:
    talk = back_in_the_queue(town, way)
    handled = counting.four_numbers(Conversation.objects.all()).handled
    for _ in range(3):
        pass_by(talk, 60 * 24)
        assert (talk.state, talk.missed, talk.due_at is not None) == (State.WAITING, "", True)
        assert talk.nudged_at is not None
    assert counting.four_numbers(Conversation.objects.all()).handled == handled
    with pytest.raises(desk.NotNow):
        miss(None, talk, Missed.GAVE_UP)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(pk=talk.pk).update(state="closed", missed=Missed.GAVE_UP)


def test_who_was_answered_and_wants_no_more_has_ended_it_alone(town: Town) -> None:
    talk = back_in_the_queue(town, "given back")
    press(town, choices.data(talk.first_message_id, Act.STOP))
    talk.refresh_from_db()
    assert (talk.state, talk.outcome, talk.missed) == (State.CLOSED, Outcome.ENDED_BY_CONSULTER, "")
    other = said(town, user="b")
    press(town, choices.data(other.first_message_id, Act.STOP), "b")
    other.refresh_from_db()
    assert (other.state, other.outcome, other.missed) == (State.CLOSED, "", Missed.GAVE_UP)


def a_day_goes_by(talk: Conversation) -> None:
    pass_by(talk, 60 * 23)  # the desks are told
    pass_by(talk, 61)


def given_up(town: Town) -> Conversation:
    talk = said(town)
    a_day_goes_by(talk)
    assert talk.missed == Missed.GAVE_UP
    return talk


def test_who_is_given_up_hears_it_with_what_else_to_call(town: Town) -> None:
    talk = given_up(town)
    last = spoken(talk)[-1]
    assert last.startswith(texts.MISSED.split("\n")[0])
    assert "189" in last
    assert "{" not in last
    assert said(town, "もう一度").pk != talk.pk


def test_who_is_given_up_hears_nothing_where_nobody_may_write_first(town: Town) -> None:
    talk = said(town)
    contacts.keep_silent(None, talk.contact, is_silent=True)
    before = spoken(talk)
    a_day_goes_by(talk)
    assert (talk.missed, spoken(talk)) == (Missed.GAVE_UP, before)


def test_what_is_said_then_is_a_text_of_the_channel_and_an_empty_one_is_not_said(
    town: Town, client: Client
) -> None:
    client.force_login(town.administrator)
    address = reverse("desk:reception-texts", args=[town.channel.pk])
    assert "だれも答えられないまま終わるとき" in client.get(address).content.decode()
    Reception.objects.update(missed_text="")
    talk = said(town)
    before = spoken(talk)
    a_day_goes_by(talk)
    assert (talk.missed, spoken(talk)) == (Missed.GAVE_UP, before)
