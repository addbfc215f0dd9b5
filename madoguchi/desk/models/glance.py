"""Who has a talk before the eyes now, and who is writing in it: said by open desks, worth a minute, never content."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now

from madoguchi.accounts.models import Organisation, User
from madoguchi.core import clock
from madoguchi.desk.models.conversation import Conversation

LOOKS_FOR = clock.seconds(75)  # an open desk speaks to us each half minute
WRITES_FOR = timedelta(seconds=8)  # and more often while somebody writes


class GlanceQuerySet(models.QuerySet["Glance"]):
    def now(self) -> "GlanceQuerySet":
        """Those that still hold."""
        return self.filter(looked_at__gt=Now() - LOOKS_FOR)


class Glance(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="glances")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    looked_at = models.DateTimeField(db_default=Now())
    wrote_at = models.DateTimeField(null=True)

    objects = GlanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="one_glance_a_person")]
        indexes = [models.Index(fields=["organisation", "looked_at"])]

    @property
    def is_writing(self) -> bool:
        return self.wrote_at is not None and self.wrote_at > clock.now() - WRITES_FOR
