"""A counsellor answers: accepted exactly once, or visibly failed or not certain, whatever LINE does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from faults.street import Street, wait_until
from madoguchi.core import clock, live
from madoguchi.desk import actions as desk
from madoguchi.threads.models import Message
from tests.street import Town

ANSWER = "お話を聞かせてください"


def state_is(message: Message, *states: str) -> bool:
    message.refresh_from_db()
    return message.state in states


def pushes(town: Town) -> list[tuple[int | None, bool]]:
    """(status, accepted) of every push, and whether all bore one retry key."""
    calls = town.account.journal("api", path="/message/push")
    assert len({call["retryKey"] for call in calls}) <= 1
    return [(call["status"], call["accepted"]) for call in calls]


def hurry(message: Message) -> bool:
    """Do not wait for the next attempt."""
    waiting = Message.objects.filter(pk=message.pk, leased_until=None, due_at__gt=clock.now())
    if waiting.update(due_at=clock.now()):
        live.wake("message")
    return True


def finally_is(message: Message, state: str) -> bool:
    return hurry(message) and state_is(message, state)


def test_a_reply_is_accepted_and_stands_on_the_phone(town: Town) -> None:
    friend, conversation = town.open_talk()
    message = town.reply(conversation, ANSWER)
    assert message.state == "queued"
    town.settle()
    message.refresh_from_db()
    shown = town.account.thread(friend.user_id)[-1]
    assert (message.state, message.line_message_id) == ("accepted", shown["id"])
    assert shown["message"]["text"] == ANSWER
    assert message.request_id == town.account.journal("api", path="/push")[-1]["requestId"]


def test_a_double_click_a_reload_and_a_second_tab_send_once(town: Town) -> None:
    friend, conversation = town.open_talk()
    key = uuid4()
    sent = {town.reply(conversation, ANSWER, key).pk for _ in range(3)}
    town.settle()
    sent.add(town.reply(conversation, ANSWER, key).pk)
    town.settle()
    assert len(sent) == 1
    assert friend.reads()[2:] == [ANSWER]


def test_what_we_say_keeps_its_order(town: Town) -> None:
    friend, conversation = town.open_talk()
    town.account.fault("errorBefore", path="/push", count=1)
    said = [f"{number}通目" for number in range(6)]
    messages = [town.reply(conversation, text) for text in said]
    wait_until(lambda: all(finally_is(message, "accepted") for message in messages), "all accepted")
    assert friend.reads()[2:] == said


def test_a_reply_to_someone_who_blocked_us_is_accepted_and_nobody_is_told(town: Town) -> None:
    friend, conversation = town.open_talk()
    friend.act("block")
    town.settle()
    message = town.reply(conversation, ANSWER)
    town.settle()
    assert state_is(message, "accepted")
    assert pushes(town) == [(200, True)]
    assert ANSWER not in friend.reads()


def test_what_line_refuses_is_shown_as_failed_with_a_reason(town: Town) -> None:
    _friend, conversation = town.open_talk()
    broken = {"type": "text", "text": ""}
    message = desk.reply(town.sato, conversation.pk, "text", {"text": "…"}, broken, uuid4())
    town.settle()
    assert state_is(message, "failed")
    assert (message.reason, pushes(town)) == ("bad_message", [(400, False)])


@pytest.mark.parametrize(
    ("fault", "calls"),
    [
        ("errorBefore", [(500, False), (200, True)]),
        ("errorAfter", [(500, True), (409, False)]),
        ("dropConnection", [(None, True), (409, False)]),
        ("rateLimit", [(429, False), (200, True)]),
    ],
)
def test_after_a_fault_of_line_a_reply_is_accepted_exactly_once(
    town: Town, fault: str, calls: list[tuple[int | None, bool]]
) -> None:
    friend, conversation = town.open_talk()
    town.account.fault(fault, path="/push", count=1)
    message = town.reply(conversation, ANSWER)
    wait_until(lambda: finally_is(message, "accepted"), "accepted")
    assert pushes(town) == calls
    assert friend.reads()[2:] == [ANSWER]
    assert message.line_message_id == town.account.thread(friend.user_id)[-1]["id"]


@pytest.mark.parametrize(("fault", "reason"), [("monthlyLimit", "quota"), ("expiredToken", "token")])
def test_what_waiting_cannot_mend_is_failed_until_a_person_sends_it_again(
    town: Town, fault: str, reason: str
) -> None:
    friend, conversation = town.open_talk()
    town.account.fault(fault, path="/push", count=1)
    message = town.reply(conversation, ANSWER)
    town.settle()
    assert state_is(message, "failed")
    assert message.reason == reason
    desk.resend(town.sato, conversation.pk, message.number)
    town.settle()
    assert state_is(message, "accepted")
    assert friend.reads()[2:] == [ANSWER]


def test_when_line_hangs_the_reply_is_not_certain_within_a_minute_and_never_doubled(town: Town) -> None:
    friend, conversation = town.open_talk()
    town.account.fault("hang", path="/push", accept=True, delayMs=1500)
    message = town.reply(conversation, ANSWER)
    wait_until(lambda: friend.reads()[2:], "LINE has it, and hangs")
    age(message, 41)
    wait_until(lambda: state_is(message, "unknown"), "shown as not certain")
    assert message.reason in ("timeout", "connection")
    wait_until(lambda: finally_is(message, "accepted"), "accepted after all")
    assert pushes(town) == [(None, True), (409, False)]
    assert friend.reads()[2:] == [ANSWER]


def test_a_wait_that_line_asks_for_is_shown_before_the_minute_is_over(town: Town) -> None:
    """After seven quick failures the next attempt is a minute away: the sender is told before, not then."""
    _friend, conversation = town.open_talk()
    town.account.fault("errorBefore", path="/push", count=None)
    message = town.reply(conversation, ANSWER)
    wait_until(lambda: hurry(message) and len(pushes(town)) >= 7, "seven attempts")
    wait_until(lambda: state_is(message, "unknown"), "shown as not certain")
    assert message.created_at > clock.now() - clock.seconds(40)


def test_a_reply_whose_worker_died_while_sending_is_taken_over_and_accepted_once(
    town: Town, street: Street
) -> None:
    friend, conversation = town.open_talk()
    town.account.fault("hang", path="/push", accept=True, delayMs=20000)
    message = town.reply(conversation, ANSWER)
    wait_until(lambda: friend.reads()[2:], "LINE has it")
    street.kill("work-1")
    message.refresh_from_db()
    assert message.state == "queued"
    assert message.leased_until is not None
    assert message.leased_until < clock.now() + clock.seconds(25)
    Message.objects.filter(pk=message.pk).update(leased_until=F("leased_until") - timedelta(seconds=25))
    street.start("work-1")
    wait_until(lambda: state_is(message, "accepted"), "taken over")
    assert friend.reads()[2:] == [ANSWER]


def test_an_automatic_answer_that_may_have_arrived_is_not_certain_and_not_repeated(town: Town) -> None:
    town.account.fault("errorAfter", path="/message/reply", count=1)
    friend = town.friend()
    friend.says("はじめまして")
    town.settle()
    answer = friend.conversation().automatic_answer
    assert answer is not None
    assert answer.state == "unknown"
    assert len(friend.reads()) == 1


def test_an_automatic_answer_too_late_for_its_reply_token_is_pushed(town: Town) -> None:
    friend = town.friend()
    friend.says("きのうの夜に書きました", at=int(clock.now().timestamp() * 1000) - 70_000)
    town.settle()
    answer = friend.conversation().automatic_answer
    assert answer is not None
    assert answer.state == "accepted"
    assert [line["via"] for line in town.account.thread(friend.user_id) if line["from"] == "account"] == [
        "push"
    ]


def test_an_automatic_answer_that_line_is_too_busy_for_is_pushed_later(town: Town) -> None:
    town.account.fault("rateLimit", path="/message/reply", count=1)
    friend = town.friend()
    friend.says("はじめまして")
    town.settle()
    assert len(friend.reads()) == 1
    assert pushes(town) == [(200, True)]


def test_after_a_day_nothing_is_repeated_without_a_person(town: Town) -> None:
    _friend, conversation = town.open_talk()
    town.account.fault("errorBefore", path="/push", count=1)
    message = town.reply(conversation, ANSWER)
    wait_until(lambda: Message.objects.filter(pk=message.pk, attempts=1, leased_until=None).exists(), "tried")
    Message.objects.filter(pk=message.pk).update(
        first_attempt_at=clock.now() - timedelta(hours=24), due_at=clock.now()
    )
    town.settle()
    assert state_is(message, "unknown")
    assert pushes(town) == [(500, False)]


def test_the_phone_shows_read_only_after_a_person_has_opened_the_talk(town: Town) -> None:
    friend, conversation = town.open_talk()
    first = friend.thread().get(author_kind="friend", kind="text")
    assert _read_on_phone(town, friend.user_id) == [False]
    desk.read(town.sato, conversation.pk, first.number)
    wait_until(lambda: _read_on_phone(town, friend.user_id) == [True], "既読")
    friend.says("まだあります")
    town.settle()
    assert _read_on_phone(town, friend.user_id) == [True, False]


def age(message: Message, seconds: float) -> None:
    """Let the message have been written so long ago."""
    then = clock.now() - clock.seconds(seconds)
    Message.objects.filter(pk=message.pk).update(created_at=then, queued_at=then)


def _read_on_phone(town: Town, user_id: str) -> list[bool]:
    return [line["read"] for line in town.account.thread(user_id) if line["from"] == "friend"]
