"""The official SDK as a client of the emulator, and its parser on every event the emulator sends."""

# mypy: disable-error-code="import-untyped"

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from linebot.v3 import WebhookParser
from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    MarkMessagesAsReadByTokenRequest,
    MessagingApi,
    MessagingApiBlob,
    MulticastRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    SetWebhookEndpointRequest,
    ShowLoadingAnimationRequest,
    TextMessage,
    ValidateMessageRequest,
)
from linebot.v3.messaging import (
    TestWebhookEndpointRequest as EndpointTest,
)
from linebot.v3.messaging.exceptions import ApiException
from linebot.v3.models import UnknownEvent
from linebot.v3.oauth import ApiClient as OauthClient
from linebot.v3.oauth import ChannelAccessToken
from linebot.v3.oauth import Configuration as OauthConfiguration
from linebot.v3.webhooks import Event

from tests.emulator.receiver import Receiver
from tests.emulator.stand import Account

HELLO = [TextMessage(text="こんにちは😀")]


@pytest.fixture
def client(heard: Account) -> Iterator[ApiClient]:
    host = heard.emulator.origin
    with ApiClient(Configuration(access_token=heard.channel["accessToken"], host=host)) as opened:
        yield opened


@pytest.fixture
def api(client: ApiClient) -> MessagingApi:
    return MessagingApi(client)


def test_sending(heard: Account, receiver: Receiver, api: MessagingApi) -> None:
    friend, key = heard.new_friend(), str(uuid4())
    token = receiver.wait_for(1)[0]["replyToken"]
    assert (
        api.reply_message(ReplyMessageRequest(reply_token=token, messages=HELLO)).sent_messages[0].quote_token
    )
    pushed = api.push_message(PushMessageRequest(to=friend, messages=HELLO), x_line_retry_key=key)
    api.multicast(MulticastRequest(to=[friend], messages=HELLO))
    assert heard.texts(friend) == ["こんにちは😀"] * 3
    assert heard.thread(friend)[1]["id"] == pushed.sent_messages[0].id
    with pytest.raises(ApiException) as again:
        api.push_message(PushMessageRequest(to=friend, messages=HELLO), x_line_retry_key=key)
    assert again.value.status == 409
    assert again.value.headers["x-line-accepted-request-id"]


def test_asking(heard: Account, api: MessagingApi) -> None:
    friend = heard.new_friend("ゆい")
    profile, info = api.get_profile(friend), api.get_bot_info()
    assert (profile.display_name, profile.language) == ("ゆい", "ja")
    assert (info.user_id, info.chat_mode) == (heard.channel["botUserId"], "chat")
    assert api.get_followers().user_ids == [friend]
    assert api.get_message_quota().type == "none"
    assert api.get_message_quota_consumption().total_usage == 0
    api.show_loading_animation(ShowLoadingAnimationRequest(chat_id=friend, loading_seconds=5))
    api.validate_push(ValidateMessageRequest(messages=HELLO))
    with pytest.raises(ApiException) as unknown:
        api.get_profile("U" + "0" * 32)
    assert (unknown.value.status, json.loads(unknown.value.body)) == (404, {"message": "Not found"})


def test_the_webhook_endpoint(heard: Account, receiver: Receiver, api: MessagingApi) -> None:
    api.set_webhook_endpoint(SetWebhookEndpointRequest(endpoint=receiver.url + "/2"))
    assert api.get_webhook_endpoint().endpoint == receiver.url + "/2"
    tested = api.test_webhook_endpoint(EndpointTest())
    assert (tested.success, tested.status_code, tested.reason) == (True, 200, "OK")


def test_content(heard: Account, client: ApiClient) -> None:
    friend, blob = heard.new_friend(), MessagingApiBlob(client)
    film = heard.act(friend, "video", preparingSeconds=60)["messageId"]
    picture = heard.act(friend, "image")["messageId"]
    assert blob.get_message_content_with_http_info(film).status_code == 202
    assert blob.get_message_content_transcoding_by_message_id(film).status == "processing"
    assert blob.get_message_content(picture)[:3] == b"\xff\xd8\xff"
    assert blob.get_message_content_preview(picture)[:3] == b"\xff\xd8\xff"
    heard.act(friend, "unsend", messageId=picture)
    with pytest.raises(ApiException) as gone:
        blob.get_message_content(picture)
    assert gone.value.status == 410


