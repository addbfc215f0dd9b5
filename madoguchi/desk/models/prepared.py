"""An answer that is written and not said yet: it waits for a supervisor's yes, for its moment, or for the end of the seconds in
which it can be taken back. The friend sees nothing of it until it becomes a message."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, Role, User
from madoguchi.contacts.models import Contact
from madoguchi.core import seal
from madoguchi.desk.models.conversation import Conversation
from madoguchi.threads.models import Author, Message


class PreparedState(models.TextChoices):
    ASKED = "asked", _("確認待ち")
    PLANNED = "planned", _("送る予定")
    STOPPED = "stopped", _("止まっています")
    RETURNED = "returned", _("戻されました")
    SENT = "sent", _("送りました")
    DROPPED = "dropped", _("取り消しました")


class Stopped(models.TextChoices):
    """Why a planned answer was held back: a person has to look at it first."""

    WROTE = "wrote", _("友だちが先に書きました")
    ENDED = "ended", _("相談が終わりました")
    CHANGED_HANDS = "changed_hands", _("担当が変わりました")


OPEN = (PreparedState.ASKED, PreparedState.PLANNED, PreparedState.STOPPED, PreparedState.RETURNED)


class PreparedQuerySet(models.QuerySet["Prepared"]):
    def open(self) -> "PreparedQuerySet":
        return self.filter(state__in=OPEN)

    def asked(self) -> "PreparedQuerySet":
        """Waiting for a supervisor's yes, grave talks first, then who waits longest."""
        grave = Q(conversation__grave_at__isnull=False)
        return self.filter(state=PreparedState.ASKED).order_by(
            models.Case(models.When(grave, then=0), default=1), "written_at", "pk"
        )

    def calling(self, user_id: int, *, is_supervisor: bool) -> "PreparedQuerySet":
        """What this person has to look at: as a supervisor, what others ask for; one's own that was held back or returned."""
        own = Q(author=user_id, state=PreparedState.RETURNED) | Q(state=PreparedState.STOPPED) & (
            Q(conversation__owner=user_id) | Q(author=user_id, conversation__owner=None)
        )
        if is_supervisor:
            own |= Q(state=PreparedState.ASKED) & ~Q(author=user_id)
        return self.filter(own)

    def with_word_after(self) -> "PreparedQuerySet":
        """`is_overtaken`: the friend has written since."""
        later = Message.objects.filter(
            contact=models.OuterRef("contact"),
            author_kind=Author.FRIEND,
            number__gt=models.OuterRef("after_number"),
            unsent_at=None,
        )
        return self.annotate(is_overtaken=models.Exists(later))


class Prepared(models.Model):
    """`after_number`: the thread's last message when it was written; what the friend says later may change what is to be said.
    `is_brief`: it waits only as long as it can be taken back, and then goes whatever has happened since."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="prepared")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    client_key = models.UUIDField()
    kind = models.CharField(max_length=10)
    sealed_answer = models.BinaryField()  # desk.answers.Answer without its bytes
    state = models.CharField(max_length=10, choices=PreparedState)
    is_brief = models.BooleanField(default=False)
    was_changed = models.BooleanField(default=False)  # by the supervisor who said yes
    stopped = models.CharField(max_length=15, choices=Stopped, blank=True)
    after_number = models.PositiveIntegerField()
    at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    sealed_remark = models.BinaryField(null=True)
    message = models.OneToOneField(Message, models.CASCADE, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    objects = PreparedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "client_key"], name="one_prepared_a_client_key"),
            models.CheckConstraint(
                condition=Q(state="planned", due_at__isnull=False, at__isnull=False)
                | (~Q(state="planned") & Q(due_at=None)),
                name="only_what_is_planned_is_due",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", message__isnull=False) | (~Q(state="sent") & Q(message=None)),
                name="sent_is_a_message",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="prepared_due"),
            models.Index(
                fields=["organisation", "state"], condition=~Q(state__in=["sent", "dropped"]), name="prepared_open"
            ),
        ]  # fmt: skip

    @property
    def answer(self) -> dict[str, Any]:
        found = self.contact.unseal("desk_prepared", "answer", self.token, self.sealed_answer)
        return dict(found)

    @property
    def remark(self) -> str:
        if not self.sealed_remark:
            return ""
        return str(self.contact.unseal("desk_prepared", "remark", self.token, self.sealed_remark))


class PreparedFile(models.Model):
    """The bytes that go with it, sealed: a picture in two sizes, or a file."""

    prepared = models.OneToOneField(Prepared, models.CASCADE, related_name="file")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sealed_full = models.BinaryField()
    sealed_small = models.BinaryField(null=True)

    def place(self, variant: str) -> bytes:
        return self.prepared.contact.place("desk_preparedfile", variant, self.prepared.token)

    def plain(self, variant: str) -> bytes | None:
        sealed = self.sealed_full if variant == "full" else self.sealed_small
        return seal.unseal(self.prepared.contact.data_key, sealed, self.place(variant)) if sealed else None


class Confirming(models.TextChoices):
    """Who sees an answer once more before it goes."""

    NOBODY = "nobody", _("だれも確かめない")
    COUNSELLORS = "counsellors", _("相談員が確かめる")
    ALL = "all", _("全員が確かめる")


class WritingRules(models.Model):
    """How answers go out in an organisation."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    confirming = models.CharField(
        _("送る前の確認"), max_length=12, choices=Confirming, default=Confirming.NOBODY
    )
    undo_seconds = models.PositiveSmallIntegerField(_("送ってから取り消せる秒数"), default=0)
    shows_typing = models.BooleanField(_("書いているあいだ、友だちの画面に「…」を出す"), default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(undo_seconds__lte=10), name="undo_within_ten_seconds")
        ]

    def asks_to_confirm(self, user: User) -> bool:
        if self.confirming == Confirming.COUNSELLORS:
            return not user.has_role([Role.SUPERVISOR])
        return self.confirming == Confirming.ALL
