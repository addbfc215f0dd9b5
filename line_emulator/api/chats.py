"""The loading dots and 既読 (LINE.md 3.10)."""

from line_emulator import answers, ids
from line_emulator.answers import Reply
from line_emulator.calls import Body, Call
from line_emulator.routes import Route

DEFAULT_SECONDS = 20


def loading(call: Call) -> Reply:
    body = call.json()
    with Body(body) as fields:
        chat_id = fields.text("chatId", 100)
        seconds = fields.typed("loadingSeconds", int)
        if seconds is not None and not 5 <= seconds <= 60:
            fields.note("Must be between 5 and 60", "loadingSeconds")
        elif seconds is not None and seconds % 5:
            fields.note("must be a multiple of five", "loadingSeconds")
    if not ids.USER_ID.fullmatch(chat_id or ""):
        raise answers.invalid_parameter("chatId")
    if call.world.people.tie(call.channel.channel_id, body["chatId"]) is not None:
        until = call.world.clock.now() + (seconds or DEFAULT_SECONDS) * 1000
        call.records.append({
            "t": "loading", "channelId": call.channel.channel_id, "chatId": body["chatId"], "until": until,
        })  # fmt: skip
    return answers.ok({}, 202)


def mark_by_token(call: Call) -> Reply:
    """Everything up to and including the message the token came with."""
    body = call.json()
    with Body(body) as fields:
        token = fields.text("markAsReadToken", 1000)
        place = ids.unseal("read", token) if token else None
        if token and (place is None or place[0] != call.channel.channel_id):
            fields.note("invalid markAsReadToken", "markAsReadToken")
    found = call.world.threads.find(place[2]) if place else None
    if found is not None:
        _mark(call, found[1], call.world.threads.seq_of(found[2].id))
    return answers.ok({})


def mark_chat(call: Call) -> Reply:
    """The older way: the whole chat with one person."""
    body = call.json()
    with Body(body) as fields:
        chat = fields.child("chat", required=True)
        user_id = chat.text("userId", 100) if chat else None
    if not ids.USER_ID.fullmatch(user_id or ""):
        raise answers.invalid_property("chat.userId")
    thread = call.world.threads.get(call.channel.channel_id, user_id or "")
    if thread is not None:
        _mark(call, user_id or "", len(thread.lines))
    return answers.ok({})


def _mark(call: Call, chat_id: str, seq: int) -> None:
    call.records.append({"t": "read", "channelId": call.channel.channel_id, "chatId": chat_id, "readTo": seq})


ROUTES = [
    Route("POST", "/v2/bot/chat/loading/start", loading),
    Route("POST", "/v2/bot/chat/markAsRead", mark_by_token),
    Route("POST", "/v2/bot/message/markAsRead", mark_chat),
]
