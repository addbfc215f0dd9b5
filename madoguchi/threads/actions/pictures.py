"""Pictures that we send: kept sealed, and fetched by LINE from an address nobody can guess, for as long as it lives."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from madoguchi.audit.actions import record
from madoguchi.core import clock
from madoguchi.threads.actions.attachments import keep_bytes
from madoguchi.threads.models import Attachment, AttachmentState, Message

PUBLIC_LIFE = clock.seconds(30 * 24 * 3600)  # how long LINE and the friend's phone may fetch it


def picture_address(token: str, variant: str) -> str:
    """Where LINE fetches a picture that is being sent: `token` is 256 random bits, `variant` full or small."""
    return settings.PUBLIC_URL + reverse("threads:picture", args=[token, variant])


def attach_picture(message: Message, full: bytes, small: bytes, token: str) -> Attachment:
    """Keep a picture that is being sent, sealed; of the token in its address only the hash."""
    attachment = Attachment.objects.create(
        message=message,
        organisation_id=message.organisation_id,
        state=AttachmentState.READY,
        content_type="image/jpeg",
        size=len(full),
        is_shown=True,
        has_small=True,
        public_hash=_hash(token),
        public_until=clock.of_database() + PUBLIC_LIFE,
    )
    keep_bytes(attachment, "full", full)
    keep_bytes(attachment, "small", small)
    return attachment


@transaction.atomic
def fetch_public(token: str, variant: str) -> bytes | None:
    """A picture that was sent, for LINE or the phone that asks with its address; None when there is none, or no longer."""
    live_ones = Attachment.objects.filter(
        public_hash=_hash(token), public_until__gt=Now(), message__unsent_at=None
    )
    found = live_ones.select_related("message__contact").first()
    if found is None:
        return None
    record(None, "threads.picture", found, variant=variant)
    return found.plain_bytes(variant)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
