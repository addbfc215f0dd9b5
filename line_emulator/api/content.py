"""Pictures, videos, voices and files friends sent (LINE.md 3.11): fetched by the account, gone after an unsend."""

from line_emulator import answers, samples
from line_emulator.answers import Reply
from line_emulator.calls import Call
from line_emulator.ledger import Record
from line_emulator.routes import Route

_TRANSCODED = frozenset({"video", "audio"})
_PREVIEWED = frozenset({"image", "video"})


def _content(call: Call) -> tuple[str, Record]:
    """The message's type and its content. Raises the 404 and 410 of LINE."""
    message_id = call.params["messageId"]
    found = call.world.threads.find(message_id) if message_id.isdigit() else None
    if found is None or found[0] != call.channel.channel_id:
        raise answers.error(404, "not found")
    line = found[2]
    if line.content is None:
        raise answers.error(404, "not found")
    if line.is_unsent:
        raise answers.error(410, "The content is gone")
    return str(line.message["type"]), line.content


def _is_preparing(call: Call, content: Record) -> bool:
    return bool(content["readyAt"] > call.world.clock.now())


def original(call: Call) -> Reply:
    _, content = _content(call)
    if _is_preparing(call, content):
        return Reply(202, b"")
    return Reply(200, call.world.media.read(content["mediaId"]), content["contentType"])


def preview(call: Call) -> Reply:
    kind, content = _content(call)
    if kind not in _PREVIEWED:
        raise answers.error(400, "The message type does not support previews")
    if _is_preparing(call, content):
        return Reply(202, b"")
    data = call.world.media.read(content["mediaId"])
    return Reply(200, samples.preview(data, content["contentType"]), "image/jpeg")


def transcoding(call: Call) -> Reply:
    kind, content = _content(call)
    if kind not in _TRANSCODED:
        raise answers.error(400, "The message type does not support transcoding")
    return answers.ok({"status": "processing" if _is_preparing(call, content) else "succeeded"})


ROUTES = [
    Route("GET", "/v2/bot/message/{messageId}/content", original),
    Route("GET", "/v2/bot/message/{messageId}/content/preview", preview),
    Route("GET", "/v2/bot/message/{messageId}/content/transcoding", transcoding),
]