def test_marking_as_read(heard: Account, receiver: Receiver, api: MessagingApi) -> None:
    friend = heard.emulator.friend()
    for text in ("一", "二"):
        heard.act(friend, "text", text=text)
    token = receiver.wait_for(1)[0]["message"]["markAsReadToken"]
    api.mark_messages_as_read_by_token(MarkMessagesAsReadByTokenRequest(mark_as_read_token=token))
    assert [line["read"] for line in heard.thread(friend)] == [True, False]


def test_stateless_tokens(heard: Account) -> None:
    with OauthClient(OauthConfiguration(host=heard.emulator.origin)) as client:
        tokens = ChannelAccessToken(client)
        secret = heard.channel["secret"]
        issued = tokens.issue_stateless_channel_token_by_client_secret(heard.id, secret)
        verified = tokens.verify_channel_token(issued.access_token)
    assert heard.api("GET", "/v2/bot/info", token=issued.access_token).status == 200
    assert verified.client_id == heard.id
    assert 890 < verified.expires_in <= 900
    assert issued.access_token not in str(heard.journal("api"))


def parsed(heard: Account, receiver: Receiver, count: int) -> list[Event]:
    """Every webhook through the SDK: the signature, the models."""
    receiver.wait_for(count)
    parser = WebhookParser(heard.channel["secret"])
    found = []
    for got in receiver.got:
        found.extend(parser.parse(got.raw.decode(), got.headers["x-line-signature"]))
    return found


MESSAGES: list[dict[str, Any]] = [
    {"do": "text", "text": "こんにちは😀"},
    {"do": "text", "text": "(love)", "emojis": [{"index": 0, "length": 6, "productId": "5ac1", "emojiId": "001"}]},
    {"do": "text", "text": "これ", "quotedMessageId": "500000000000000001"},
    {"do": "sticker", "keywords": ["泣く", "かなしい"], "stickerResourceType": "ANIMATION"},
    {"do": "sticker", "stickerResourceType": "MESSAGE", "text": "つらい"},
    {"do": "image", "imageSet": {"id": "E005D41A7288F41B65593ED38FF6E9834B046AB36A37921A56BC236F13A91855", "index": 1, "total": 2}},
    {"do": "image", "external": {"originalContentUrl": "https://example.jp/a.jpg", "previewImageUrl": "https://example.jp/p.jpg"}},
    {"do": "video"},
    {"do": "audio"},
    {"do": "file", "fileName": "連絡帳.pdf", "data": "JVBERi0="},
    {"do": "location", "title": "学校", "latitude": 35.6, "longitude": 139.7},
    {"do": "location", "latitude": 35, "longitude": 139},
]  # fmt: skip


def test_every_message_of_a_friend_is_known_to_the_parser(heard: Account, receiver: Receiver) -> None:
    friend = heard.emulator.friend()
    for given in MESSAGES:
        heard.act(friend, **given)
    events = parsed(heard, receiver, len(MESSAGES))
    assert not any(isinstance(event, UnknownEvent) for event in events)
    assert [event.message.type for event in events] == [given["do"] for given in MESSAGES]
    assert all(event.source.user_id == friend and event.message.mark_as_read_token for event in events)


