"""Rules by which an answer moves a talk, and which rule did so to which talk."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Attribute
from madoguchi.desk.models import Conversation

MODULE = "routing"  # its name among a reception's modules


class RuleQuerySet(models.QuerySet["RoutingRule"]):
    def current(self) -> "RuleQuerySet":
        return self.filter(archived_at=None).order_by("pk")

    def in_use(self) -> "RuleQuerySet":
        return self.current().filter(paused_at=None)


class RoutingRule(models.Model):
    """If the attribute has any of these codes, then. A rule never changes: a new one takes its place, so that what it once did
    can always be read."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+")
    name = models.CharField(_("規則の名前"), max_length=40)
    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="+", verbose_name=_("属性"))
    codes = ArrayField(models.CharField(max_length=20), verbose_name=_("答え"))
    skills = ArrayField(
        models.CharField(max_length=20), verbose_name=_("要る得意なこと"), default=list, blank=True
    )
    is_lifting = models.BooleanField(_("待っている人の列で上に上げる"), default=False)
    is_alarming = models.BooleanField(_("スーパーバイザーに知らせる"), default=False)
    made_at = models.DateTimeField(db_default=Now())
    paused_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_lifting=True) | models.Q(is_alarming=True) | ~models.Q(skills=[]),
                name="a_rule_does_something",
            )
        ]
        indexes = [
            models.Index(fields=["channel"], condition=models.Q(archived_at=None), name="rule_of_channel")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Applied(models.Model):
    """A rule did its work on a talk, once."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    rule = models.ForeignKey(RoutingRule, models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "rule"], name="a_rule_once_a_talk")]
