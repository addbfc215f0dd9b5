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
    """If all its conditions fit, then. A rule never changes: a new one takes its place, so that what it once did can always be
    read."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+")
    name = models.CharField(_("規則の名前"), max_length=40)
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


class Condition(models.Model):
    """The attribute has one of the codes, or a number or a date between two ends that belong to it; an end that is missing is
    open. Without an attribute: one of the codes is who says to be speaking (contacts.Speaker)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    rule = models.ForeignKey(RoutingRule, models.CASCADE, related_name="conditions")
    attribute = models.ForeignKey(Attribute, models.CASCADE, null=True, related_name="+")
    codes = ArrayField(models.CharField(max_length=20), default=list)
    least = models.FloatField(null=True)
    most = models.FloatField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(codes=[], least=None, most=None, since=None, until=None),
                name="a_condition_asks_something",
            ),
            models.CheckConstraint(
                condition=models.Q(attribute__isnull=False)
                | ~models.Q(codes=[]) & models.Q(least=None, most=None, since=None, until=None),
                name="who_speaks_is_a_code",
            ),
        ]


class Applied(models.Model):
    """A rule did its work on a talk, once."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    rule = models.ForeignKey(RoutingRule, models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "rule"], name="a_rule_once_a_talk")]
