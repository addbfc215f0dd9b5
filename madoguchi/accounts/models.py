"""Who works here: organisations, their keys, users and their roles."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    COUNSELLOR = "counsellor", _("相談員")
    SUPERVISOR = "supervisor", _("スーパーバイザー")
    DELIVERY = "delivery", _("広報")
    APPROVER = "approver", _("承認者")
    AUDITOR = "auditor", _("監査")
    ADMINISTRATOR = "administrator", _("管理者")


READERS_OF_CONTENT = frozenset({Role.COUNSELLOR, Role.SUPERVISOR})


def role_names(roles: Iterable[str]) -> list[str]:
    return [str(Role(role).label) for role in roles]


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
        """By the address as it is kept. No look-up that ignores case: the database's idea of case joins letters that are
        not the same (ſ and s), and one person would be two."""
        return self.get(email=(username or "").strip().lower())


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
    # keyed hashes of the recovery codes that are still good
    recovery_codes = ArrayField(models.CharField(max_length=64), default=list, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    deactivated_at = models.DateTimeField(null=True, editable=False)
    # when a locked screen of this person last asked whether it has to call
    rung_at = models.DateTimeField(null=True, editable=False)
    # when this person was last a supervisor, once that has ended
    supervisor_until = models.DateTimeField(null=True, editable=False)

    objects = Users()
    USERNAME_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_in_small_letters")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.deactivated_at is None

    @property
    def reads_content(self) -> bool:
        return self.has_role(READERS_OF_CONTENT)

    @property
    def waiting_roles(self) -> list[str]:
        """Roles that a supervisor has still to approve."""
        return [
            role
            for asked in StaffApproval.objects.waiting().filter(member=self, kind=StaffApproval.Kind.ROLES)
            for role in asked.roles
        ]

    def has_role(self, roles: Iterable[str]) -> bool:
        return not set(roles).isdisjoint(self.roles)

    @property
    def role_names(self) -> list[str]:
        return role_names(self.roles)


class StaffApprovals(models.QuerySet["StaffApproval"]):
    def waiting(self) -> "StaffApprovals":
        return self.filter(state=StaffApproval.State.WAITING)


class StaffApproval(models.Model):
    """What an administrator asked for and a supervisor must agree to, because it would open content: that somebody becomes
    a counsellor or supervisor, or gets a new first password as one. Nothing of it is in force before."""

    class Kind(models.TextChoices):
        ROLES = "roles", _("役割をつける")
        RESET = "reset", _("サインインをやり直させる")

    class State(models.TextChoices):
        WAITING = "waiting", _("承認待ち")
        APPROVED = "approved", _("承認した")
        REFUSED = "refused", _("断った")
        WITHDRAWN = "withdrawn", _("取り下げ")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = StaffApprovals.as_manager()

    class Meta:
        ordering = (F("decided_at").desc(nulls_first=True), "-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"], condition=Q(state="waiting"), name="one_waiting_of_a_kind"
            )
        ]

    @property
    def role_names(self) -> list[str]:
        return role_names(self.roles)

    @property
    def is_reset(self) -> bool:
        return self.kind == StaffApproval.Kind.RESET

    @property
    def is_waiting(self) -> bool:
        return self.state == StaffApproval.State.WAITING


class SignInTry(models.Model):
    """A failed sign-in, by keyed hash of the e-mail address and of the place: what throttling counts. The place is a network
    address, or a browser in which this account has signed in before."""

    account = models.BinaryField()
    address = models.BinaryField()
    has_account = models.BooleanField(default=True)  # whether there is an account of this e-mail address
    is_known_browser = models.BooleanField(default=False)
    tried_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["account", "tried_at"]), models.Index(fields=["address", "tried_at"])]
