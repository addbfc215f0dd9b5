"""What a counsellor picked, as the message LINE takes: text, sticker, or a picture behind an address nobody can guess."""

import hashlib
import secrets
import uuid
from typing import Any

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.channels.line import messages, stickers
from madoguchi.desk import actions
from madoguchi.threads import actions as threads
from madoguchi.threads import media
from madoguchi.threads.models import Message


def send(actor: User, conversation_id: int, key: uuid.UUID, values: dict[str, Any]) -> Message:
    """Send the first that is there of picture, sticker, text. Raises MessageError, NotAPicture or desk.NotYours."""
    if values.get("picture"):
        return _send_picture(actor, conversation_id, key, values["picture"].read())
    if values.get("sticker"):
        package_id, sticker_id = values["sticker"].split("/")
        shape = {
            "package_id": package_id,
            "sticker_id": sticker_id,
            "meaning": stickers.MEANINGS[package_id, sticker_id],
        }
        return actions.reply(
            actor, conversation_id, "sticker", shape, messages.sticker(package_id, sticker_id), key
        )
    return actions.reply_text(actor, conversation_id, values["text"], key)


def _send_picture(actor: User, conversation_id: int, key: uuid.UUID, plain: bytes) -> Message:
    full, small = async_to_sync(media.redraw)(plain)
    token = secrets.token_urlsafe(32)
    address = f"{settings.PUBLIC_URL}/media/{token}"
    payload = messages.image(f"{address}/full.jpg", f"{address}/small.jpg")
    with transaction.atomic():
        message = actions.reply(actor, conversation_id, "image", {}, payload, key)
        if not hasattr(message, "attachment"):
            threads.attach(message, "image/jpeg", full, small, public_hash(token))
    return message


def public_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
