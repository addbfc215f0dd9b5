"""A file on its way in, and what was written out."""

import json
import uuid

from django.db import models
from django.db.models.functions import Now

from madoguchi.accounts import keys
from madoguchi.accounts.models import Organisation, User
from madoguchi.core import seal


class Import(models.Model):
    """A table between its preview and its confirmation, sealed with a key of its own; both are gone once it is done."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wrapped_key = models.BinaryField(null=True)
    key_epoch = models.PositiveIntegerField()
    sealed_rows = models.BinaryField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True)

    def place(self) -> bytes:
        return seal.place(self.organisation_id, "contacts_import", "rows", self.token, "")

    @property
    def rows(self) -> list[list[str]]:
        """The table; empty once it is done."""
        if self.sealed_rows is None or self.wrapped_key is None:
            return []
        key = keys.data_key(self.organisation_id, self.wrapped_key, self.key_epoch)
        rows: list[list[str]] = json.loads(seal.unseal(key, self.sealed_rows, self.place()))
        return rows


class Export(models.Model):
    """That values left the house: who took how many friends, when and why. Its number stands in every line of the file."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wrapped_key = models.BinaryField()
    key_epoch = models.PositiveIntegerField()
    sealed_reason = models.BinaryField()
    friends = models.PositiveIntegerField(default=0)
    exported_at = models.DateTimeField(db_default=Now())

    def place(self) -> bytes:
        return seal.place(self.organisation_id, "contacts_export", "reason", self.token, "")

    @property
    def reason(self) -> str:
        key = keys.data_key(self.organisation_id, self.wrapped_key, self.key_epoch)
        return seal.unseal(key, self.sealed_reason, self.place()).decode()
