"""Everything said with one friend, in order. An outgoing message is work until LINE has accepted it."""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Because, Cause
from madoguchi.core import clock, seal


class Author(models.TextChoices):
    FRIEND = "friend", _("友だち")
    COUNSELLOR = "counsellor", _("相談員")
    AUTOMATIC = "automatic", _("自動応答")


class State(models.TextChoices):
    """What became of a message. `accepted` is LINE's word for "taken", never "delivered" or "read"."""

    RECEIVED = "received", _("受信")
    QUEUED = "queued", _("送信中")
    ACCEPTED = "accepted", _("送信済み")
    FAILED = "failed", _("失敗")
    UNKNOWN = "unknown", _("不明")
    HELD = "held", _("待機")
    DROPPED = "dropped", _("送らなかった")


# on its way for so long, a message is shown as 不明 while the tries go on
NOT_CERTAIN_AFTER = clock.seconds(60)

# As it was said: LINE's time, then the event's id; never the order of arrival.
ORDER = ("said_at", "event_id", "number")


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, contact: Contact) -> "MessageQuerySet":
        return self.filter(contact=contact)

    def in_order(self) -> "MessageQuerySet":
        return self.order_by(*ORDER)

    def before(self, edge: "Message") -> "MessageQuerySet":
        """What stands before `edge` in that order."""
        same_time = models.Q(said_at=edge.said_at)
        same_event = same_time & models.Q(event_id=edge.event_id)
        return self.filter(
            models.Q(said_at__lt=edge.said_at)
            | same_time & models.Q(event_id__lt=edge.event_id)
            | same_event & models.Q(number__lt=edge.number)
        )

    def changed_after(self, revision: int) -> "MessageQuerySet":
        """New and changed messages since the reader's last pull."""
        return self.filter(revision__gt=revision)


