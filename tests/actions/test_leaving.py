"""Nobody waits for somebody who is gone: talks left alone, hand-overs that nobody hears, and who looks at what."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.accounts.models import User
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk.actions import leaving
from madoguchi.desk.models import Conversation, Duty, DutyState, Glance, HandOver
from tests.actions.test_states import said, taken
from tests.people import Town, found_town

PARTIAL = {"HX-Request": "true"}


def went(who: User, minutes: float = 4) -> None:
    """That person's desk has been closed for so long."""
    Duty.objects.filter(counsellor=who).update(seen_at=clock.now() - timedelta(minutes=minutes))


def look_round() -> None:
    for job in leaving.claim_unattended(10):
        leaving.write_down(job)
    for job in leaving.claim_unheard(10):
        leaving.give_back(job)


def left(town: Town) -> Conversation:
    """A talk of Sato's, in which the friend waits and Sato's browser has died."""
    talk = taken(town)
    went(town.sato)
    look_round()
    talk.refresh_from_db()
    return talk


def test_a_talk_whose_holder_is_gone_is_known_to_be_left_alone_once(town: Town) -> None:
    talk = taken(town)
    look_round()
    assert not Conversation.objects.left().exists()
    went(town.sato)
    look_round()
    assert list(Conversation.objects.left()) == [talk]
    assert leaving.claim_unattended(10) == []


def test_who_is_back_attends_again(town: Town) -> None:
    talk = left(town)
    desk.was_seen(town.sato)
    look_round()
    talk.refresh_from_db()
    assert (talk.left_at, talk.owner) == (None, town.sato)


def test_a_talk_in_which_we_had_the_last_word_is_not_left_alone(town: Town) -> None:
    import uuid

    talk = taken(town)
    desk.reply_text(town.sato, talk.pk, "どうしましたか", uuid.uuid4())
    went(town.sato)
    look_round()
    assert not Conversation.objects.left().exists()
    said(town, "あのね")
    look_round()
    assert list(Conversation.objects.left()) == [talk]


def test_whoever_said_that_the_day_is_over_leaves_nobody_waiting(town: Town) -> None:
    talk = taken(town)
    desk.report(town.sato, DutyState.ENDED)
    look_round()
    assert not Conversation.objects.left().exists()  # may be finishing it
    Conversation.objects.filter(pk=talk.pk).update(friend_spoke_at=clock.now() - timedelta(minutes=4))
    look_round()
    assert list(Conversation.objects.left()) == [talk]


def test_anybody_goes_on_with_what_was_left_alone_and_reads_it_whole(town: Town, client: Client) -> None:
    talk = taken(town)
    with pytest.raises(desk.NotYours):
        desk.take_over(town.suzuki, talk.pk)
    went(town.sato)
    look_round()
    client.force_login(town.suzuki)
    shown = client.get(reverse("desk:lists")).content.decode()
    assert "担当の人が席にいない相談" in shown
    assert "きいてください" not in shown
    answer = client.post(reverse("desk:take-over", args=[talk.pk]), follow=True)
    assert "きいてください" in answer.content.decode()
    talk.refresh_from_db()
    assert (talk.owner, talk.left_at) == (town.suzuki, None)


def test_taking_over_keeps_the_own_limit_and_the_wall(town: Town) -> None:
    talk = left(town)
    desk.set_duty(town.supervisor, town.suzuki, {"most_load": 0})
    with pytest.raises(desk.HandsFull):
        desk.take_over(town.suzuki, talk.pk)
    with pytest.raises(desk.NotYours):
        desk.take_over(found_town().sato, talk.pk)
    assert desk.take_over(town.supervisor, talk.pk).owner == town.supervisor


def asked(town: Town, **whom: Any) -> HandOver:
    found = desk.hand_over(town.sato, taken(town).pk, "よろしく", **whom)
    HandOver.objects.filter(pk=found.pk).update(asked_at=clock.now() - timedelta(minutes=4))
    return found


def returned_when(one: HandOver, gone: User) -> None:
    """It stands while that person is at a desk, and comes back to who asked when the person has gone."""
    look_round()
    assert HandOver.objects.pending().exists()
    went(gone)
    look_round()
    one.refresh_from_db()
    assert (one.end, one.conversation.owner) == ("returned", one.asked_by)


def test_what_was_asked_of_somebody_who_is_gone_comes_back_and_both_hear_it(
    town: Town, client: Client
) -> None:
    desk.report(town.suzuki, DutyState.AVAILABLE)
    one = asked(town, to=town.suzuki)
    returned_when(one, town.suzuki)
    for who, words in ((town.sato, "あなたの担当のままです"), (town.suzuki, "佐藤さんに戻りました")):
        client.force_login(who)
        assert words in client.get(reverse("desk:lists")).content.decode()
        client.post(reverse("desk:hand-over-seen", args=[one.pk]), headers=PARTIAL)
        assert words not in client.get(reverse("desk:lists")).content.decode()


def test_what_was_asked_of_a_skill_comes_back_when_nobody_who_has_it_is_there(town: Town) -> None:
    desk.add_skill(town.supervisor, "dv", "DV")
    desk.set_duty(town.supervisor, town.suzuki, {"skills": ["dv"]})
    desk.report(town.suzuki, DutyState.AVAILABLE)
    one = asked(town, skill="dv")
    look_round()
    assert HandOver.objects.pending().exists()
    desk.report(town.suzuki, DutyState.ENDED)
    look_round()
    one.refresh_from_db()
    assert one.end == "returned"


def test_two_who_have_one_talk_before_the_eyes_see_each_other(town: Town, client: Client) -> None:
    talk = said(town)
    desk.look_at(town.suzuki, talk.pk, writes=True)
    client.force_login(town.sato)
    client.post(reverse("desk:here"), {"open": talk.pk}, headers=PARTIAL)
    address = reverse("desk:looking", args=[talk.pk])
    assert "鈴木さんが書いています" in client.get(address).content.decode()
    desk.look_at(town.suzuki, talk.pk)
    assert "鈴木さんが見ています" in client.get(address).content.decode()
    desk.look_away(town.suzuki, talk.pk)
    assert "鈴木" not in client.get(address).content.decode()


def test_nobody_is_seen_looking_at_what_may_not_be_read(town: Town) -> None:
    talk = taken(town)
    desk.look_at(town.suzuki, talk.pk)
    desk.look_at(found_town().sato, talk.pk)
    assert not Glance.objects.exists()


def test_what_was_handed_to_the_queue_comes_back_when_nobody_else_is_there(
    town: Town, client: Client
) -> None:
    desk.report(town.suzuki, DutyState.AVAILABLE)
    returned_when(asked(town), town.suzuki)
    client.force_login(town.sato)
    assert "ほかにだれも席にいない" in client.get(reverse("desk:lists")).content.decode()
