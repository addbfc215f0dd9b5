"""定型文: sentences that are written once with care and put into an answer as a beginning, never sent by themselves."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, Role, User

TITLE, TOPIC, SHORTCUT, TEXT, CHOICE, CHOICES = 40, 20, 20, 2000, 20, 13


class PhraseQuerySet(models.QuerySet["Phrase"]):
    def usable_by(self, user: User) -> "PhraseQuerySet":
        """The shared ones and the person's own."""
        ours = self.filter(organisation_id=user.organisation_id)
        return ours.filter(models.Q(owner=None) | models.Q(owner=user))

    def visible_to(self, user: User) -> "PhraseQuerySet":
        """Those that can be used, and for supervisors also what counsellors propose to share."""
        if not user.has_role([Role.SUPERVISOR]):
            return self.usable_by(user)
        ours = self.filter(organisation_id=user.organisation_id)
        return ours.filter(models.Q(owner=None) | models.Q(owner=user) | models.Q(proposed_at__isnull=False))

    def proposed(self) -> "PhraseQuerySet":
        return self.filter(proposed_at__isnull=False)


class Phrase(models.Model):
    """Shared when nobody owns it. `folded` is what a search looks in: title, shortcut and text as they are spelled and as
    they sound (phrases.finding)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    topic = models.CharField(_("分類"), max_length=TOPIC, blank=True)
    title = models.CharField(_("名前"), max_length=TITLE)
    shortcut = models.CharField(_("合言葉"), max_length=SHORTCUT, blank=True)
    text = models.TextField(_("文"), max_length=TEXT)
    choices = ArrayField(
        models.CharField(max_length=CHOICE), verbose_name=_("クイックリプライ"), default=list
    )
    folded = models.TextField()
    proposed_at = models.DateTimeField(null=True)  # its owner would like to share it
    changed_at = models.DateTimeField(db_default=Now())

    objects = PhraseQuerySet.as_manager()

    class Meta:
        ordering = ("topic", "title", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "owner", "shortcut"],
                condition=~models.Q(shortcut=""),
                nulls_distinct=False,
                name="one_phrase_a_shortcut",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_at=None) | models.Q(owner__isnull=False),
                name="only_ones_own_is_proposed",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "owner"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None

    def may_be_changed_by(self, user: User) -> bool:
        """One's own by its owner, a shared one by a supervisor."""
        if self.organisation_id != user.organisation_id:
            return False
        return user.has_role([Role.SUPERVISOR]) if self.is_shared else self.owner_id == user.pk


class Signature(models.Model):
    """What a counsellor is called towards friends: no real name has to be given."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("名乗る名前"), max_length=20)
