"""Short words that staff put on friends."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User
from madoguchi.contacts.models.attribute import READERS, TALK, Purpose
from madoguchi.contacts.models.contact import Contact


class Colour(models.TextChoices):
    """The colours of css/friends.css."""

    AI = "ai", _("藍")
    SORA = "sora", _("空")
    MATSU = "matsu", _("松")
    WAKABA = "wakaba", _("若葉")
    LAMP = "lamp", _("灯")
    SHU = "shu", _("朱")
    MOMO = "momo", _("桃")
    FUJI = "fuji", _("藤")
    NEZU = "nezu", _("鼠")


class TagQuerySet(models.QuerySet["Tag"]):
    def of(self, organisation: Organisation | int) -> "TagQuerySet":
        return self.filter(organisation=organisation)

    def visible_to(self, user: User) -> "TagQuerySet":
        """A tag of consultations may say what somebody spoke of: who only delivers does not see it."""
        mine = self.filter(organisation_id=user.organisation_id)
        if user.has_role(TALK):
            return mine
        return mine.exclude(purpose=Purpose.CONSULTATION) if user.has_role(READERS) else self.none()


class Tag(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("タグの名前"), max_length=20)
    colour = models.CharField(_("色"), max_length=10, choices=Colour, default=Colour.AI)
    purpose = models.CharField(
        _("目的"),
        max_length=12,
        choices=Purpose,
        default=Purpose.CONSULTATION,
        db_default=Purpose.CONSULTATION,
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_tag_a_name")]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    tagged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # null: the system
    tagged_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "tag"], name="one_tagging_a_tag")]