class Message(models.Model):
    """`number` names a message for ever; `revision` moves with every change and is what readers pull after."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    author_kind = models.CharField(max_length=10, choices=Author)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # text, sticker, image ..., or the name of a kind that is not understood
    kind = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    event_id = models.CharField(max_length=64, blank=True)
    line_message_id = models.CharField(max_length=255, blank=True)
    sealed_content = models.BinaryField(null=True)  # see threads.contents; null once unsent
    unsent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    # Outgoing: the frozen request is work (core.work) until LINE's answer is final.
    state = models.CharField(max_length=10, choices=State)
    sealed_payload = models.BinaryField(null=True)  # the LINE message object, frozen when it was written
    retry_key = models.UUIDField(null=True, unique=True)
    client_key = models.UUIDField(null=True)  # made by the browser: a double click or a reload sends once
    sealed_reply_token = models.BinaryField(null=True)
    reply_until = models.DateTimeField(null=True)
    # when it was last put on its way: written, or sent again by a person
    queued_at = models.DateTimeField(null=True)
    first_attempt_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    request_id = models.CharField(max_length=64, blank=True)
    cause = models.CharField(
        max_length=10, choices=Cause, default=Cause.OURS
    )  # why we say it (contacts.wishes)
    held_because = models.CharField(max_length=10, choices=Because, blank=True)
    held_until = models.DateTimeField(null=True)  # looked at again then; null: a person decides
    sealed_quote_token = models.BinaryField(null=True)  # LINE's, by which a later message quotes this one
    corrects = models.ForeignKey("self", models.SET_NULL, null=True, related_name="corrections")
    reason = models.CharField(max_length=40, blank=True)  # why it failed: a code of channels.line.reasons

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "number"], name="one_message_a_number"),
            models.UniqueConstraint(fields=["contact", "client_key"], name="one_message_a_client_key"),
            models.UniqueConstraint(
                fields=["contact", "line_message_id"],
                condition=models.Q(author_kind="friend") & ~models.Q(line_message_id=""),
                name="one_message_a_line_message",
            ),
            models.UniqueConstraint(
                fields=["contact", "event_id"], condition=~models.Q(event_id=""), name="one_message_an_event"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="held") | models.Q(due_at=None) & ~models.Q(held_because=""),
                name="held_is_not_due",
            ),
        ]
        indexes = [
            models.Index(fields=["contact", "revision"]),
            models.Index(fields=["contact", "said_at", "event_id", "number"]),
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="message_due"),
            models.Index(
                fields=["contact", "number"],
                condition=models.Q(due_at__isnull=False),
                name="message_due_in_thread",
            ),
            models.Index(fields=["contact"], condition=models.Q(state="held"), name="message_held"),
        ]

    @property
    def content(self) -> dict[str, Any]:
        """The content as `threads.contents` describes it; empty once unsent."""
        return self._open("content", self.sealed_content) or {}

    @property
    def payload(self) -> dict[str, Any]:
        return self._open("payload", self.sealed_payload) or {}

    @property
    def reply_token(self) -> str:
        return self._open("reply_token", self.sealed_reply_token) or ""

    @property
    def quote_token(self) -> str:
        return self._open("quote_token", self.sealed_quote_token) or ""

    def seal(self, column: str, value: Any) -> bytes:
        return self.contact.seal("threads_message", column, self.number, value)

    def _open(self, column: str, sealed: Any) -> Any:
        return self.contact.unseal("threads_message", column, self.number, sealed) if sealed else None

    @property
    def waits_since(self) -> datetime:
        """Since when it has been on its way, this time."""
        return self.queued_at or self.created_at

    @property
    def is_from_a_page(self) -> bool:
        """The friend wrote it on a survey's page: no event brought it, and it doesn't stand in the talk on the phone."""
        return self.author_kind == Author.FRIEND and not self.event_id

    @property
    def is_outgoing(self) -> bool:
        return self.author_kind != Author.FRIEND


class AttachmentState(models.TextChoices):
    PREPARING = "preparing", _("準備中")
    READY = "ready", _("あり")
    GONE = "gone", _("取り消されました")
    TOO_LARGE = "too_large", _("大きすぎます")
    MISSING = "missing", _("取得できません")


class Attachment(models.Model):
    """The picture, video, voice or file of a message, sealed in pieces. Fetching it is work until it is here."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="attachment")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    token = models.UUIDField(default=uuid.uuid4, unique=True)  # names it in our own addresses
    state = models.CharField(max_length=10, choices=AttachmentState)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField(default=0)
    is_shown = models.BooleanField(default=False)  # re-encoded or of a safe kind: may be shown in the page
    has_small = models.BooleanField(default=False)
    # of the address LINE fetches a sent picture from
    public_hash = models.BinaryField(null=True, unique=True)
    public_until = models.DateTimeField(null=True)
    # attempts that came to an end; the others took their worker along
    reports = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="attachment_due")
        ]

    def chunk_place(self, variant: str, position: int) -> bytes:
        return self.message.contact.place("threads_chunk", f"{variant} {position}", self.token)

    def plain_bytes(self, variant: str) -> bytes:
        """The whole of one variant, opened."""
        key = self.message.contact.data_key
        chunks = self.chunks.filter(variant=variant).order_by("position")
        return b"".join(
            seal.unseal(key, chunk.sealed, self.chunk_place(variant, chunk.position)) for chunk in chunks
        )


class Chunk(models.Model):
    """A sealed piece of an attachment, at most 1 MiB of plain bytes. `variant`: full or small."""

    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="chunks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    variant = models.CharField(max_length=5)
    position = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attachment", "variant", "position"], name="one_chunk_a_position")
        ]


class ReadMark(models.Model):
    """既読: telling LINE up to where a person has read is work too. One row a contact, the newest mark."""

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sealed_token = models.BinaryField()
    number = models.PositiveIntegerField()  # up to this message
    due_at = models.DateTimeField(null=True, db_default=Now())
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)


class TypingSign(models.Model):
    """The dots that say that an answer is being written. One row a contact; a call that fails or comes late is forgotten."""

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(null=True, db_default=Now())
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="typing_sign_due")
        ]
