"""What an organisation wants to know of its friends, and who of its staff may see it."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, Role, User

TALK = (Role.COUNSELLOR, Role.SUPERVISOR)
PUSH = (Role.DELIVERY, Role.APPROVER)
READERS = (
    *TALK,
    *PUSH,
)  # nobody else reads what friends answered: administrators and auditors see no content


class Kind(models.TextChoices):
    SINGLE = "single", _("ひとつ選ぶ")
    MULTIPLE = "multiple", _("いくつでも選ぶ")
    NUMBER = "number", _("数")
    DATE = "date", _("日付")
    TEXT = "text", _("文章")
    AREA = "area", _("地域")


CHOSEN = (Kind.SINGLE, Kind.MULTIPLE, Kind.AREA)  # kinds whose value is one or more options


class Purpose(models.TextChoices):
    """What a value was asked for. What was said in a consultation never becomes a condition of a delivery."""

    CONSULTATION = "consultation", _("相談")
    DELIVERY = "delivery", _("配信")
    BOTH = "both", _("相談と配信")


def covers(asked_for: str, used_for: str) -> bool:
    """Whether what was asked for one purpose may be kept for another: never for more than was agreed to."""
    return asked_for in (used_for, Purpose.BOTH)


def in_this_language(name: str, name_en: str) -> str:
    return name_en if name_en and get_language() != "ja" else name


class AttributeQuerySet(models.QuerySet["Attribute"]):
    def of(self, organisation: Organisation | int) -> "AttributeQuerySet":
        return self.filter(organisation=organisation)

    def current(self) -> "AttributeQuerySet":
        return self.filter(archived_at=None)

    def visible_to(self, user: User) -> "AttributeQuerySet":
        """Those whose values this person may read. Who only delivers sees nothing that is for consultations alone."""
        return self.filter(organisation_id=user.organisation_id, readers__overlap=list(user.roles))

    def in_order(self) -> "AttributeQuerySet":
        return self.order_by("position", "pk")


class Attribute(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    key = models.SlugField(_("記号"), max_length=40)
    name = models.CharField(_("名前"), max_length=60)
    name_en = models.CharField(_("名前（英語）"), max_length=60, blank=True)
    kind = models.CharField(_("種類"), max_length=10, choices=Kind)
    purpose = models.CharField(_("目的"), max_length=12, choices=Purpose)
    is_personal = models.BooleanField(_("個人を特定できる"), default=False)
    readers = ArrayField(models.CharField(max_length=20, choices=Role), verbose_name=_("見てよい役割"))
    unit = models.CharField(_("単位"), max_length=10, blank=True)
    position = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    objects = AttributeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_attribute_a_key"),
            models.CheckConstraint(condition=models.Q(readers__contained_by=list(READERS)), name="attribute_readers_may_read"),
            models.CheckConstraint(
                condition=~models.Q(purpose="consultation") | models.Q(readers__contained_by=list(TALK)),
                name="consultations_are_for_talkers",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        return in_this_language(self.name, self.name_en)

    @cached_property
    def option_of(self) -> dict[str, "Option"]:
        """{code: option}, those put away too; read once for the whole of a page."""
        return {option.code: option for option in self.options.all()}

    @property
    def is_chosen(self) -> bool:
        return self.kind in CHOSEN

    @property
    def is_sealed(self) -> bool:
        """Words of one's own are sealed; what can be counted is kept plain, beside a pseudonymous contact id."""
        return self.kind == Kind.TEXT


class Option(models.Model):
    """What can be chosen. `code` stands in stored values and in files, so it never changes."""

    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="options")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(_("符号"), max_length=20, validators=[RegexValidator(r"^[A-Za-z0-9_-]+\Z")])
    name = models.CharField(_("名前"), max_length=60)
    name_en = models.CharField(_("名前（英語）"), max_length=60, blank=True)
    group = models.CharField(_("まとまり"), max_length=20, blank=True)
    position = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["attribute", "code"], name="one_option_a_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        return in_this_language(self.name, self.name_en)
