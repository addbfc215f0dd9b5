"""Organisations, who works there, and as what."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from madoguchi.accounts import keys, proving
from madoguchi.accounts.actions import approving
from madoguchi.accounts.actions.sessions import end_sessions
from madoguchi.accounts.models import (
    READERS_OF_CONTENT,
    Organisation,
    OrganisationKey,
    Role,
    StaffApproval,
    User,
)
from madoguchi.audit.actions import record
from madoguchi.core import clock, seal, walls


class AddressTaken(Exception):
    """Somebody has this e-mail address already, perhaps in another organisation; nothing more is said."""


class AddressNotPlain(Exception):
    """The e-mail address has letters beyond ASCII: some look like others, or become them in another case."""


class OwnRoles(Exception):
    """Nobody changes one's own roles."""


class LastAdministrator(Exception):
    """The change would leave the organisation without an administrator."""


class LastSupervisor(Exception):
    """The change would leave the organisation without a supervisor, and nobody could approve the next."""


@transaction.atomic
def found(name: str) -> Organisation:
    """Make an organisation with its first key."""
    organisation = Organisation.objects.create(name=name)
    wrapped = seal.wrap(keys.root_key(), seal.new_key())
    with walls.within(organisation.pk):
        OrganisationKey.objects.create(organisation=organisation, epoch=1, wrapped=wrapped)
        record(None, "accounts.found", organisation)
    return organisation


def add_user(
    actor: User | None,
    organisation: Organisation,
    email: str,
    name: str,
    roles: Iterable[str],
    password: str | None = None,
) -> tuple[User, str]:
    """Add a member of staff: (user, first password). Without a password one is made up, to be handed over once and
    changed at the first sign-in; a given one counts as chosen. Roles that open content may have to wait for a supervisor
    (`User.waiting_roles`). Raises AddressTaken, AddressNotPlain, proving.TooBusy."""
    if not email.isascii():
        raise AddressNotPlain
    chosen_at = clock.now() if password else None
    password = password or proving.made_up()
    hashed = proving.hashed(password)
    with transaction.atomic():
        _hold(organisation.pk)
        waiting = _to_be_approved(actor, organisation.pk, set(roles))
        try:
            with transaction.atomic():
                user = User.objects.create(
                    organisation=organisation,
                    email=email.strip().lower(),
                    name=name,
                    roles=sorted(set(roles) - waiting),
                    password=hashed,
                    password_set_at=chosen_at,
                )
        except IntegrityError:
            raise AddressTaken from None
        record(actor, "accounts.add_user", user, roles=user.roles)
        if actor and waiting:
            approving.ask(actor, user, StaffApproval.Kind.ROLES, waiting)
    return user, password


@transaction.atomic
def set_roles(actor: User, user: User, roles: Iterable[str], is_active: bool) -> User:
    """Change what a member of staff may do. It ends every session and open stream of that person.

    What is taken away is gone at once; what would open content may have to wait for a supervisor (`User.waiting_roles`).
    The organisation's row comes first, so that two administrators who remove each other do so one after the other.
    Raises OwnRoles, LastAdministrator and LastSupervisor.
    """
    if actor.pk == user.pk:
        raise OwnRoles
    _hold(user.organisation_id)
    user = User.objects.select_for_update().get(pk=user.pk)
    wanted = set(roles)
    waiting = _to_be_approved(actor, user.organisation_id, wanted - set(user.roles))
    stays = wanted - waiting if is_active else set()
    _refuse_to_lose_the_last(user, stays)
    was_supervisor = user.is_active and Role.SUPERVISOR in user.roles
    if was_supervisor and Role.SUPERVISOR not in stays:
        user.supervisor_until = clock.now()
    user.roles = sorted(wanted - waiting)
    user.deactivated_at = None if is_active else (user.deactivated_at or clock.now())
    user.save(update_fields=["roles", "deactivated_at", "supervisor_until"])
    end_sessions(user)
    record(actor, "accounts.set_roles", user, roles=user.roles, is_active=is_active)
    if set(user.waiting_roles) != waiting:
        approving.withdraw(actor, user, StaffApproval.Kind.ROLES)
        if waiting:
            approving.ask(actor, user, StaffApproval.Kind.ROLES, waiting)
    return user


def _hold(organisation_id: int) -> None:
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def _to_be_approved(actor: User | None, organisation_id: int, gained: set[str]) -> set[str]:
    """Which of these roles a supervisor must approve. The first supervisor is made by an administrator."""
    opening = gained & {str(role) for role in READERS_OF_CONTENT}
    if actor is None or actor.has_role([Role.SUPERVISOR]):
        return set()
    if Role.SUPERVISOR in opening and not approving.supervisors(organisation_id).exists():
        return set()
    return opening


def _refuse_to_lose_the_last(user: User, stays: set[str]) -> None:
    for role, refusal in ((Role.ADMINISTRATOR, LastAdministrator), (Role.SUPERVISOR, LastSupervisor)):
        if not user.is_active or role not in user.roles or role in stays:
            continue
        others = User.objects.filter(
            organisation_id=user.organisation_id, deactivated_at=None, roles__contains=[role]
        )
        if not others.exclude(pk=user.pk).exists():
            raise refusal
