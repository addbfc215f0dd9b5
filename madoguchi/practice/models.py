"""One scripted consulter who is played against the real desk. The row is the job: its next step is due, or it has ended."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User
from madoguchi.channels.models import Channel


class End(models.TextChoices):
    DONE = "done", _("台本の最後まで")
    SILENT = "silent", _("返事がなく、相手が去りました")
    STOPPED = "stopped", _("止めました")


class Practice(models.Model):
    """`token` is the invented LINE id. `step`: the next one of the script; `heard`: up to which message answers were heeded."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    script = models.SlugField(max_length=40)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(db_default=Now())
    step = models.PositiveSmallIntegerField(default=0)
    said = models.PositiveSmallIntegerField(default=0)  # how many events were played
    heard = models.PositiveIntegerField(default=0)
    waits_since = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=End, blank=True)
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, db_default=Now())
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="practice_due"),
            models.Index(fields=["organisation", "-started_at"], name="practice_newest"),
        ]

    @property
    def line_id(self) -> str:
        return f"U{self.token.hex}"

    @property
    def is_running(self) -> bool:
        return not self.end
