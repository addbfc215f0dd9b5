"""What calls for a person until somebody answers for it: a grave sign in a friend's words, or an answer that was to be told."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User
from madoguchi.desk.models.conversation import Conversation
from madoguchi.signs import marks
from madoguchi.threads.models import Message


class AlertKind(models.TextChoices):
    """What called. Only a sign is held to be grave; an answer calls supervisors and judges nothing."""

    SIGN = "sign", _("重大なサイン")
    ANSWER = "answer", _("答えによる知らせ")


class Alert(models.Model):
    """A call in a message, made with the message; it calls again until a person answers for it. Holds no words."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="alerts")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=AlertKind, default=AlertKind.SIGN)
    rules = (
        models.JSONField()
    )  # the names of the rules that matched: of a sign's see signs.marks, else as written
    raised_at = models.DateTimeField(db_default=Now())
    calls = models.PositiveIntegerField(default=1)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # what the person said of it: grave, or not; null while nobody has
    is_grave = models.BooleanField(null=True)
    due_at = models.DateTimeField(null=True)  # when it calls again (core.work); null once acknowledged
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "kind"], name="one_alert_a_message_and_kind")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="alert_due")
        ]

    @property
    def rule_labels(self) -> list[str]:
        if self.kind != AlertKind.SIGN:
            return list(self.rules)
        return [marks.label(self.organisation_id, rule) for rule in self.rules]
