"""A grave sign that a rule found in a friend's words."""

from django.db import models
from django.db.models.functions import Now

from madoguchi.accounts.models import Organisation, User
from madoguchi.desk.models.conversation import Conversation
from madoguchi.signs import marks
from madoguchi.threads.models import Message


class Alert(models.Model):
    """A grave sign in a message, made with the message; it calls again until a person answers for it. Holds no words."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="alerts")
    message = models.OneToOneField(Message, models.CASCADE, related_name="+")
    rules = models.JSONField()  # the names of the rules that matched, see signs.marks
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
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="alert_due")
        ]

    @property
    def rule_labels(self) -> list[str]:
        return [marks.label(self.organisation_id, rule) for rule in self.rules]
