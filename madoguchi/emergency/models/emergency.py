"""A talk in which somebody outside is, or may have to be, told: the dossier's own row, and each notice with its clock."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, Role, User
from madoguchi.desk.models import Conversation
from madoguchi.emergency.clocks import ReceiverKind, Task


class EmergencyState(models.TextChoices):
    PREPARING = "preparing", _("準備中")
    NOTIFIED = "notified", _("通告を決めました")
    CONFIRMED = "confirmed", _("すべて確認されました")
    WITHDRAWN = "withdrawn", _("通告しませんでした")


STANDING = (EmergencyState.PREPARING, EmergencyState.NOTIFIED)


class EmergencyQuerySet(models.QuerySet["Emergency"]):
    def visible_to(self, user: User) -> "EmergencyQuerySet":
        """A supervisor sees all; a counsellor those of the talks that person holds, and, until they have ended, those that person
        opened or decided: whoever telephoned hears the confirmation, whoever holds the talk by then."""
        ours = self.filter(organisation_id=user.organisation_id)
        if user.has_role([Role.SUPERVISOR]):
            return ours
        if not user.has_role([Role.COUNSELLOR]):
            return self.none()
        runs_it = models.Q(opened_by=user) | models.Q(decided_by=user)
        return ours.filter(models.Q(conversation__owner=user) | (runs_it & models.Q(state__in=STANDING)))


class Emergency(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=EmergencyState, default=EmergencyState.PREPARING)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    sealed_reason = models.BinaryField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    quotes = ArrayField(models.PositiveIntegerField(), default=list)  # numbers of messages

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(state__in=["preparing", "notified"]),
                name="one_standing_emergency",
            )
        ]

    @property
    def reason(self) -> str:
        return str(_opened(self, "reason", self.token, self.sealed_reason) or "")

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING


class NoticeQuerySet(models.QuerySet["Notice"]):
    def running(self) -> "NoticeQuerySet":
        return self.filter(confirmed_at=None, called_off_at=None)


class Notice(models.Model):
    """One thing that one receiver has to confirm. Its clock runs until a person enters the confirmation; overdue it calls again."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    emergency = models.ForeignKey(Emergency, models.CASCADE, related_name="notices")
    receiver = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=ReceiverKind)
    phone = models.CharField(max_length=20)
    task = models.CharField(max_length=10, choices=Task)
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    confirmed_at = models.DateTimeField(null=True)  # when the receiver confirmed, as a person says
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)
    sealed_confirmation = models.BinaryField(null=True)  # {"who": str, "how": str}
    called_off_at = models.DateTimeField(null=True)
    calls = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)  # when it calls (core.work); null once confirmed
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["emergency", "receiver", "task"], name="one_clock_a_receiver_and_task"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(due_at=None),
                name="a_confirmed_clock_stands_still",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="notice_due"),
            models.Index(
                fields=["organisation"],
                condition=models.Q(confirmed_at=None, called_off_at=None),
                name="notice_running",
            ),
        ]

    @property
    def confirmation(self) -> dict[str, str]:
        return dict(_opened(self.emergency, "confirmation", self.token, self.sealed_confirmation) or {})


def _opened(emergency: Emergency, column: str, token: uuid.UUID, sealed: Any) -> Any:
    contact = emergency.conversation.contact
    return contact.unseal("emergency_emergency", column, token, sealed) if sealed else None
