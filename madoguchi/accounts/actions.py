"""Every write about organisations and users."""

import ipaddress
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest

from madoguchi.accounts import keys, second_factor
from madoguchi.accounts.models import Organisation, OrganisationKey, Role, SignInTry, User
from madoguchi.audit.actions import record
from madoguchi.core import clock, live, seal, walls


class TooManyTries(Exception):
    """This account or address failed too often; it may try again later."""


class AddressTaken(Exception):
    """Somebody has this e-mail address already, perhaps in another organisation; nothing more is said."""


class OwnRoles(Exception):
    """Nobody changes one's own roles."""


class LastAdministrator(Exception):
    """The change would leave the organisation without an administrator."""


@transaction.atomic
def found(name: str) -> Organisation:
    """Make an organisation with its first key."""
    organisation = Organisation.objects.create(name=name)
    wrapped = seal.wrap(keys.root_key(), seal.new_key())
    with walls.within(organisation.pk):
        OrganisationKey.objects.create(organisation=organisation, epoch=1, wrapped=wrapped)
        record(None, "accounts.found", organisation)
    return organisation


@transaction.atomic
def add_user(
    actor: User | None,
    organisation: Organisation,
    email: str,
    name: str,
    roles: Iterable[str],
    password: str | None = None,
) -> tuple[User, str]:
    """Add a member of staff: (user, first password). Without a password one is made up, to be handed over once and
    changed at the first sign-in; a given one counts as chosen. Raises AddressTaken."""
    chosen_at = clock.now() if password else None
    password = password or secrets.token_urlsafe(12)
    try:
        with transaction.atomic():
            user = User.objects.create(
                organisation=organisation,
                email=email.strip().lower(),
                name=name,
                roles=sorted(roles),
                password=make_password(password),
                password_set_at=chosen_at,
            )
    except IntegrityError:
        raise AddressTaken from None
    record(actor, "accounts.add_user", user, roles=user.roles)
    return user, password


@transaction.atomic
def set_roles(actor: User, user: User, roles: Iterable[str], is_active: bool) -> User:
    """Change what a member of staff may do. Switching off ends every session and open stream of that person.

    The organisation's row comes first, so that two administrators who remove each other do so one after the other.
    Raises OwnRoles and LastAdministrator.
    """
    if actor.pk == user.pk:
        raise OwnRoles
    Organisation.objects.select_for_update(no_key=True).get(pk=user.organisation_id)
    user = User.objects.select_for_update().get(pk=user.pk)
    wanted = sorted(roles)
    stays = is_active and Role.ADMINISTRATOR in wanted
    others = User.objects.filter(
        organisation_id=user.organisation_id, deactivated_at=None, roles__contains=[Role.ADMINISTRATOR]
    )
    if Role.ADMINISTRATOR in user.roles and not stays and not others.exclude(pk=user.pk).exists():
        raise LastAdministrator
    user.roles = wanted
    user.deactivated_at = None if is_active else (user.deactivated_at or clock.now())
    user.save(update_fields=["roles", "deactivated_at"])
    end_sessions(user)
    record(actor, "accounts.set_roles", user, roles=wanted, is_active=is_active)
    return user


def end_sessions(user: User, but: str | None = None) -> None:
    """Sign the user out everywhere but in the session of this key, and close the streams that are open."""
    for session in Session.objects.filter(expire_date__gte=clock.now()).exclude(pk=but or "").iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    live.publish(f"user-{user.pk}")


def _count_try(request: HttpRequest, account: bytes) -> QuerySet[SignInTry]:
    """Count this try, and give all of this account from this address, to be forgotten when it succeeds.

    It is counted before it is judged, so that tries made side by side count each other. The limit of an account counts
    only tries from the same address, so nobody can lock a colleague out from elsewhere; the limit of an address is four
    times as wide, because an office shares one. Raises TooManyTries, and then the try is not counted.
    """
    address = request.META.get("REMOTE_ADDR", "")
    noted = SignInTry.objects.create(account=account, address=keys.account_hash(address))
    here = SignInTry.objects.filter(address=noted.address)
    own = here.filter(account=account)
    recent = Q(tried_at__gt=Now() - clock.seconds(settings.SIGN_IN_WINDOW_SECONDS))
    if own.filter(recent).count() > settings.SIGN_IN_TRIES or (
        _is_of_one_place(address) and here.filter(recent).count() > 4 * settings.SIGN_IN_TRIES
    ):
        noted.delete()
        raise TooManyTries
    return own


def _is_of_one_place(address: str) -> bool:
    """Whether the address tells where a person is. That of a proxy on this machine is everybody's: one stranger who fails
    behind it must not lock all others out."""
    try:
        return not ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def check_password(request: HttpRequest, email: str, password: str) -> User | None:
    """The user, or None; failures are counted, so that a password cannot be guessed at leisure. Raises TooManyTries."""
    tries = _count_try(request, keys.account_hash(email))
    with walls.everywhere():
        user = authenticate(request, username=email, password=password)
    if not isinstance(user, User):
        return None
    tries.delete()
    return user


def try_code(request: HttpRequest, user: User, code: str) -> bool:
    """Whether the one-time code is right; a right one is used up, wrong ones are counted like passwords."""
    tries = _count_try(request, keys.account_hash(f"code {user.pk}"))
    if not _use_up(user, code):
        return False
    tries.delete()
    return True


@transaction.atomic
def _use_up(user: User, code: str) -> bool:
    user = User.objects.select_for_update().get(pk=user.pk)
    step = second_factor.matching_step(user, code)
    if step is None:
        return False
    user.second_factor_step = step
    user.save(update_fields=["second_factor_step"])
    return True


@transaction.atomic
def entered(user: User) -> None:
    record(user, "accounts.sign_in", user)


@transaction.atomic
def left(user: User) -> None:
    record(user, "accounts.sign_out", user)


@transaction.atomic
def enrol(user: User, secret: str, code: str, session_key: str | None = None) -> bool:
    """Set the user's second factor once a first code proves that the app has the secret. Every session but this one
    ends: they were opened without it."""
    step = second_factor.matching_step(user, code, secret)
    if step is None:
        return False
    record(user, "accounts.enrol", user)
    user.second_factor, user.second_factor_step = second_factor.sealed(user, secret), step
    user.save(update_fields=["second_factor", "second_factor_step"])
    end_sessions(user, but=session_key)
    return True


def count_password_as_chosen(users: QuerySet[User]) -> None:
    """Do not ask these people for a password of their own: for the demo's, whose password everybody is told."""
    users.filter(password_set_at=None).update(password_set_at=Now())


def change_password(request: HttpRequest, user: User, old: str, new: str) -> bool:
    """Whether `old` was right and `new` now stands; every other session ends. Raises TooManyTries."""
    if check_password(request, user.email, old) is None:
        return False
    with transaction.atomic():
        user.set_password(new)
        user.password_set_at = clock.now()
        user.save(update_fields=["password", "password_set_at"])
        end_sessions(user, but=request.session.session_key)
        record(user, "accounts.change_password", user)
    return True
