"""What one person, a role and a channel may hold: kept by the act, whoever reaches."""

import pytest

from madoguchi.accounts.models import User
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk.actions.dealing import claim_deals
from madoguchi.desk.models import Assigning, Assignment, Conversation, DutyState, Outcome, Reception
from tests.actions.test_states import GRAVE, said, taken
from tests.people import Town


def refused(town: Town, who: User, user: str, words: str = "きいてください") -> desk.HandsFull:
    with pytest.raises(desk.HandsFull) as full:
        desk.take(who, said(town, words, user).pk)
    return full.value


def test_who_is_in_training_holds_one_talk(town: Town) -> None:
    desk.set_duty(town.supervisor, town.sato, {"is_trainee": True})
    taken(town, "a")
    assert refused(town, town.sato, "b").most == 1


def test_who_is_in_training_never_holds_more_than_those_in_training_may(town: Town) -> None:
    desk.set_duty(town.supervisor, town.sato, {"is_trainee": True, "most_load": 3})
    taken(town, "a")
    assert refused(town, town.sato, "b").most == 1
    Reception.objects.update(trainee_load=2)
    taken(town, "b")
    assert refused(town, town.sato, "c").most == 2


def test_supervisors_have_a_limit_of_their_own_and_may_insist(town: Town) -> None:
    desk.reception(town.channel)
    Reception.objects.update(supervisor_load=0)
    full = refused(town, town.supervisor, "a")
    assert (full.load, full.most, full.may_insist) == (0, 0, True)
    assert desk.take(town.supervisor, said(town, user="a").pk, insists=True).owner == town.supervisor


def test_a_channel_holds_no_more_than_it_may_whoever_is_free(town: Town) -> None:
    desk.reception(town.channel)
    Reception.objects.update(capacity=2)
    taken(town, "a")
    desk.take(town.suzuki, said(town, user="b").pk)
    full = refused(town, town.suzuki, "c")
    assert (full.is_channel, full.most, full.may_insist) == (True, 2, False)
    with pytest.raises(desk.HandsFull):
        desk.take_next(town.suzuki)
    desk.wrap_up(town.sato, Conversation.objects.held_by(town.sato).get().pk)
    assert desk.take_next(town.suzuki) is not None


def test_a_grave_talk_is_taken_although_the_channel_is_full(town: Town) -> None:
    desk.reception(town.channel)
    Reception.objects.update(capacity=1)
    taken(town, "a")
    assert refused(town, town.suzuki, "b", GRAVE).may_insist
    grave = said(town, GRAVE, "b")
    assert desk.take(town.suzuki, grave.pk, insists=True).owner == town.suzuki


def test_the_desk_itself_keeps_the_limits_of_role_and_channel(town: Town) -> None:
    for who in (town.sato, town.suzuki):
        desk.report(who, DutyState.AVAILABLE)
    desk.set_duty(town.supervisor, town.sato, {"is_trainee": True})
    for user in "abcd":
        said(town, user=user)
    Reception.objects.update(assigning=Assigning.AUTOMATIC)
    dealt = [desk.deal(job.pk, job.attempt) for job in claim_deals(10)]
    owners = sorted(talk.owner.name for talk in dealt if talk and talk.owner)
    assert owners == ["佐藤", "鈴木", "鈴木"]
    Reception.objects.update(capacity=3, usual_load=9, most_load=9)
    assert [desk.deal(job.pk, job.attempt) for job in claim_deals(10)] == [None]


def test_going_on_with_an_ended_talk_keeps_the_limit(town: Town) -> None:
    desk.set_duty(town.supervisor, town.sato, {"most_load": 1})
    ended = desk.close(town.sato, taken(town, "a").pk, Outcome.RESOLVED)
    taken(town, "b")
    with pytest.raises(desk.HandsFull):
        desk.reopen(town.sato, ended.pk)
    assert desk.reopen(town.supervisor, ended.pk).owner == town.supervisor


def test_a_supervisor_gives_a_colleagues_talk_to_somebody_else(town: Town) -> None:
    talk = taken(town)
    asked = desk.hand_over(town.sato, talk.pk, "よろしく", to=town.supervisor)
    assert desk.give(town.supervisor, talk.pk, town.suzuki).owner == town.suzuki
    asked.refresh_from_db()
    assert (asked.end, asked.ended_by) == ("withdrawn", town.supervisor)
    held = Assignment.objects.filter(conversation=talk, ended_at=None)
    assert [(one.counsellor, one.assigned_by) for one in held] == [(town.suzuki, town.supervisor)]
    with pytest.raises(desk.NotYours):
        desk.give(town.sato, talk.pk, town.sato)


def test_what_is_wrapped_up_leaves_room_in_the_channel(town: Town) -> None:
    desk.reception(town.channel)
    Reception.objects.update(capacity=1)
    desk.answer_later(town.sato, taken(town, "a").pk, clock.now() + clock.seconds(3600))
    assert desk.take(town.suzuki, said(town, user="b").pk).owner == town.suzuki


def test_going_on_with_an_ended_talk_keeps_the_channels_limit_too(town: Town) -> None:
    desk.reception(town.channel)
    Reception.objects.update(capacity=1)
    ended = desk.close(town.sato, taken(town, "a").pk, Outcome.RESOLVED)
    desk.take(town.suzuki, said(town, user="b").pk)
    with pytest.raises(desk.HandsFull) as full:
        desk.reopen(town.sato, ended.pk)
    assert full.value.is_channel
