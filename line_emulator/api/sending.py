"""Reply, push, multicast; broadcast and narrowcast (LINE.md 3.2, 3.6, 3.7)."""

import re
from typing import Any

from line_emulator import answers, events, ids
from line_emulator.answers import ApiError, Reply
from line_emulator.calls import Body, Call
from line_emulator.ledger import Record
from line_emulator.routes import Route
from line_emulator.validate import messages
from line_emulator.validate.fields import Fields, Where

_UNIT = re.compile(r"[A-Za-z0-9_]{1,30}")
_QUOTABLE = frozenset({"text", "textV2", "sticker", "image", "video", "template", "flex"})
MOST_RECIPIENTS = 500


def reply(call: Call) -> Reply:
    body = call.json()
    text = body.get("replyToken")
    token = call.world.outbox.tokens.get(text) if isinstance(text, str) else None
    chat_id = token.chat_id if token else ""
    with Body(body, _where(call, chat_id)) as fields:
        fields.text("replyToken", 1000)
        check_common(fields)
    seconds = call.channel.reply_token_seconds
    if not call.world.outbox.is_token_good(body["replyToken"], call.channel.channel_id, seconds):
        raise answers.error(400, answers.INVALID_REPLY_TOKEN)
    call.records.append({"t": "reply_used", "token": body["replyToken"]})
    return _sent(call, body, chat_id, "reply", reach=audience(call, chat_id))


def push(call: Call) -> Reply:
    body = call.json()
    to = body.get("to")
    with Body(body, _where(call, to if isinstance(to, str) else "")) as fields:
        fields.text("to", 100)
        check_units(fields)
        check_common(fields)
    check_recipient(body["to"])
    repeated = _repeated(call)
    if repeated:
        return repeated
    if not _is_known_chat(call, body["to"]):
        raise answers.error(400, answers.NO_SUCH_RECIPIENT)
    reach = audience(call, body["to"])
    _charge(call, len(reach))
    return _sent(call, body, body["to"], "push", reach=reach)


def multicast(call: Call) -> Reply:
    body = call.json()
    with Body(body, Where(strict_https=call.world.settings.strict_https)) as fields:
        check_recipients(fields)
        check_units(fields)
        check_common(fields)
    repeated = _repeated(call)
    if repeated:
        return repeated
    now = call.world.clock.now()
    ties = call.world.people.ties.get(call.channel.channel_id, {})
    to = dict.fromkeys(body["to"])
    if call.channel.strict_multicast and any(user_id not in ties for user_id in to):
        raise answers.error(400, answers.NO_SUCH_RECIPIENT)
    reach = [user_id for user_id in to if (tie := ties.get(user_id)) and tie.is_reachable(now)]
    _charge(call, len(reach))
    _say(call, body, reach, "multicast")
    _accept(call, reach, None)
    return answers.ok({})


def broadcast(call: Call) -> Reply:
    body = call.json()
    with Body(body, Where(strict_https=call.world.settings.strict_https)) as fields:
        check_common(fields)
    repeated = _repeated(call)
    if repeated:
        return repeated
    ties = call.world.people.ties.get(call.channel.channel_id, {})
    reach = [user_id for user_id, tie in ties.items() if tie.state == "friend"]
    _charge(call, len(reach))
    _say(call, body, reach, "broadcast")
    _accept(call, reach, None)
    return answers.ok({})


def narrowcast(call: Call) -> Reply:
    """Not available to the accounts of this stand-in; the answer is the one such an account gets."""
    with Body(call.json(), Where(strict_https=call.world.settings.strict_https)) as fields:
        check_common(fields)
    raise answers.error(403, "Access to this API is not available for your account")


def check_common(fields: Fields) -> None:
    messages.check(fields)
    fields.flag("notificationDisabled")


def check_units(fields: Fields) -> None:
    units: list[Any] = fields.typed("customAggregationUnits", list) or []
    if len(units) > 1:
        fields.note("Size must be between 0 and 1", "customAggregationUnits")
    for number, unit in enumerate(units):
        if not isinstance(unit, str) or not _UNIT.fullmatch(unit):
            fields.note("invalid aggregation unit", f"customAggregationUnits[{number}]")


def check_recipients(fields: Fields) -> None:
    to: list[Any] = fields.typed("to", list) or []
    if not 1 <= len(to) <= MOST_RECIPIENTS:
        fields.note(f"Size must be between 1 and {MOST_RECIPIENTS}", "to")
    for number, user_id in enumerate(to):
        if not isinstance(user_id, str) or not ids.USER_ID.fullmatch(user_id):
            raise answers.invalid_property(f"to[{number}]")


