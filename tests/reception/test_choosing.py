"""Wait, later, booked, not today: what a tap promises, once, and what late and double taps do."""

import uuid
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db.models import F

from madoguchi.audit.models import Entry
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk import choices
from madoguchi.desk.actions.elapse import claim_elapsed, elapse
from madoguchi.desk.actions.nearing import claim_near, tell_near
from madoguchi.desk.choices import Act
from madoguchi.desk.models import Conversation, Missed, Outcome, Promise, State
from madoguchi.threads.models import Message
from tests.people import Town
from tests.reception.waiting import arranged, buttons, last, press, said, tap

CHOICES = {name for act, name in choices.NAMES.items() if act not in (Act.MORE, Act.REST, Act.WHO)}


SAFETY = ["画面をかえる", "安全の設定"]


def labels(message: Message) -> list[str]:
    """All buttons under a message, in their order."""
    return [item["action"]["label"] for item in message.payload.get("quickReply", {}).get("items", [])]


def full(town: Town, **parts: object) -> None:
    arranged(town, by_hand="full", **parts)


def test_an_open_desk_offers_no_choices_until_the_queue_is_as_long_as_is_set(town: Town) -> None:
    arranged(town, offers_from=1)
    assert not CHOICES & set(buttons(last(said(town))))
    talk = said(town, user="b")
    assert list(buttons(last(talk))) == ["待つ", "あとで返事", "時間を予約", "ほか"]
    press(town, buttons(last(talk))["ほか"], "b")
    assert labels(last(talk)) == ["順番をたずねる", "今日はやめておく", "話している人を選ぶ", *SAFETY]


@pytest.mark.parametrize("by_hand", ["", "full", "paused"])
def test_what_is_said_first_never_shows_more_than_four_buttons(town: Town, by_hand: str) -> None:
    arranged(town, by_hand=by_hand)
    first = last(said(town))
    assert len(labels(first)) <= 4
    assert ("どなたですか" in first.content["text"]) == (not by_hand), "one question at a time"


def test_who_is_speaking_is_asked_when_the_wait_is_settled_and_can_be_left_out(town: Town) -> None:
    full(town)
    talk = tap(town, said(town), "待つ")
    assert "どなたですか" in last(talk).content["text"]
    assert labels(last(talk)) == ["本人", "母", "父", "ほか"]
    press(town, buttons(last(talk))["ほか"])
    assert labels(last(talk)) == ["ほかの保護者", "ほかの人", "答えたくない", "選びなおす", *SAFETY]
    press(town, "w:self")
    tap(town, talk, "選びなおす")
    assert tap(town, talk, "順番をたずねる").speaker == "self"
    assert "どなたですか" not in last(talk).content["text"]


def test_the_ways_to_be_safe_are_behind_every_other_however_the_talk_stands(town: Town) -> None:
    full(town)
    talk = said(town)
    others = [choices.data(talk.first_message_id, act) for act in (Act.MORE, Act.REST)]
    for change in (lambda: None, lambda: desk.take(town.sato, talk.pk), lambda: ended(town, talk)):
        change()
        for data in others:
            press(town, data)
            assert labels(last(talk))[-2:] == SAFETY
    assert not CHOICES & set(buttons(last(talk)))


def ended(town: Town, talk: Conversation) -> None:
    desk.close(town.sato, talk.pk, Outcome.RESOLVED)


def test_a_full_desk_offers_them_and_a_channel_may_switch_them_off(town: Town) -> None:
    full(town)
    assert CHOICES & set(buttons(last(said(town))))
    arranged(town, offers_choices=False)
    assert not CHOICES & set(buttons(last(said(town, user="b"))))


def test_nobody_whose_words_are_grave_is_asked_to_wait_or_to_leave(town: Town) -> None:
    full(town)
    assert not CHOICES & set(buttons(last(said(town, "もう死にたい"))))


def test_what_cannot_be_foreseen_is_not_offered(town: Town) -> None:
    arranged(town, by_hand="paused")
    assert list(buttons(last(said(town))))[:2] == ["待つ", "今日はやめておく"]


def test_waiting_on_is_kept_once_however_often_it_is_tapped(town: Town) -> None:
    full(town)
    talk = said(town)
    data = buttons(last(talk))["待つ"]
    versions = {talk.version}
    for _ in range(3):
        press(town, data)
        talk.refresh_from_db()
        versions.add(talk.version)
    assert (talk.state, talk.promise, talk.promised_at, len(versions)) == (
        State.WAITING,
        Promise.NOW,
        None,
        2,
    )
    assert Entry.objects.filter(verb="desk.promise").count() == 1


