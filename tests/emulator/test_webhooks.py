"""Webhooks: signed, in order, in time, redelivered, spoilt on request."""

import base64
import hashlib
import hmac
import json

import pytest

from line_emulator.lanes import Lanes
from line_emulator.outbox import Queued
from line_emulator.signing import signature
from tests.emulator.receiver import Got, Receiver
from tests.emulator.stand import Account


def signed(account: Account, got: Got) -> bool:
    digest = hmac.new(account.channel["secret"].encode(), got.raw, hashlib.sha256).digest()
    return got.headers.get("x-line-signature") == base64.b64encode(digest).decode()


def say(account: Account, user_id: str, *texts: str) -> None:
    for text in texts:
        account.act(user_id, "text", text=text)


def test_the_known_signature() -> None:
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert (
        signature("8c570fa6dd201bb328f1c1eac23a96d8", body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="
    )


def test_a_webhook_is_signed_over_its_bytes_with_astral_characters_escaped(
    heard: Account, receiver: Receiver
) -> None:
    say(heard, heard.emulator.friend(), "こんにちは🤨")
    (event,) = receiver.wait_for(1)
    (got,) = receiver.got
    assert signed(heard, got)
    assert "こんにちは".encode() in got.raw
    assert rb"\uD83E\uDD28" in got.raw
    assert event["message"]["text"] == "こんにちは🤨"
    assert got.headers["user-agent"] == "LineBotWebhook/2.0"
    assert got.headers["content-type"] == "application/json; charset=utf-8"
    assert json.loads(got.raw)["destination"] == heard.channel["botUserId"]


@pytest.mark.parametrize(("escape", "marker"), [("none", "あ😀".encode()), ("all", rb"\u3042\uD83D\uDE00")])
def test_escaping_can_be_chosen(heard: Account, receiver: Receiver, escape: str, marker: bytes) -> None:
    heard.set(escape=escape)
    say(heard, heard.emulator.friend(), "あ😀")
    assert receiver.wait_for(1)[0]["message"]["text"] == "あ😀"
    assert marker in receiver.got[0].raw


def test_one_friend_waits_for_the_answer_and_another_does_not(heard: Account, receiver: Receiver) -> None:
    slow, quick = heard.emulator.friend("はると"), heard.emulator.friend("ゆい")
    receiver.answers.extend([(200, 0.8)])
    say(heard, slow, "一", "二")
    say(heard, quick, "三")
    receiver.wait_for(3)
    assert receiver.texts() == ["一", "三", "二"]
    assert receiver.got[2].at - receiver.got[0].at >= 0.79


def test_events_of_several_friends_share_a_request_when_batched(heard: Account, receiver: Receiver) -> None:
    heard.set(batchSize=10, batchWaitMs=50)
    friends = [heard.emulator.friend(name) for name in ("はると", "ゆい", "さくら")]
    common = {"channelId": heard.id, "do": "text"}
    acts = [{**common, "userId": friend, "text": text} for friend in friends for text in ("一", "二")]
    heard.emulator.post("/emu/acts", {"acts": acts})
    receiver.wait_for(6)
    assert len(receiver.got) == 1
    assert receiver.texts() == ["一", "二"] * 3


def test_without_redelivery_a_failed_event_is_lost(heard: Account, receiver: Receiver) -> None:
    receiver.answers.append((500, 0))
    say(heard, heard.emulator.friend(), "一", "二")
    heard.emulator.idle()
    assert receiver.texts() == ["一", "二"]
    assert [entry["status"] for entry in heard.journal("webhook")] == [500, 200]
    assert heard.emulator.get(f"/emu/channels/{heard.id}/statistics")["webhooks"] == {
        "ERROR_STATUS_CODE": 1,
        "OK": 1,
    }


def test_a_redelivered_event_is_the_same_but_for_its_flag(heard: Account, receiver: Receiver) -> None:
    heard.set(redelivery=True, redeliveryDelays=[0.05, 0.05])
    receiver.answers.extend([(503, 0), (404, 0)])
    say(heard, heard.emulator.friend(), "聞こえますか")
    heard.emulator.idle()
    first, *again = receiver.events
    assert len(again) == 2
    assert all(event == first | {"deliveryContext": {"isRedelivery": True}} for event in again)
    assert first["deliveryContext"] == {"isRedelivery": False}
    assert [(e["attempt"], e["isRedelivery"]) for e in heard.journal("webhook")] == [
        (1, False),
        (2, True),
        (3, True),
    ]


def test_a_redelivery_holds_up_nobody(heard: Account, receiver: Receiver) -> None:
    heard.set(redelivery=True, redeliveryDelays=[0.2])
    receiver.answers.append((500, 0))
    say(heard, heard.emulator.friend(), "一", "二")
    heard.emulator.idle()
    assert receiver.texts() == ["一", "二", "一"]


def test_redelivery_gives_up_after_its_last_delay(heard: Account, receiver: Receiver) -> None:
    heard.set(redelivery=True, redeliveryDelays=[0.02, 0.02])
    receiver.answers.extend([(500, 0)] * 9)
    say(heard, heard.emulator.friend(), "一")
    heard.emulator.idle()
    assert len(receiver.got) == 3


def test_an_answer_after_the_limit_is_a_timeout(heard: Account, receiver: Receiver) -> None:
    heard.set(webhookTimeoutMs=150)
    receiver.answers.append((200, 0.5))
    say(heard, heard.emulator.friend(), "一")
    heard.emulator.idle()
    (entry,) = heard.journal("webhook")
    assert (entry["status"], entry["reason"], entry["detail"]) == (None, "REQUEST_TIMEOUT", "Request timeout")
    assert entry["ms"] >= 140


def test_the_limit_is_two_seconds_unless_changed(account: Account) -> None:
    assert account.channel["webhookTimeoutMs"] == 2000


def test_a_duplicate_is_the_same_bytes_twice(heard: Account, receiver: Receiver) -> None:
    heard.fault("duplicate")
    say(heard, heard.emulator.friend(), "一", "二")
    heard.emulator.idle()
    assert sorted(receiver.texts()) == ["一", "一", "二"]
    doubled = [got.raw for got in receiver.got if got.events[0]["message"]["text"] == "一"]
    assert doubled[0] == doubled[1]


def test_reordered_events_overtake(heard: Account, receiver: Receiver) -> None:
    heard.fault("reorder", by=2, delayMs=5000)
    say(heard, heard.emulator.friend(), "一", "二", "三", "四")
    heard.emulator.idle()
    assert receiver.texts() == ["二", "三", "一", "四"]


def test_an_unsend_can_come_before_its_message(heard: Account, receiver: Receiver) -> None:
    heard.fault("reorder", eventType="message")
    friend = heard.emulator.friend()
    message_id = heard.act(friend, "text", text="やっぱりやめます")["messageId"]
    heard.act(friend, "unsend", messageId=message_id)
    heard.emulator.idle()
    assert [event["type"] for event in receiver.events] == ["unsend", "message"]


def test_a_reordered_last_event_comes_all_the_same(heard: Account, receiver: Receiver) -> None:
    heard.fault("reorder", delayMs=50)
    say(heard, heard.emulator.friend(), "一")
    heard.emulator.idle()
    assert receiver.texts() == ["一"]


def test_an_event_that_was_overtaken_in_time_is_not_brought_back_again() -> None:
    lanes, passed = Lanes(lambda queued: int(queued.event["webhookEventId"] == "1")), []
    first, second = (Queued("c", "U1", {"webhookEventId": number}) for number in "12")
    for queued in (first, second):
        lanes.add(queued)
    while batch := lanes.take(1):
        passed.append(batch[0].event_id)
        lanes.release(batch)
    lanes.stop_holding(first)
    assert (passed, lanes.take(1), lanes.queued) == (["2", "1"], [], 0)


def test_a_delayed_request_is_late(heard: Account, receiver: Receiver) -> None:
    heard.fault("delay", delayMs=500)
    say(heard, heard.emulator.friend(), "一")
    assert receiver.got == []
    assert receiver.wait_for(1)[0]["message"]["text"] == "一"


def test_a_dropped_request_is_redelivered_if_the_account_wants_that(
    heard: Account, receiver: Receiver
) -> None:
    heard.fault("drop", count=2)
    friend = heard.emulator.friend()
    say(heard, friend, "一")
    heard.emulator.idle()
    assert receiver.got == []
    heard.set(redelivery=True, redeliveryDelays=[0.02])
    say(heard, friend, "二")
    heard.emulator.idle()
    assert [(e["message"]["text"], e["deliveryContext"]["isRedelivery"]) for e in receiver.events] == [
        ("二", True)
    ]


def test_a_lost_answer_is_redelivered_although_it_arrived(heard: Account, receiver: Receiver) -> None:
    heard.set(redelivery=True, redeliveryDelays=[0.02])
    heard.fault("answerLost")
    say(heard, heard.emulator.friend(), "一")
    heard.emulator.idle()
    assert [event["deliveryContext"]["isRedelivery"] for event in receiver.events] == [False, True]


def test_wrong_missing_and_old_signatures(heard: Account, receiver: Receiver) -> None:
    old = heard.channel["secret"]
    heard.set(secret="f" * 32)
    friend = heard.emulator.friend()
    for kind in ("wrongSignature", "noSignature", "oldSecret", "drop"):
        heard.fault(kind)
        say(heard, friend, kind)
    heard.emulator.idle()
    wrong, none, older = receiver.got
    assert not signed(heard, wrong)
    assert "x-line-signature" not in none.headers
    assert older.headers["x-line-signature"] == signature(old, older.raw)


def test_the_same_seed_spoils_the_same_requests(heard: Account) -> None:
    friend, patterns = heard.emulator.friend(), []
    for _ in range(2):
        heard.fault("drop", rate=0.4, count=None, seed=7)
        before = len(heard.journal("webhook"))
        say(heard, friend, *"abcdefghijkl")
        heard.emulator.idle()
        patterns.append([entry["reason"] for entry in heard.journal("webhook")[before:]])
        heard.emulator.send("DELETE", f"/emu/channels/{heard.id}/faults")
    assert patterns[0] == patterns[1]
    assert 1 <= patterns[0].count("DROPPED") <= 11


def test_no_webhook_means_no_events(account: Account, friend: str) -> None:
    assert "webhookEventId" not in account.act(friend, "text", text="一")
    account.set(webhookUrl="http://127.0.0.1:9/", webhookActive=False)
    assert "webhookEventId" not in account.act(friend, "text", text="二")
    assert account.journal("webhook") == []


def test_only_loopback_is_ever_called(account: Account) -> None:
    for url in ("https://example.com/hook", "http://10.0.0.1/", "ftp://127.0.0.1/"):
        refused = account.emulator.send("PATCH", f"/emu/channels/{account.id}", {"webhookUrl": url})
        assert refused.status == 400
        answer = account.api("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": url})
        assert answer.body["details"] == [{"message": "invalid uri", "property": "endpoint"}]


def test_the_endpoint_is_set_read_and_tested(account: Account, receiver: Receiver) -> None:
    path = "/v2/bot/channel/webhook/endpoint"
    assert account.api("GET", path).body == {"message": "Webhook endpoint not found"}
    assert account.api("PUT", path, {"endpoint": receiver.url}).body == {}
    assert account.api("GET", path).body == {"endpoint": receiver.url, "active": True}
    receiver.answers.extend([(200, 0), (401, 0)])
    results = [account.api("POST", "/v2/bot/channel/webhook/test").body for _ in range(2)]
    assert [(r["success"], r["statusCode"], r["reason"], r["detail"]) for r in results] == [
        (True, 200, "OK", "200"),
        (False, 401, "ERROR_STATUS_CODE", "401"),
    ]
    assert receiver.got[0].events == []


def test_a_test_of_a_closed_port_says_so(account: Account) -> None:
    result = account.api("POST", "/v2/bot/channel/webhook/test", {"endpoint": "http://127.0.0.1:9/x"}).body
    assert (result["success"], result["reason"], result["statusCode"]) == (False, "COULD_NOT_CONNECT", 0)
