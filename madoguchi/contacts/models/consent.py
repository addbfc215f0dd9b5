"""What a friend was shown before the first question, and agreed to. A published text never changes: a new one has a new number."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation
from madoguchi.contacts.models.attribute import Purpose
from madoguchi.contacts.models.contact import Contact


class Way(models.TextChoices):
    LINE = "line", _("LINEのトーク")
    WEB = "web", _("ウェブの画面")
    STAFF = "staff", _("職員が聞いた")


class TermsQuerySet(models.QuerySet["Terms"]):
    def of(self, organisation: Organisation | int) -> "TermsQuerySet":
        return self.filter(organisation=organisation)

    def current(self, purpose: str) -> "Terms | None":
        """The newest published terms that cover a purpose."""
        covering = self.filter(published_at__isnull=False, purpose__in=[purpose, Purpose.BOTH])
        return covering.order_by("-number").first()


class Terms(models.Model):
    """`child_text`: the same in words that a child reads. `published_at` is null while it is being written."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("版"))
    purpose = models.CharField(_("目的"), max_length=12, choices=Purpose)
    text = models.TextField(_("文面"), max_length=5000)
    child_text = models.TextField(_("こども向けの文面"), max_length=5000, blank=True)
    text_en = models.TextField(_("英語の文面"), max_length=5000, blank=True)
    published_at = models.DateTimeField(null=True)

    objects = TermsQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="one_terms_a_number")]

    def __str__(self) -> str:
        return str(self.number)


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """That a friend agreed to these terms, when and how, and perhaps took it back. Agreeing anew is a new row."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)
    side = models.CharField(max_length=10, blank=True, default="", db_default="")  # who was speaking
    way = models.CharField(_("どこで"), max_length=10, choices=Way)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "terms", "side"],
                condition=models.Q(withdrawn_at=None),
                name="one_standing_consent",
            )
        ]