def test_an_answer_is_promised_within_the_hours_and_said_with_its_moment(town: Town) -> None:
    full(town, later_minutes=60)
    talk = tap(town, said(town), "あとで返事")
    assert talk.promise == Promise.LATER
    assert talk.promised_at is not None
    wait = talk.promised_at - clock.now()
    assert timedelta(minutes=59) < wait <= timedelta(minutes=75)
    assert clock.jst(talk.promised_at).minute % 15 == 0
    assert f"{clock.jst(talk.promised_at).hour}:" in last(talk).content["text"]


def test_not_more_answers_are_promised_for_a_time_than_can_be_given(town: Town) -> None:
    full(town, later_minutes=60, later_capacity=1, slot_minutes=30)
    moments = [tap(town, said(town, user=user), "あとで返事", user).promised_at for user in "abcd"]
    found = sorted(moment for moment in moments if moment is not None)
    assert all(later - earlier >= timedelta(minutes=30) for earlier, later in pairwise(found))
    assert len(found) == 4


def test_tapping_later_again_keeps_the_first_promise(town: Town) -> None:
    full(town)
    talk = said(town)
    data = buttons(last(talk))["あとで返事"]
    press(town, data)
    talk.refresh_from_db()
    first = talk.promised_at
    press(town, data)
    talk.refresh_from_db()
    assert talk.promised_at == first


def booked(town: Town, talk: Conversation, user: str = "a", which: int = 0) -> Conversation:
    tap(town, talk, "時間を予約", user)
    label = [name for name in buttons(last(talk)) if name[:2] in ("きょ", "あす")][which]
    return tap(town, talk, label, user)


def test_a_booked_time_is_offered_once_and_comes_up_ten_minutes_before(town: Town) -> None:
    full(town)
    talk = booked(town, said(town))
    assert talk.promise == Promise.BOOKED
    assert talk.promised_at is not None
    assert not Conversation.objects.ready().exists()
    other = said(town, user="b")
    tap(town, other, "時間を予約", "b")
    mine = f"{clock.jst(talk.promised_at):%Y%m%d%H%M}"
    assert not any(data.endswith(mine) for data in buttons(last(other)).values())
    Conversation.objects.filter(pk=talk.pk).update(promised_at=clock.now() + timedelta(minutes=9))
    assert Conversation.objects.ready().filter(pk=talk.pk).exists()


def test_a_slot_that_was_taken_meanwhile_is_said_to_be_gone_and_others_are_offered(town: Town) -> None:
    full(town)
    first, second = said(town), said(town, user="b")
    for talk, user in ((first, "a"), (second, "b")):
        tap(town, talk, "時間を予約", user)
    slots = [data for name, data in buttons(last(second)).items() if ":slot:" in data]
    press(town, slots[0].replace(f"i:{second.first_message_id}", f"i:{first.first_message_id}"))
    press(town, slots[0], "b")
    second.refresh_from_db()
    assert second.promised_at is None
    assert last(second).content["text"] == choices.SLOT_GONE
    assert slots[0] not in buttons(last(second)).values()


@pytest.mark.parametrize("value", ["", "202601010000", "209912312359", "999999999999", "202611"])
def test_a_slot_that_was_never_offered_books_nothing(value: str, town: Town) -> None:
    full(town)
    talk = said(town)
    press(town, f"i:{talk.first_message_id}:slot:{value}")
    talk.refresh_from_db()
    assert (talk.promise, talk.promised_at) == ("", None)


def test_who_leaves_it_for_today_is_missed_because_of_giving_up(town: Town) -> None:
    full(town)
    talk = tap(town, said(town), "今日は")
    assert (talk.state, talk.missed, talk.outcome) == (State.CLOSED, Missed.GAVE_UP, "")
    assert "189" in last(talk).content["text"]
    press(town, f"i:{talk.first_message_id}:stop:")
    assert last(talk).content["text"] == choices.ENDED
    assert said(town, "やっぱり").pk != talk.pk


def test_a_grave_talk_is_not_ended_by_a_tap(town: Town) -> None:
    full(town)
    talk = said(town)
    said(town, "もう死にたい")
    press(town, f"i:{talk.first_message_id}:stop:")
    talk.refresh_from_db()
    assert talk.state == State.WAITING


