"""The rarer events; `event` is any event at all."""

from collections.abc import Callable

from line_emulator import events, samples
from line_emulator.acts.act import Act
from line_emulator.ledger import Record


def video_complete(act: Act) -> None:
    act.send_new("videoPlayComplete", {"videoPlayComplete": {"trackingId": act.need("trackingId")}})


def account_link(act: Act) -> None:
    """A failed link has neither source nor reply token."""
    result = act.given.get("result") or "ok"
    body = {"link": {"result": result, "nonce": act.need("nonce")}}
    if result == "ok":
        act.send_new("accountLink", body)
    else:
        act.send(events.envelope("accountLink", act.at, None, "active", body, replyable=False))


def membership(act: Act) -> None:
    act.send_new("membership", {"membership": {
        "type": act.need("type"), "membershipId": act.need("membershipId", int),
    }})  # fmt: skip


def beacon(act: Act) -> None:
    kind = act.given.get("type") or "enter"
    act.send_new("beacon", {"beacon": {"hwid": act.need("hwid"), "type": kind, **act.some("dm")}})


def read(act: Act) -> None:
    """The phone has opened the talk. No webhook: an account is never told."""
    thread = act.world.threads.get(act.channel.channel_id, act.chat_id)
    if thread is not None and thread.friend_read_to < len(thread.lines):
        act.records.append({
            "t": "read", "channelId": act.channel.channel_id, "chatId": act.chat_id,
            "friendReadTo": len(thread.lines),
        })  # fmt: skip


def event(act: Act) -> None:
    """Any event. Of a message event the line is shown too, and absent ids and tokens are added; null removes."""
    given: Record = act.need("event", dict)
    message = given.get("message")
    if given.get("type") != "message" or not isinstance(message, dict):
        act.send(events.completed(given, act.at, act.source(str(given.get("type")))))
        return
    whole = {"type": "unknown", "id": act.new_id()} | message
    tokens = events.with_tokens({"type": whole["type"], "id": str(whole["id"])}, act.channel, act.chat_id)
    whole = {name: value for name, value in (tokens | whole).items() if value is not None}
    act.send(events.completed(given | {"message": whole}, act.at, act.source("message")))
    if str(whole.get("id", "")).isdigit():
        act.show(str(whole["id"]), whole, content=_sample_content(act, whole))


def _sample_content(act: Act, message: Record) -> Record | None:
    kind = message["type"]
    if kind not in samples.CONTENT_TYPES or message.get("contentProvider", {}).get("type", "line") != "line":
        return None
    record = act.world.media.keep(samples.made_up(kind), samples.CONTENT_TYPES[kind], message.get("fileName"))
    act.records.append(record)
    kept = {name: record["media"][name] for name in ("mediaId", "contentType", "size")}
    return kept | {"readyAt": act.world.clock.now()}


ACTS: dict[str, tuple[Callable[[Act], None], str]] = {
    "videoPlayComplete": (video_complete, "trackingId"),
    "accountLink": (account_link, "result nonce"),
    "membership": (membership, "type membershipId"),
    "beacon": (beacon, "hwid type dm"),
    "read": (read, ""),
    "event": (event, "event"),
}
