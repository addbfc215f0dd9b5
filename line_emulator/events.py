"""Webhook events as LINE words them (LINE.md 4.2-4.4). Absent values are left out, never null."""

import secrets

from line_emulator import ids
from line_emulator.channels import Channel
from line_emulator.ledger import Record

REPLYABLE = frozenset(
    [
        "message",
        "messageEdited",
        "follow",
        "join",
        "memberJoined",
        "postback",
        "videoPlayComplete",
        "beacon",
        "accountLink",
        "membership",
    ]
)
EVENT_IDS = ids.Ulids()
_QUOTABLE = frozenset({"text", "image", "video", "sticker"})


def source(chat_id: str, user_id: str | None) -> Record:
    """`user_id` None leaves it out, as for people who only use LINE on a computer."""
    kind = {"U": "user", "C": "group", "R": "room"}[chat_id[0]]
    made: Record = {"type": kind}
    if kind != "user":
        made[f"{kind}Id"] = chat_id
    if user_id:
        made["userId"] = user_id
    return made


def envelope(
    kind: str, at: int, origin: Record | None, mode: str, body: Record, *, replyable: bool = True
) -> Record:
    """A whole event; `body` holds what is particular to its kind."""
    event: Record = {
        "type": kind, "timestamp": at, "mode": mode, "webhookEventId": EVENT_IDS.next(at),
        "deliveryContext": {"isRedelivery": False},
    }  # fmt: skip
    if origin:
        event["source"] = origin
    if replyable and mode == "active" and kind in REPLYABLE:
        event["replyToken"] = secrets.token_hex(16)
    return event | body


def completed(given: Record, at: int, origin: Record) -> Record:
    """Any event a test asks for: absent envelope fields are added, fields given as null are taken out."""
    kind = str(given.get("type", "unknown"))
    event = envelope(kind, at, origin, str(given.get("mode") or "active"), {}) | given
    return {name: value for name, value in event.items() if value is not None}


def with_tokens(message: Record, channel: Channel, chat_id: str, *, has_read_token: bool = True) -> Record:
    """Adds the quote token (where LINE has one) and the mark-as-read token to a message object with an id."""
    place = (channel.channel_id, chat_id, message["id"])
    if message["type"] in _QUOTABLE:
        message["quoteToken"] = quote_token(*place)
    if has_read_token:
        message["markAsReadToken"] = ids.seal("read", *place)
    return message


def quote_token(channel_id: str, chat_id: str, message_id: str) -> str:
    return ids.seal("quote", channel_id, chat_id, message_id)


def queued(channel: Channel, chat_id: str, event: Record) -> list[Record]:
    """The records that send an event. None without a webhook: LINE keeps nothing for later."""
    if not channel.webhook_url or not channel.webhook_active:
        return []
    return [
        {
            "t": "event",
            "channelId": channel.channel_id,
            "lane": chat_id,
            "event": event,
            "at": event["timestamp"],
        }
    ]