def test_a_choice_may_be_changed_and_the_wait_counts_from_the_beginning(town: Town) -> None:
    full(town)
    talk = said(town)
    since = talk.waiting_since
    booked(town, talk)
    tap(town, talk, "選びなおす")
    tap(town, talk, "待つ")
    assert (talk.promise, talk.promised_at, talk.waiting_since) == (Promise.NOW, None, since)


def test_who_says_first_who_is_speaking_can_still_choose_how_to_wait(town: Town) -> None:
    """Only the newest message's buttons are on the phone: each answer carries what is still open."""
    full(town)
    talk = said(town)
    press(town, "w:mother")
    assert "あとで返事" in buttons(last(talk))
    tap(town, talk, "待つ")
    assert "w:mother" not in str(last(talk).payload)
    other = said(town, user="b")
    tap(town, other, "待つ", "b")
    assert "w:mother" in str(last(other).payload)


def test_late_taps_on_a_talk_that_somebody_holds_or_that_has_ended_change_nothing(town: Town) -> None:
    full(town)
    talk = said(town)
    acts = (Act.WAIT, Act.LATER, Act.BOOK, Act.ASK, Act.STOP, Act.NEAR, Act.CHOOSE)
    offered = [choices.data(talk.first_message_id, act) for act in acts]
    desk.take(town.sato, talk.pk)
    for data in offered:
        press(town, data)
    talk.refresh_from_db()
    assert (talk.state, talk.promise) == (State.LIVE, "")
    assert last(talk).content["text"] == choices.IS_HELD
    desk.close(town.sato, talk.pk, Outcome.RESOLVED)
    for data in offered:
        press(town, data)
    talk.refresh_from_db()
    assert (talk.state, talk.outcome) == (State.CLOSED, Outcome.RESOLVED)


def test_anothers_button_opens_nothing(town: Town) -> None:
    full(town)
    talk = said(town)
    other = said(town, user="b")
    for act in Act:
        assert press(town, choices.data(talk.first_message_id, act), "b") == "choice"
    talk.refresh_from_db()
    assert (talk.state, talk.promise) == (State.WAITING, "")
    assert last(other).content["text"] == choices.NOT_YOURS


def test_an_overdue_promise_calls_again_until_somebody_takes_the_talk(town: Town) -> None:
    full(town)
    talk = booked(town, said(town))
    calls: list[object] = []
    for minutes in (0, 3, 3, 3):
        moved = {
            name: F(name) - timedelta(minutes=minutes) for name in ("nudged_at", "due_at", "promised_at")
        }
        Conversation.objects.filter(pk=talk.pk).update(**moved)
        if not calls:
            Conversation.objects.filter(pk=talk.pk).update(
                promised_at=clock.now() - timedelta(seconds=1), due_at=clock.now()
            )
        for job in claim_elapsed(5):
            elapse(job)
        talk.refresh_from_db()
        calls.append(talk.nudged_at)
    assert len(set(calls)) == 4
    desk.take(town.sato, talk.pk)
    desk.reply_text(town.sato, talk.pk, "お待たせしました", uuid.uuid4())
    talk.refresh_from_db()
    assert (talk.promised_at, talk.state) == (None, State.LIVE)


def test_the_place_is_told_as_a_range_only_when_asked_for(town: Town) -> None:
    full(town)
    for user in "bcde":
        said(town, user=user)
    talk = tap(town, said(town), "順番を")
    assert last(talk).content["text"] == "いま4〜6人目くらいです。あとどのくらいかは、まだわかりません。"
    now = clock.now()
    for index, user in enumerate("fghi"):
        taken = desk.take(town.supervisor, said(town, user=user).pk, insists=True)
        Conversation.objects.filter(pk=taken.pk).update(taken_at=now - timedelta(minutes=40 - 10 * index))
    press(town, choices.data(talk.first_message_id, Act.ASK))
    assert last(talk).content["text"] == "いま4〜6人目くらいです。25〜95分くらいかかりそうです。"


def test_who_wants_to_hear_it_hears_once_that_the_turn_comes_near(town: Town) -> None:
    full(town)
    others = [said(town, user=user) for user in "bcd"]
    talk = tap(town, said(town), "順番を")
    tap(town, talk, "近づいたら")
    assert claim_near(5) == []
    for other in others[:2]:
        desk.take(town.sato, other.pk)
    for _ in range(2):
        for job in claim_near(5):
            tell_near(job)
    told = [message.content.get("text") for message in Message.objects.of(talk.contact)]
    assert told.count(choices.NEAR) == 1
