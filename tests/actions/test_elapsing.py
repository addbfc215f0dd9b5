"""What happens to a talk by itself: when, once, and never to a grave one."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse

from madoguchi.accounts.models import User
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk.actions import dealing
from madoguchi.desk.actions.assigning import deal
from madoguchi.desk.actions.elapse import claim_elapsed, elapse
from madoguchi.desk.models import Assigning, ByHand, Conversation, Duty, DutyState, Missed, Reception, State
from madoguchi.inbox import router
from madoguchi.threads.models import Author, Message
from tests.people import Town, line_id, text

PAST = (
    "opened_at",
    "waiting_since",
    "state_since",
    "last_spoke_at",
    "friend_spoke_at",
    "nudged_at",
    "due_at",
)


def said(town: Town, words: str = "きいてください", user: str = "a") -> Conversation:
    with transaction.atomic():
        _meaning, contact = router.route(town.channel, text(words, line_id(user)))
    return Conversation.objects.filter(contact=contact).latest("pk")


def answered(town: Town, words: str = "きいてください") -> Conversation:
    talk = desk.take(town.sato, said(town, words).pk)
    desk.reply_text(town.sato, talk.pk, "どうしましたか", uuid.uuid4())
    return talk


def pass_by(talk: Conversation, minutes: int) -> None:
    """Let so many minutes pass for the talk, then let the worker do what is due."""
    then = {name: F(name) - timedelta(minutes=minutes) for name in PAST}
    Conversation.objects.filter(pk=talk.pk).update(**then)
    for job in claim_elapsed(10):
        elapse(job)
    talk.refresh_from_db()


def spoken(talk: Conversation) -> list[str]:
    automatic = Message.objects.of(talk.contact).filter(author_kind=Author.AUTOMATIC)
    return [message.content["text"] for message in automatic.order_by("number")]


def test_who_goes_quiet_is_spoken_to_once_and_then_the_talk_is_wrapped_up(town: Town) -> None:
    talk = answered(town)
    before = len(spoken(talk))
    pass_by(talk, 19)
    assert len(spoken(talk)) == before
    pass_by(talk, 2)
    assert len(spoken(talk)) == before + 1
    pass_by(talk, 30)
    assert (len(spoken(talk)), talk.state) == (before + 1, State.LIVE)
    pass_by(talk, 11)
    assert (len(spoken(talk)), talk.state) == (before + 1, State.WRAP_UP)


def test_the_friends_word_stops_the_clock(town: Town) -> None:
    talk = answered(town)
    pass_by(talk, 21)
    said(town, "まだいます")
    before = len(spoken(talk))
    pass_by(talk, 600)
    assert (len(spoken(talk)), talk.state) == (before, State.LIVE)


def test_a_grave_talk_is_never_spoken_to_or_ended_by_a_clock(town: Town) -> None:
    talk = answered(town, "もう死にたい")
    before = len(spoken(talk))
    pass_by(talk, 60 * 30)
    assert (len(spoken(talk)), talk.state) == (before, State.LIVE)


def test_a_grave_word_in_the_queue_is_never_given_up(town: Town) -> None:
    talk = said(town, "もう死にたい")
    pass_by(talk, 60 * 100)
    assert talk.state == State.WAITING


@pytest.mark.parametrize(
    ("said_by_hand", "reason"),
    [("", Missed.GAVE_UP), (ByHand.PAUSED, Missed.CLOSED), (ByHand.FULL, Missed.FULL)],
)
def test_whom_nobody_answered_in_a_day_is_kept_as_missed(
    said_by_hand: str, reason: Missed, town: Town
) -> None:
    desk.reception(town.channel)
    Reception.objects.update(by_hand=said_by_hand)
    talk = said(town)
    pass_by(talk, 60 * 23)
    assert talk.state == State.WAITING
    pass_by(talk, 61)
    assert (talk.state, talk.missed) == (State.CLOSED, reason)


@pytest.mark.parametrize(
    ("act", "minutes", "said_of_it"),
    [(desk.put_on_hold, 15, "保留のまま"), (desk.wrap_up, 30, "まとめの残り")],
)
def test_what_stays_on_hold_or_unfinished_is_told_in_its_holders_list(
    town: Town, client: Client, act: Callable[[User, int], object], minutes: int, said_of_it: str
) -> None:
    talk = answered(town)
    act(town.sato, talk.pk)
    client.force_login(town.sato)
    pass_by(talk, minutes - 1)
    assert said_of_it not in client.get(reverse("desk:lists")).content.decode()
    pass_by(talk, 2)
    shown = client.get(reverse("desk:lists")).content.decode()
    assert said_of_it in shown
    assert talk.due_at is None, "told once: it is nobody's alarm"
    said(town, "まだいます")
    assert said_of_it not in client.get(reverse("desk:lists")).content.decode()


def test_a_promise_is_called_before_its_moment_and_at_it(town: Town) -> None:
    talk = answered(town)
    moment = clock.now() + timedelta(minutes=60)
    talk = desk.answer_later(town.sato, talk.pk, moment)
    assert talk.due_at == moment - timedelta(minutes=10)
    gap = timedelta(minutes=51)
    Conversation.objects.filter(pk=talk.pk).update(
        due_at=F("due_at") - gap, promised_at=F("promised_at") - gap
    )
    for job in claim_elapsed(10):
        elapse(job)
    talk.refresh_from_db()
    assert talk.nudged_at is not None
    assert talk.state == State.LATER


def dealing_town(town: Town) -> None:
    desk.reception(town.channel)
    Reception.objects.update(assigning=Assigning.AUTOMATIC)
    for counsellor in (town.sato, town.suzuki):
        desk.report(counsellor, DutyState.AVAILABLE)


def dealt() -> list[str]:
    jobs = dealing.claim_deals(20)
    talks = [deal(job.pk, job.attempt) for job in jobs]
    return [talk.owner.name for talk in talks if talk and talk.owner]


def test_who_is_free_is_given_who_waits_up_to_the_usual_load(town: Town) -> None:
    dealing_town(town)
    for user in "abcde":
        said(town, user=user)
    assert sorted(dealt()) == ["佐藤", "佐藤", "鈴木", "鈴木"]
    assert dealt() == []


def test_who_is_away_or_has_no_desk_open_is_given_nobody(town: Town) -> None:
    dealing_town(town)
    desk.report(town.sato, DutyState.AWAY)
    Duty.objects.filter(counsellor=town.suzuki).update(seen_at=clock.now() - timedelta(minutes=5))
    said(town)
    assert dealt() == []


def test_who_has_the_skill_is_given_the_talk_that_needs_it(town: Town) -> None:
    dealing_town(town)
    desk.set_duty(town.supervisor, town.suzuki, {"skills": ["english"]})
    talk = said(town)
    Conversation.objects.filter(pk=talk.pk).update(needs=["english"])
    assert dealt() == ["鈴木"]


def test_without_automatic_dealing_nobody_is_given_anything(town: Town) -> None:
    dealing_town(town)
    Reception.objects.update(assigning=Assigning.NEXT)
    said(town)
    assert dealt() == []