def check_recipient(to: str) -> None:
    if not any(shape.fullmatch(to) for shape in (ids.USER_ID, ids.GROUP_ID, ids.ROOM_ID)):
        raise answers.invalid_property("to")


def _where(call: Call, chat_id: str) -> Where:
    group = call.world.people.groups.get(chat_id)
    members = frozenset(group.user_ids) if group else None
    strict = call.world.settings.strict_https
    return Where((call.channel.channel_id, chat_id), members, strict_https=strict, allows_mention=True)


def _is_known_chat(call: Call, chat_id: str) -> bool:
    group = call.world.people.groups.get(chat_id)
    if group is not None:
        return call.channel.channel_id in group.channel_ids
    return call.world.people.tie(call.channel.channel_id, chat_id) is not None


def audience(call: Call, chat_id: str) -> list[str]:
    """Who would see a message in this chat now; empty for a block and for whom the seven days are over."""
    group = call.world.people.groups.get(chat_id)
    if group is not None:
        return list(group.user_ids)
    tie = call.world.people.tie(call.channel.channel_id, chat_id)
    return [chat_id] if tie and tie.is_reachable(call.world.clock.now()) else []


def _repeated(call: Call) -> Reply | None:
    """The 409 of a retry key that was accepted before."""
    held = call.world.retries.find(call.channel.channel_id, call.retry_key) if call.retry_key else None
    if held is None:
        return None
    call.accepted_request_id = held.request_id
    body: Record = {"message": answers.RETRY_KEY_TAKEN}
    if held.sent is not None:
        body["sentMessages"] = held.sent
    return answers.ok(body, 409)


def _charge(call: Call, count: int) -> None:
    """Raises the monthly 429 when the quota has no room for all of them; else notes the use."""
    channel, used = call.channel, call.world.channels.usage(call.channel)
    if channel.quota is not None and used + count > channel.quota:
        raise _over_quota()
    if count:
        month = call.world.clock.month()
        call.records.append({"t": "usage", "channelId": channel.channel_id, "month": month, "count": count})


def _over_quota() -> ApiError:
    return answers.error(429, answers.MONTHLY_LIMIT)


def _say(call: Call, body: Record, chats: list[str], via: str) -> list[str]:
    """The record that puts the messages into the chats; returns their ids. Nobody reached: ids, but no record."""
    now = call.world.clock.now()
    numbers = [call.world.numbers.next(now) for _ in body["messages"]]
    lines = [
        {"id": number, "from": "account", "at": now, "via": via, "message": message}
        for number, message in zip(numbers, body["messages"], strict=True)
    ]
    if body.get("notificationDisabled"):
        lines = [line | {"silent": True} for line in lines]
    if chats:
        call.records.append(
            {"t": "said", "channelId": call.channel.channel_id, "chats": chats, "lines": lines}
        )
    return numbers


def _sent(call: Call, body: Record, chat_id: str, via: str, *, reach: list[str]) -> Reply:
    """Reply and push: one chat, answered with the ids (also when a block keeps the message from arriving)."""
    numbers = _say(call, body, [chat_id] if reach else [], via)
    sent = []
    for number, message in zip(numbers, body["messages"], strict=True):
        entry = {"id": number}
        if message["type"] in _QUOTABLE:
            entry["quoteToken"] = events.quote_token(call.channel.channel_id, chat_id, number)
        sent.append(entry)
    _accept(call, reach, sent)
    return answers.ok({"sentMessages": sent})


def _accept(call: Call, reach: list[str], sent: list[Record] | None) -> None:
    call.is_accepted = True
    call.delivered = len(reach)
    if call.retry_key:
        call.records.append({
            "t": "retry", "channelId": call.channel.channel_id, "key": call.retry_key, "at": call.world.clock.now(),
            "requestId": call.request_id, "sent": sent,
        })  # fmt: skip


ROUTES = [
    Route("POST", "/v2/bot/message/reply", reply),
    Route("POST", "/v2/bot/message/push", push, takes_retry_key=True),
    Route("POST", "/v2/bot/message/multicast", multicast, takes_retry_key=True),
    Route("POST", "/v2/bot/message/broadcast", broadcast, takes_retry_key=True),
    Route("POST", "/v2/bot/message/narrowcast", narrowcast, takes_retry_key=True),
]
