"""What is known of a friend now, and every change of it.

One row a friend holds all current values: what can be counted stands plain in one JSON object (a choice, a number, a
date), words of one's own are sealed with the friend's key. The history is sealed whole: it dies with the key.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User
from madoguchi.contacts.models.attribute import Attribute
from madoguchi.contacts.models.contact import Contact

Stored = Any
"""A value as it is kept: a list of codes, a number, "YYYY-MM-DD", or a text; None when there is none."""


class Source(models.TextChoices):
    SURVEY = "survey", _("アンケート")
    COUNSELLOR = "counsellor", _("職員")
    IMPORT = "import", _("取り込み")
    AUTOMATIC = "automatic", _("自動")
    FRIEND = "friend", _("友だち本人")


class Values(models.Model):
    """`plain`: {str(attribute id): list of codes | number | "YYYY-MM-DD"}; a missing key is an unknown value."""

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    plain = models.JSONField(default=dict)
    sealed_texts = models.BinaryField(null=True)  # {str(attribute id): text}
    updated_at = models.DateTimeField(db_default=Now())

    @property
    def texts(self) -> dict[str, str]:
        if not self.sealed_texts:
            return {}
        return dict(self.contact.unseal("contacts_values", "texts", "", self.sealed_texts))

    def seal_texts(self, texts: dict[str, str]) -> bytes | None:
        return self.contact.seal("contacts_values", "texts", "", texts) if texts else None


class PlainValue(models.Model):
    """What stands in `Values.plain`, a row a value, for looking friends up by it: the database itself keeps it so (a trigger),
    and no code writes here. Comparing ids, codes and numbers is leakproof for PostgreSQL, comparing JSON is not: only these
    rows can be found by an index within the wall. `code`: a choice's, or a date as "YYYY-MM-DD"; `amount`: a number."""

    organisation = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+", db_index=False)
    attribute = models.ForeignKey(
        Attribute, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    code = models.CharField(max_length=40, blank=True)
    amount = models.FloatField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["attribute", "code", "contact"], name="plain_value_code"),
            models.Index(fields=["attribute", "amount", "contact"], name="plain_value_amount"),
            models.Index(fields=["contact", "attribute", "code"], name="plain_value_contact"),
        ]


class Change(models.Model):
    """One value that became another. `before` and `after` are Stored values, None: there was none."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    attribute = models.ForeignKey(Attribute, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # the ciphertexts' place
    sealed_before = models.BinaryField()
    sealed_after = models.BinaryField()
    source = models.CharField(_("どこから"), max_length=10, choices=Source)
    side = models.CharField(max_length=10, blank=True, default="", db_default="")  # who was speaking
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["contact", "-changed_at"])]

    def seal(self, column: str, value: Stored) -> bytes:
        return self.contact.seal("contacts_change", column, self.token, value)

    @property
    def before(self) -> Stored:
        return self.contact.unseal("contacts_change", "before", self.token, self.sealed_before)

    @property
    def after(self) -> Stored:
        return self.contact.unseal("contacts_change", "after", self.token, self.sealed_after)
