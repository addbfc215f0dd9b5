"""A second pair of eyes: who asked to take a waiting talk, until a colleague has said yes."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User
from madoguchi.desk.models import Conversation


class PickUpEnd(models.TextChoices):
    CONFIRMED = "confirmed", _("確認しました")
    WITHDRAWN = "withdrawn", _("取り下げました")
    GONE = "gone", _("ほかの人が担当しました")


class PickUpQuerySet(models.QuerySet["PickUp"]):
    def pending(self) -> "PickUpQuerySet":
        return self.filter(end="")


class PickUp(models.Model):
    """The talk waits in the queue meanwhile, and whoever may take it alone still can."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    end = models.CharField(max_length=10, choices=PickUpEnd, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PickUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(end=""), name="one_pending_pick_up"
            )
        ]
        indexes = [models.Index(fields=["organisation"], condition=models.Q(end=""), name="pick_up_waiting")]
