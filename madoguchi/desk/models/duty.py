"""Who is at the desk: a counsellor's own state, how much that person may hold, and what that person is good at."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User


class DutyState(models.TextChoices):
    """What the person says. Being full is no state: it follows from the talks (`Conversation.load`)."""

    AVAILABLE = "available", _("受けられます")
    AWAY = "away", _("離席中")
    ENDED = "ended", _("今日は終わり")


class SkillQuerySet(models.QuerySet["Skill"]):
    def in_use(self, organisation_id: int) -> "SkillQuerySet":
        return self.filter(organisation_id=organisation_id, archived_at=None)


class Skill(models.Model):
    """Something a talk may need and a counsellor may have: children, suicide, DV, a language."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    key = models.SlugField(max_length=20)
    name = models.CharField(_("名前"), max_length=40)
    archived_at = models.DateTimeField(null=True)  # no longer offered; who has it keeps it

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_skill_a_key")]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """One row a counsellor. Its lock is what keeps a load below its limit: who is to hold one more talk is locked first."""

    counsellor = models.OneToOneField(User, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(_("状態"), max_length=10, choices=DutyState, default=DutyState.ENDED)
    changed_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(null=True)  # when an open desk of this person last spoke to us
    given_at = models.DateTimeField(
        null=True
    )  # when this person was last given a talk: who waited longest is next
    most_load = models.PositiveSmallIntegerField(
        _("同時に受ける相談の数（多くても）"), null=True
    )  # null: as the channel says
    is_trainee = models.BooleanField(_("研修中（答えはスーパーバイザーの確認のあとに届く）"), default=False)
    skills = ArrayField(models.CharField(max_length=20), default=list)  # keys of Skill

    class Meta:
        indexes = [models.Index(fields=["organisation", "state"])]

    def may_be_given(self) -> bool:
        return self.state == DutyState.AVAILABLE
