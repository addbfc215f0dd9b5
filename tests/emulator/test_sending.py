"""Push, reply, multicast: who gets what, what it costs, and what is never sent twice."""

from uuid import uuid4

import pytest

from tests.emulator.receiver import Receiver
from tests.emulator.stand import TEXT, Account, Emulator

DAY = 86_400


def test_a_push_arrives_and_names_its_messages(account: Account, friend: str) -> None:
    answer = account.push(
        friend,
        TEXT,
        {"type": "location", "title": "窓口", "address": "あおば市", "latitude": 35, "longitude": 139},
    )
    sent = answer.body["sentMessages"]
    assert [line["id"] for line in account.thread(friend)] == [entry["id"] for entry in sent]
    assert "quoteToken" in sent[0]
    assert "quoteToken" not in sent[1]
    assert int(sent[0]["id"]) < int(sent[1]["id"])


def test_a_retry_key_sends_once_and_repeats_the_first_answer(account: Account, friend: str) -> None:
    key = str(uuid4())
    first = account.push(friend, key=key)
    again = account.push(friend, key=key.upper())
    assert (first.status, again.status) == (200, 409)
    assert again.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert again.body == {"message": "The retry key is already accepted", **first.body}
    assert len(account.thread(friend)) == 1


def test_a_refused_request_does_not_use_its_retry_key_up(account: Account, friend: str) -> None:
    key = str(uuid4())
    assert account.push(friend, {"type": "text", "text": ""}, key=key).status == 400
    assert account.push(friend, key=key).status == 200


def test_a_multicast_with_a_known_key_is_a_409_without_messages(account: Account, friend: str) -> None:
    key = str(uuid4())
    assert account.multicast([friend], key).body == {}
    assert account.multicast([friend], key).body == {"message": "The retry key is already accepted"}


def test_retry_keys_belong_to_a_channel_and_end_after_a_day(
    emulator: Emulator, account: Account, friend: str
) -> None:
    key, other = str(uuid4()), emulator.account()
    assert account.push(friend, key=key).status == 200
    other.act(friend, "follow")
    assert other.push(friend, key=key).status == 200
    try:
        emulator.post("/emu/settings", {"clockShiftSeconds": DAY - 60})
        assert account.push(friend, key=key).status == 409
        emulator.post("/emu/settings", {"clockShiftSeconds": DAY + 1})
        assert account.push(friend, key=key).status == 200
    finally:
        emulator.post("/emu/settings", {"clockShiftSeconds": 0})


def test_retry_keys_are_uuids_and_for_sending_only(account: Account, friend: str) -> None:
    assert account.push(friend, key="42").status == 400
    assert account.api("POST", "/v2/bot/message/reply", {}, key=str(uuid4())).status == 400
    assert account.api("GET", "/v2/bot/info", key=str(uuid4())).status == 400


def test_a_block_is_a_200_that_neither_arrives_nor_costs(account: Account, friend: str) -> None:
    account.act(friend, "block")
    assert account.push(friend).status == 200
    assert account.multicast([friend]).status == 200
    assert account.thread(friend) == []
    assert account.api("GET", "/v2/bot/message/quota/consumption").body == {"totalUsage": 0}
    assert [entry["delivered"] for entry in account.journal("api")][:2] == [0, 0]


def test_a_push_to_somebody_unknown_fails(account: Account) -> None:
    answer = account.push("U" + "0" * 32)
    assert (answer.status, answer.body) == (400, {"message": "Failed to send messages"})


def test_who_wrote_without_being_a_friend_is_reached_for_seven_days(
    emulator: Emulator, account: Account
) -> None:
    passer_by = emulator.friend()
    account.act(passer_by, "text", text="こんにちは")
    try:
        for days, count in ((6.9, 2), (7.1, 2)):
            emulator.post("/emu/settings", {"clockShiftSeconds": days * DAY})
            assert account.push(passer_by).status == 200
            assert len(account.thread(passer_by)) == count
    finally:
        emulator.post("/emu/settings", {"clockShiftSeconds": 0})


def test_a_multicast_skips_strangers_unless_the_channel_is_strict(account: Account, friend: str) -> None:
    stranger = "U" + "1" * 32
    assert account.multicast([friend, stranger]).status == 200
    account.set(strictMulticast=True)
    assert account.multicast([friend, stranger]).status == 400
    assert len(account.thread(friend)) == 1
    assert account.api("GET", "/v2/bot/message/quota/consumption").body == {"totalUsage": 1}


