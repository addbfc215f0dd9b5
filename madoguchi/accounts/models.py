"""Who works here: organisations, their keys, users and their roles."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    COUNSELLOR = "counsellor", _("相談員")
    SUPERVISOR = "supervisor", _("スーパーバイザー")
    DELIVERY = "delivery", _("広報")
    APPROVER = "approver", _("承認者")
    AUDITOR = "auditor", _("監査")
    ADMINISTRATOR = "administrator", _("管理者")


class Organisation(models.Model):
    name = models.CharField(_("名称"), max_length=100)
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name


class OrganisationKey(models.Model):
    """The organisation's key of one epoch, wrapped by the root key."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="keys")
    epoch = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "epoch"], name="one_key_an_epoch")]


class Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A member of staff. Has one organisation and any number of roles; is switched off, never deleted."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="users", verbose_name=_("組織")
    )
    email = models.EmailField(_("メールアドレス"), max_length=254, unique=True)
    name = models.CharField(_("表示名"), max_length=60)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, verbose_name=_("役割"))
    # null: somebody else knows the password, because it was made up and handed over
    password_set_at = models.DateTimeField(null=True, editable=False)
    # sealed TOTP secret, null until it is set up
    second_factor = models.BinaryField(null=True, editable=False)
    # the last used time step: a code works once
    second_factor_step = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    deactivated_at = models.DateTimeField(null=True, editable=False)

    objects = Users()
    USERNAME_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_an_email")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.deactivated_at is None

    def has_role(self, roles: Iterable[str]) -> bool:
        return not set(roles).isdisjoint(self.roles)

    @property
    def role_names(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]


class SignInTry(models.Model):
    """A failed sign-in, by keyed hash of the e-mail address and of the network address: what throttling counts."""

    account = models.BinaryField()
    address = models.BinaryField()
    tried_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["account", "tried_at"]), models.Index(fields=["address", "tried_at"])]
