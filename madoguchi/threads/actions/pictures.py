"""Pictures and files that we send: kept sealed, and fetched from an address nobody can guess, for as long as it lives."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.urls import reverse

from madoguchi.audit.actions import record
from madoguchi.core import clock
from madoguchi.threads import contents
from madoguchi.threads.actions.attachments import keep_bytes
from madoguchi.threads.models import Attachment, AttachmentState, Message

PUBLIC_LIFE = clock.seconds(30 * 24 * 3600)  # how long LINE and the friend's phone may fetch it


def picture_address(token: str, variant: str) -> str:
    """Where LINE fetches a picture that is being sent: `token` is 256 random bits, `variant` full or small."""
    return settings.PUBLIC_URL + reverse("threads:picture", args=[token, variant])


def file_address(token: str) -> str:
    """Where the friend opens a file that was sent: `token` is 256 random bits."""
    return settings.PUBLIC_URL + reverse("threads:file", args=[token])


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


def attach_file(message: Message, plain: bytes, content_type: str, token: str) -> Attachment:
    """Keep a file that is being sent, sealed. It is only ever a download."""
    attachment = Attachment.objects.create(
        message=message,
        organisation_id=message.organisation_id,
        state=AttachmentState.READY,
        content_type=content_type,
        size=len(plain),
        public_hash=_hash(token),
        public_until=clock.of_database() + PUBLIC_LIFE,
    )
    keep_bytes(attachment, "full", plain)
    return attachment


@transaction.atomic
def fetch_file(token: str) -> tuple[str, str, bytes] | None:
    """(name, media type, bytes) of a file that was sent; None when there is none, or no longer. On the record."""
    found = _living(token).filter(message__kind="file").first()
    if found is None:
        return None
    record(None, "threads.file", found)
    return contents.file_name(found.message.content), found.content_type, found.plain_bytes("full")


def _living(token: str) -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(
        public_hash=_hash(token), public_until__gt=Now(), message__unsent_at=None
    )
    return rows.select_related("message__contact")


@transaction.atomic
def fetch_public(token: str, variant: str) -> bytes | None:
    """A picture that was sent, for LINE or the phone that asks with its address; None when there is none, or no longer."""
    found = _living(token).filter(message__kind="image").first()
    if found is None:
        return None
    record(None, "threads.picture", found, variant=variant)
    return found.plain_bytes(variant)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
