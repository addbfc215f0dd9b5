"""Two accounts of one person, said so by a person. Nothing is moved: they are shown together, and undoing is one row's update."""

import uuid

from django.db import models
from django.db.models.functions import Now

from madoguchi.accounts.models import Organisation, User
from madoguchi.contacts.models.contact import Contact


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> "MergeQuerySet":
        return self.filter(undone_at=None)

    def about(self, contact: Contact) -> "MergeQuerySet":
        return self.filter(models.Q(kept=contact) | models.Q(merged=contact))


class Merge(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kept = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    merged = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sealed_reason = models.BinaryField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(db_default=Now())
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=models.Q(undone_at=None), name="merged_into_one"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("merged")), name="merged_are_two"),
        ]

    def seal_reason(self, reason: str) -> bytes:
        return self.kept.seal("contacts_merge", "reason", self.token, reason)

    @property
    def reason(self) -> str:
        return str(self.kept.unseal("contacts_merge", "reason", self.token, self.sealed_reason))
