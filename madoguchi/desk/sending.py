"""What a counsellor picked, as the message LINE takes: text, sticker, or a picture behind an address nobody can guess."""

import hashlib
import secrets
import uuid
from typing import Any

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.channels.line import messages, stickers
from madoguchi.desk import actions
from madoguchi.desk.actions.talk import must_hold
from madoguchi.threads import actions as threads
from madoguchi.threads import media
from madoguchi.threads.models import Message


def send(actor: User, conversation_id: int, key: uuid.UUID, values: dict[str, Any]) -> Message:
    """Send a sticker; or a picture, a text, or a picture and the text that came with it, in this order and both or none.
    The first message. Raises MessageError, NotAPicture, Busy or desk.NotYours."""
    insists = str(values.get("insists") or "")
    if values.get("sticker"):
        return _send_sticker(actor, conversation_id, key, values["sticker"], insists)
    text = values["text"] if values["text"].strip() else ""
    if not values.get("picture"):
        return actions.reply_text(actor, conversation_id, text, key, insists=insists)
    plain = values["picture"].read()
    must_hold(actor, conversation_id)  # drawing costs: it is for who may send
    full, small = media.redrawn(plain)
    with transaction.atomic():
        digest = hashlib.sha256(plain).hexdigest()
        message = _send_picture(actor, conversation_id, key, digest, (full, small), insists)
        if text:
            actions.reply_text(actor, conversation_id, text, uuid.uuid5(key, "text"), insists=insists)
    return message


def _send_sticker(actor: User, conversation_id: int, key: uuid.UUID, chosen: str, insists: str) -> Message:
    package_id, sticker_id = chosen.split("/")
    meaning = stickers.MEANINGS[package_id, sticker_id]
    shape = {"package_id": package_id, "sticker_id": sticker_id, "meaning": meaning}
    payload = messages.sticker(package_id, sticker_id)
    return actions.reply(actor, conversation_id, "sticker", shape, payload, key, insists=insists)


def _send_picture(
    actor: User, conversation_id: int, key: uuid.UUID, digest: str, drawn: tuple[bytes, bytes], insists: str
) -> Message:
    token = secrets.token_urlsafe(32)
    payload = messages.image(threads.picture_address(token, "full"), threads.picture_address(token, "small"))
    message = actions.reply(
        actor, conversation_id, "image", {"digest": digest}, payload, key, insists=insists
    )
    if not hasattr(message, "attachment"):
        threads.attach_picture(message, *drawn, token)
    return message
