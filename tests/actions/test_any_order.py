"""Whatever three people, three friends and the clock do to talks, in any order: each talk is in one state and in one pair of
hands, no limit is passed without insisting, and every ended talk is handled or missed."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from madoguchi.accounts.models import User
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk.actions.elapse import claim_elapsed, elapse
from madoguchi.desk.models import HELD, Assignment, Conversation, HandOver, Outcome, State
from madoguchi.inbox import router
from tests.people import Town, line_id, text

MOST = 2
REFUSALS = (
    *(desk.NotYours, desk.NotNow, desk.AlreadyTaken, desk.HandsFull, desk.SomethingNew),
    Conversation.DoesNotExist,
)
FRIENDS, STAFF = "abc", ("sato", "suzuki", "supervisor")


def asked(talk: Conversation) -> int:
    """The newest hand-over of the talk; one that never was, if there is none."""
    return (
        HandOver.objects.filter(conversation=talk).order_by("-pk").values_list("pk", flat=True).first() or 0
    )


GIVING: dict[str, Callable[[User, Conversation], Any]] = {
    "take": lambda actor, talk: desk.take(actor, talk.pk),
    "reopen": lambda actor, talk: desk.reopen(actor, talk.pk),
    "accept": lambda actor, talk: desk.accept(actor, asked(talk)),
}
OTHER: dict[str, Callable[[User, Conversation], Any]] = {
    "reply": lambda actor, talk: desk.reply_text(actor, talk.pk, "きいています", uuid.uuid4()),
    "hold": lambda actor, talk: desk.put_on_hold(actor, talk.pk),
    "resume": lambda actor, talk: desk.resume(actor, talk.pk),
    "later": lambda actor, talk: desk.answer_later(actor, talk.pk, clock.now() + timedelta(hours=1)),
    "wrap up": lambda actor, talk: desk.wrap_up(actor, talk.pk),
    "release": lambda actor, talk: desk.release(actor, talk.pk, "よろしく"),
    "close": lambda actor, talk: desk.close(actor, talk.pk, Outcome.RESOLVED),
    "nothing": lambda actor, talk: desk.close_as_nothing(actor, talk.pk, through=None),
    "judge": lambda actor, talk: desk.judge(actor, talk.pk, is_grave=talk.grave_at is None),
    "decline": lambda actor, talk: desk.decline(actor, asked(talk)),
    "withdraw": lambda actor, talk: desk.withdraw(actor, asked(talk)),
}


class AnyOrder(RuleBasedStateMachine):
    town: Town

    def who(self, name: str) -> User:
        found: User = getattr(self.town, name)
        return found

    def talk(self, friend: str) -> Conversation | None:
        return Conversation.objects.filter(contact__pk=self.met.get(friend, 0)).order_by("-pk").first()

    def __init__(self) -> None:
        super().__init__()
        self.met: dict[str, int] = {}

    @rule(friend=st.sampled_from(FRIENDS), words=st.sampled_from(["はい", "きいて", "もう死にたい"]))
    def a_friend_writes(self, friend: str, words: str) -> None:
        with transaction.atomic():
            _meaning, contact = router.route(self.town.channel, text(words, line_id(friend)))
        assert contact is not None
        self.met[friend] = contact.pk
        talk = self.talk(friend)
        assert talk is not None
        assert talk.is_open, "whoever writes is heard"

    @rule(
        friend=st.sampled_from(FRIENDS),
        who=st.sampled_from(STAFF),
        act=st.sampled_from([*GIVING, *OTHER] * 2),
    )
    def somebody_acts(self, friend: str, who: str, act: str) -> None:
        talk, actor = self.talk(friend), self.who(who)
        if talk is None:
            return
        with suppress(*REFUSALS), transaction.atomic():
            (GIVING | OTHER)[act](actor, talk)
            load = Conversation.objects.held_by(actor).load()
            assert act not in GIVING or load <= MOST, "more than was meant to be held"

    @rule(friend=st.sampled_from(FRIENDS), who=st.sampled_from(STAFF), to=st.sampled_from(STAFF))
    def somebody_asks_a_colleague(self, friend: str, who: str, to: str) -> None:
        talk = self.talk(friend)
        if talk is not None:
            with suppress(*REFUSALS), transaction.atomic():
                desk.hand_over(self.who(who), talk.pk, "つづきを", to=self.who(to))

    @rule(minutes=st.sampled_from([30, 60, 1500]))
    def time_passes(self, minutes: int) -> None:
        then = clock.now() - timedelta(minutes=minutes)
        ours = Conversation.objects.filter(channel=self.town.channel)
        ours.open().update(last_spoke_at=then, state_since=then, due_at=then)
        for job in claim_elapsed(50):
            elapse(job)

    @invariant()
    def each_talk_is_in_one_pair_of_hands(self) -> None:
        for talk in Conversation.objects.filter(channel=self.town.channel):
            holding = list(Assignment.objects.filter(conversation=talk, ended_at=None))
            hands = [talk.owner_id] if talk.state in HELD else []
            assert [one.counsellor_id for one in holding] == hands, (talk.state, talk.owner_id)
            assert (talk.state == State.CLOSED) == bool(talk.outcome or talk.missed)
            assert not (talk.outcome and talk.missed)
            assert talk.hand_overs.pending().count() <= (talk.state in HELD)

    @invariant()
    def a_grave_talk_is_ended_by_people_alone(self) -> None:
        grave = Conversation.objects.filter(channel=self.town.channel).exclude(grave_at=None)
        assert not grave.exclude(missed="").exists()


def test_talks_stay_whole_in_any_order(town: Town) -> None:
    AnyOrder.town = town
    desk.set_reception(None, town.channel, {"most_load": MOST, "supervisor_load": MOST, "capacity": 1000})
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
