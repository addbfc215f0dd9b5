"""Pictures, videos, voices and files: fetched from LINE at once, kept sealed in pieces."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from madoguchi.channels.models import Channel
from madoguchi.core import clock, live, seal
from madoguchi.core.work import Job, claim, held, put_off
from madoguchi.threads.actions.numbering import changed, locked
from madoguchi.threads.models import Attachment, AttachmentState, Chunk, Message

LEASE_SECONDS = 120.0
KEPT_TRYING = clock.seconds(3 * 24 * 3600)  # LINE keeps content for a while that it doesn't tell
SILENT_ENDS = 5  # attempts that took their worker along
LONGEST_PAUSE = 600.0
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class Fetching:
    """One attempt to fetch an attachment."""

    channel: Channel
    line_message_id: str
    kind: str


@dataclass(frozen=True)
class Fetched:
    """What came: the bytes to keep, a small picture if there is one, and whether a page may show them."""

    content_type: str
    full: bytes = field(repr=False)
    small: bytes | None = field(default=None, repr=False)
    is_shown: bool = False


def keep_bytes(attachment: Attachment, variant: str, plain: bytes) -> None:
    """Seal bytes in pieces of at most 1 MiB."""
    for position, start in enumerate(range(0, len(plain), CHUNK_BYTES)):
        keep_chunk(attachment, variant, position, plain[start : start + CHUNK_BYTES])


def keep_chunk(attachment: Attachment, variant: str, position: int, piece: bytes) -> None:
    key, where = attachment.message.contact.data_key, attachment.chunk_place(variant, position)
    Chunk.objects.create(
        attachment=attachment,
        organisation_id=attachment.organisation_id,
        variant=variant,
        position=position,
        sealed=seal.seal(key, piece, where),
    )


def claim_attachments(limit: int) -> list[Job]:
    return claim(Attachment.objects.all(), LEASE_SECONDS, limit)


@transaction.atomic
def begin_attachment(job: Job) -> Fetching | None:
    """What to fetch; None when it is unsent or done."""
    attachment = held(Attachment.objects.select_related("message__contact__channel"), job)
    if attachment is None:
        return None
    if job.attempt - attachment.reports > SILENT_ENDS:
        give_up_attachment(job, AttachmentState.MISSING)
        return None
    return Fetching(
        attachment.message.contact.channel, attachment.message.line_message_id, attachment.message.kind
    )


@transaction.atomic
def keep_attachment(job: Job, fetched: Fetched) -> None:
    """Keep the bytes; every open desk pulls the message again."""
    attachment = _locked_attachment(job)
    if attachment is None:
        return
    attachment.content_type, attachment.size = fetched.content_type[:100], len(fetched.full)
    attachment.is_shown, attachment.has_small = fetched.is_shown, fetched.small is not None
    keep_bytes(attachment, "full", fetched.full)
    if fetched.small is not None:
        keep_bytes(attachment, "small", fetched.small)
    _settle(attachment, AttachmentState.READY)


@transaction.atomic
def give_up_attachment(job: Job, state: AttachmentState) -> None:
    """It will not come: unsent, too large, or nowhere to be found."""
    attachment = _locked_attachment(job)
    if attachment is not None:
        _settle(attachment, state)


@transaction.atomic
def postpone_attachment(job: Job, seconds: float) -> None:
    """LINE is still preparing it, or could not be reached: look again, more and more seldom; after days it is shown as
    missing."""
    attachment = _locked_attachment(job)
    if attachment is None:
        return
    if attachment.message.created_at + KEPT_TRYING < clock.of_database():
        _settle(attachment, AttachmentState.MISSING)
        return
    Attachment.objects.filter(pk=attachment.pk).update(reports=F("reports") + 1)
    put_off(attachment, min(LONGEST_PAUSE, max(seconds, seconds * job.attempt / 20)))


def _locked_attachment(job: Job) -> Attachment | None:
    """The attachment of this attempt, with its contact locked first: contact, then message, then attachment."""
    message = Message.objects.filter(attachment=job.pk).first()
    if message is None:
        return None
    contact = locked(message.contact_id)
    attachment: Attachment | None = held(Attachment.objects.select_related("message"), job)
    if attachment is not None:
        attachment.message.contact = contact
    return attachment


def _settle(attachment: Attachment, state: AttachmentState) -> None:
    attachment.state, attachment.due_at, attachment.leased_until = state, None, None
    attachment.save()
    changed(attachment.message)
    live.publish(f"contact-{attachment.message.contact_id}")
