"""What staff say among themselves about a friend. It stands beside the thread, never in it: nothing here has a way to LINE."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, Role, User
from madoguchi.contacts.models import Contact
from madoguchi.desk.models.conversation import Conversation


class NoteKind(models.TextChoices):
    NOTE = "note", _("メモ")
    WHISPER = "whisper", _("スーパーバイザーから")
    HELP = "help", _("助けを呼ぶ")


class NoteQuerySet(models.QuerySet["Note"]):
    def of(self, contact: Contact) -> "NoteQuerySet":
        return self.filter(contact=contact)

    def calling(self) -> "NoteQuerySet":
        """Calls for help that nobody has answered for."""
        return self.filter(kind=NoteKind.HELP, seen_at=None)


class Note(models.Model):
    """Of a friend, written in a conversation. `token` names it in what is sealed. Whispers and calls for help wait to be seen."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=NoteKind, default=NoteKind.NOTE)
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    sealed_text = models.BinaryField()
    written_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["contact", "-written_at"]),
            models.Index(
                fields=["organisation"],
                condition=models.Q(kind="help", seen_at__isnull=True),
                name="help_called_for",
            ),
        ]

    @property
    def text(self) -> str:
        return str(self.contact.unseal("desk_note", "text", self.token, self.sealed_text))

    @property
    def waits_to_be_seen(self) -> bool:
        return self.kind != NoteKind.NOTE and self.seen_at is None

    def may_be_seen_by(self, user: User) -> bool:
        """A whisper by who holds the talk; a call for help by a supervisor, or by who called and takes it back."""
        if not self.waits_to_be_seen:
            return False
        if self.kind == NoteKind.WHISPER:
            return self.conversation.is_held_by(user)
        return user.has_role([Role.SUPERVISOR]) or self.author_id == user.pk