def test_every_other_event_of_a_friend_is_known_to_the_parser(heard: Account, receiver: Receiver) -> None:
    friend = heard.emulator.friend()
    picker = {"type": "datetimepicker", "data": "when", "mode": "datetime"}
    raw: list[dict[str, Any]] = [
        {"type": "module", "module": {"type": "attached", "botId": friend, "scopes": ["message:send"]}},
        {"type": "module", "module": {"type": "detached", "botId": friend, "reason": "bot_deleted"}},
        {"type": "activated", "chatControl": {"expireAt": 1795000000000}},
        {"type": "deactivated"}, {"type": "botSuspended"}, {"type": "botResumed"},
        {"type": "delivery", "delivery": {"data": "15034552939884E28681A7D668CEA94C147C716C0EC9DFE8B80B44EF3B57F6BD"}},
    ]  # fmt: skip
    acts: list[dict[str, Any]] = [
        {"do": "follow"}, {"do": "block"}, {"do": "unblock"},
        {"do": "postback", "data": "q=1", "displayText": "はい"},
        {"do": "tap", "action": picker, "params": {"datetime": "2026-12-01T10:00"}},
        {"do": "videoPlayComplete", "trackingId": "film-1"},
        {"do": "beacon", "hwid": "d41d8cd98f", "dm": "01"},
        {"do": "accountLink", "nonce": "n" * 20}, {"do": "accountLink", "nonce": "n" * 20, "result": "failed"},
        {"do": "membership", "type": "joined", "membershipId": 3189},
        {"do": "membership", "type": "renewed", "membershipId": 3189},
        *({"do": "event", "event": event} for event in raw),
    ]  # fmt: skip
    for given in acts:
        heard.act(friend, **given)
    events = parsed(heard, receiver, len(acts))
    assert not any(isinstance(event, UnknownEvent) for event in events)
    assert [event.follow.is_unblocked for event in events if event.type == "follow"] == [False, True]
    assert events[4].postback.params == {"datetime": "2026-12-01T10:00"}


def test_everything_in_a_group_is_known_to_the_parser(heard: Account, receiver: Receiver) -> None:
    friend, other = heard.emulator.friend("はると"), heard.emulator.friend("ゆい")
    group = heard.emulator.post("/emu/groups", {"userIds": [friend]})["groupId"]
    mention = {"mentionees": [{"type": "user", "index": 0, "length": 3, "userId": other, "isSelf": False}]}
    heard.act("", "join", groupId=group)
    heard.act(friend, "memberJoined", groupId=group, userIds=[other])
    said = heard.act(friend, "text", groupId=group, text="@ゆい", mention=mention)["messageId"]
    heard.act(friend, "edit", groupId=group, messageId=said, text="@ゆい さん")
    heard.act(friend, "text", groupId=group, text="だれ", withoutUserId=True)
    heard.act(friend, "unsend", groupId=group, messageId=said)
    heard.act(friend, "memberLeft", groupId=group, userIds=[other])
    heard.act("", "leave", groupId=group)
    events = parsed(heard, receiver, 8)
    types = ["join", "memberJoined", "message", "messageEdited", "message", "unsend", "memberLeft", "leave"]
    assert [event.type for event in events] == types
    assert not any(isinstance(event, UnknownEvent) for event in events)
    assert {event.source.group_id for event in events} == {group}
    assert (events[3].message.id, events[3].message.mark_as_read_token) == (said, None)
    assert events[4].source.user_id is None


def test_rooms_and_unknown_kinds_can_be_sent_too(heard: Account, receiver: Receiver) -> None:
    friend = heard.emulator.friend()
    room = heard.emulator.post(
        "/emu/groups", {"kind": "room", "userIds": [friend], "channelIds": [heard.id]}
    )["groupId"]
    heard.act(friend, "text", roomId=room, text="ひそひそ")
    heard.act(friend, "event", event={"type": "hologramCall", "hologram": {"colour": "blue"}})
    heard.act(friend, "event", event={"type": "message", "message": {"type": "hologram"}})
    heard.act(
        friend,
        "event",
        event={"type": "message", "source": None, "message": {"type": "text", "text": "誰か"}},
    )
    heard.emulator.idle()
    events = {event["webhookEventId"]: event for event in receiver.events}.values()
    assert {"type": "room", "roomId": room, "userId": friend} in [event.get("source") for event in events]
    assert any(event.get("hologram") == {"colour": "blue"} for event in events)
    (nobody,) = [event for event in events if "source" not in event]
    assert nobody["message"]["quoteToken"]
