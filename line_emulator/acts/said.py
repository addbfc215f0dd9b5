"""Messages: text, stickers, media, places; unsending and editing them."""

import base64
import binascii
from collections.abc import Callable

from line_emulator import events, samples
from line_emulator.acts.act import Act, Impossible, NotFound, must_be_able_to_write
from line_emulator.channels import Refused
from line_emulator.ledger import Record
from line_emulator.threads import Line


def _say(act: Act, message: Record, content: Record | None = None) -> None:
    """Sends the message event and shows the line. `message` has no id and no tokens yet."""
    must_be_able_to_write(act)
    whole = {"type": message["type"], "id": act.new_id()} | message
    events.with_tokens(whole, act.channel, act.chat_id)
    act.send_new("message", {"message": whole})
    if act.group is None:
        act.bind(wroteAt=act.world.clock.now())
    act.show(whole["id"], whole, content=content)


def text(act: Act) -> None:
    words = act.need("text")
    if not words:
        raise Refused("text is empty")
    _say(act, {"type": "text", "text": words, **act.some("emojis", "mention", "quotedMessageId")})


def sticker(act: Act) -> None:
    given = {"packageId": "446", "stickerId": "1988", "stickerResourceType": "STATIC"} | act.some(
        "packageId", "stickerId", "stickerResourceType", "keywords", "text", "quotedMessageId"
    )
    _say(act, {"type": "sticker", **given})


def location(act: Act) -> None:
    place = {name: act.need(name, (int, float)) for name in ("latitude", "longitude")}
    _say(act, {"type": "location", **act.some("title", "address"), **place})


def media(act: Act) -> None:
    kind = act.given["do"]
    if act.given.get("external"):
        provider = {"type": "external"} | act.need("external", dict)
        _say(act, {"type": kind, "contentProvider": provider, **act.some("duration")})
        return
    content = _content(act, kind)
    if kind == "file":
        message = {"fileName": content["fileName"], "fileSize": content["size"]}
    else:
        message = {"contentProvider": {"type": "line"}, **act.some("imageSet")}
        if "duration" in content:
            message["duration"] = content["duration"]
    _say(act, {"type": kind, **message}, content)


def _content(act: Act, kind: str) -> Record:
    """The content of a line: what was uploaded, or given as base64, or a made-up sample."""
    stored = _stored(act, kind)
    content = {name: stored[name] for name in ("mediaId", "contentType", "size")}
    if kind == "file":
        content["fileName"] = act.given.get("fileName") or stored["fileName"] or "file.bin"
    if kind in {"video", "audio"}:
        content["duration"] = int(act.given.get("duration") or samples.DURATION_MS)
    wait = float(act.given.get("preparingSeconds") or 0)
    content["readyAt"] = act.world.clock.now() + int(wait * 1000)
    return content


def _stored(act: Act, kind: str) -> Record:
    media_id = act.given.get("mediaId")
    if media_id is not None:
        if media_id not in act.world.media.known:
            raise NotFound("no such media")
        return act.world.media.known[media_id]
    if act.given.get("data") is not None:
        data, content_type = _decoded(act.need("data")), samples.CONTENT_TYPES[kind]
    else:
        data, content_type = samples.made_up(kind), samples.CONTENT_TYPES[kind]
    record = act.world.media.keep(
        data, act.given.get("contentType") or content_type, act.given.get("fileName")
    )
    act.records.append(record)
    stored: Record = record["media"]
    return stored


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.partition("base64,")[2] or text, validate=True)
    except binascii.Error as broken:
        raise Refused("data is not base64") from broken


def _own_line(act: Act) -> Line:
    found = act.world.threads.find(str(act.need("messageId")))
    if found is None or found[0] != act.channel.channel_id:
        raise NotFound("no such message")
    if found[2].user_id != act.user_id:
        raise Impossible("somebody else's message")
    act.chat_id = found[1]
    return found[2]


def unsend(act: Act) -> None:
    line = _own_line(act)
    if line.is_unsent:
        raise Impossible("already unsent")
    act.send_new("unsend", {"unsend": {"messageId": line.id}})
    act.records.append({"t": "unsent", "messageId": line.id})
    act.result["messageId"] = line.id


def edit(act: Act) -> None:
    """Groups only; the same id, a new quote token, no mark-as-read token."""
    line = _own_line(act)
    if act.group is None or line.message["type"] != "text" or line.is_unsent:
        raise Impossible("only a text in a group can be edited")
    message = {"type": "text", "id": line.id, "text": act.need("text")}
    events.with_tokens(message, act.channel, act.chat_id, has_read_token=False)
    act.send_new("messageEdited", {"message": message})
    act.records.append({"t": "edited", "messageId": line.id, "message": message})
    act.result["messageId"] = line.id


_MEDIA = "data mediaId contentType fileName duration imageSet preparingSeconds external"
ACTS: dict[str, tuple[Callable[[Act], None], str]] = {
    "text": (text, "text emojis mention quotedMessageId"),
    "sticker": (sticker, "packageId stickerId stickerResourceType keywords text quotedMessageId"),
    "image": (media, _MEDIA),
    "video": (media, _MEDIA),
    "audio": (media, _MEDIA),
    "file": (media, _MEDIA),
    "location": (location, "title address latitude longitude"),
    "unsend": (unsend, "messageId"),
    "edit": (edit, "messageId text"),
}