@pytest.mark.parametrize("count", [0, 501])
def test_a_multicast_goes_to_1_to_500(account: Account, count: int) -> None:
    answer = account.multicast(["U" + "2" * 32] * count)
    detail = {"message": "Size must be between 1 and 500", "property": "to"}
    assert answer.body == {"message": "The request body has 1 error(s)", "details": [detail]}


def test_multicast_refuses_groups_by_their_place(account: Account, friend: str) -> None:
    answer = account.multicast([friend, "C" + "0" * 32])
    assert answer.body == {
        "message": "The property, to[1], in the request body is invalid (line: -, column: -)"
    }


def test_the_monthly_quota_is_all_or_nothing(account: Account, friend: str) -> None:
    account.set(quota=2, usage=1)
    other = account.new_friend("はると")
    answer = account.multicast([friend, other])
    assert (answer.status, answer.body) == (429, {"message": "You have reached your monthly limit."})
    assert account.push(friend).status == 200
    assert account.push(friend).status == 429
    assert account.api("GET", "/v2/bot/message/quota").body == {"type": "limited", "value": 2}
    assert len(account.thread(friend)) == 1
    assert account.thread(other) == []


def test_a_reply_token_works_once_and_is_free(heard: Account, receiver: Receiver) -> None:
    friend = heard.new_friend()
    token = receiver.wait_for(1)[0]["replyToken"]
    assert heard.reply(token).status == 200
    again = heard.reply(token)
    assert (again.status, again.body) == (400, {"message": "Invalid reply token"})
    assert [line["via"] for line in heard.thread(friend)] == ["reply"]
    assert heard.api("GET", "/v2/bot/message/quota/consumption").body == {"totalUsage": 0}


def test_a_reply_token_lives_as_long_as_the_channel_says(heard: Account, receiver: Receiver) -> None:
    heard.set(replyTokenSeconds=0)
    heard.new_friend()
    heard.emulator.idle()
    assert heard.reply(receiver.events[0]["replyToken"]).body == {"message": "Invalid reply token"}


def test_a_reply_token_belongs_to_its_channel(heard: Account, account: Account, receiver: Receiver) -> None:
    heard.new_friend()
    assert account.reply(receiver.wait_for(1)[0]["replyToken"]).status == 400


@pytest.mark.parametrize(("minutes", "status"), [(19, 200), (21, 400)])
def test_a_redelivery_gives_the_token_another_minute_but_not_beyond_twenty(
    heard: Account, receiver: Receiver, minutes: int, status: int
) -> None:
    heard.new_friend()
    heard.emulator.idle()
    (event,) = receiver.events
    try:
        heard.emulator.post("/emu/settings", {"clockShiftSeconds": minutes * 60})
        assert heard.reply(event["replyToken"]).status == 400
        again = {"webhookEventId": event["webhookEventId"]}
        heard.emulator.post(f"/emu/channels/{heard.id}/redeliver", again)
        heard.emulator.idle()
        assert heard.reply(event["replyToken"]).status == status
    finally:
        heard.emulator.post("/emu/settings", {"clockShiftSeconds": 0})
    assert [e["deliveryContext"]["isRedelivery"] for e in receiver.events] == [False, True]
    assert {e["replyToken"] for e in receiver.events} == {event["replyToken"]}


def test_a_quote_token_is_good_in_its_own_chat_alone(account: Account, friend: str) -> None:
    account.act(friend, "text", text="聞いてください")
    token = account.thread(friend)[0]["message"]["quoteToken"]
    quoting = {**TEXT, "quoteToken": token}
    other = account.new_friend("はると")
    assert account.push(friend, quoting).status == 200
    refused = account.push(other, quoting)
    assert refused.body["details"][0]["property"] == "messages[0].quoteToken"


def test_a_multicast_of_five_hundred_stands_in_every_thread(emulator: Emulator, account: Account) -> None:
    crowd = emulator.post("/emu/friends/bulk", {"count": 500, "channelId": account.id})["userIds"]
    assert account.multicast(crowd).status == 200
    assert account.texts(crowd[0]) == account.texts(crowd[499]) == ["こんにちは"]
    assert account.journal("api")[0]["delivered"] == 500


def test_a_broadcast_reaches_friends_and_a_narrowcast_is_not_available(account: Account, friend: str) -> None:
    blocked = account.new_friend("はると")
    account.act(blocked, "block")
    assert account.api("POST", "/v2/bot/message/broadcast", {"messages": [TEXT]}).body == {}
    assert account.texts(friend) == ["こんにちは"]
    assert account.thread(blocked) == []
    answer = account.api("POST", "/v2/bot/message/narrowcast", {"messages": [TEXT]})
    assert (answer.status, answer.body["message"]) == (
        403,
        "Access to this API is not available for your account",
    )
