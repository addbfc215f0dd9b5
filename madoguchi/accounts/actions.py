"""Every write about organisations and users."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpRequest

from madoguchi.accounts import keys, second_factor
from madoguchi.accounts.models import Organisation, OrganisationKey, SignInTry, User
from madoguchi.audit.actions import record
from madoguchi.core import clock, live, seal, walls


class TooManyTries(Exception):
    """This account or address failed too often; it may try again later."""


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
    """Add a member of staff: (user, first password). Without a password one is made up, to be handed over once."""
    password = password or secrets.token_urlsafe(12)
    user = User.objects.create(
        organisation=organisation,
        email=email.strip().lower(),
        name=name,
        roles=sorted(roles),
        password=make_password(password),
    )
    record(actor, "accounts.add_user", user, roles=user.roles)
    return user, password


@transaction.atomic
def set_roles(actor: User, user: User, roles: Iterable[str], is_active: bool) -> User:
    """Change what a member of staff may do. Switching off ends every session and open stream of that person."""
    user = User.objects.select_for_update().get(pk=user.pk)
    wanted = sorted(roles)
    stays = is_active and "administrator" in wanted
    others = User.objects.filter(
        organisation_id=user.organisation_id, deactivated_at=None, roles__contains=["administrator"]
    )
    if "administrator" in user.roles and not stays and not others.exclude(pk=user.pk).exists():
        raise LastAdministrator
    user.roles = wanted
    user.deactivated_at = None if is_active else (user.deactivated_at or clock.now())
    user.save(update_fields=["roles", "deactivated_at"])
    end_sessions(user)
    record(actor, "accounts.set_roles", user, roles=wanted, is_active=is_active)
    return user


def end_sessions(user: User) -> None:
    """Sign the user out everywhere, and close the streams that are open."""
    for session in Session.objects.filter(expire_date__gte=clock.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    live.publish(f"user-{user.pk}")


def _count_tries(request: HttpRequest, account: bytes) -> bytes:
    """The hash of the request's address, if neither it nor the account has failed too often. Raises TooManyTries.

    The limit of an account counts only failures from the same address, so nobody can lock a colleague out from elsewhere;
    the limit of an address is four times as wide, because an office shares one.
    """
    address = keys.account_hash(request.META.get("REMOTE_ADDR", ""))
    recent = SignInTry.objects.filter(
        tried_at__gt=Now() - clock.seconds(settings.SIGN_IN_WINDOW_SECONDS), address=address
    )
    if (
        recent.filter(account=account).count() >= settings.SIGN_IN_TRIES
        or recent.count() >= 4 * settings.SIGN_IN_TRIES
    ):
        raise TooManyTries
    return address


def check_password(request: HttpRequest, email: str, password: str) -> User | None:
    """The user, or None; failures are counted, so that a password cannot be guessed at leisure."""
    account = keys.account_hash(email)
    address = _count_tries(request, account)
    with walls.everywhere():
        user = authenticate(request, username=email, password=password)
    if isinstance(user, User):
        SignInTry.objects.filter(account=account, address=address).delete()
        return user
    SignInTry.objects.create(account=account, address=address)
    return None


def try_code(request: HttpRequest, user: User, code: str) -> bool:
    """Whether the one-time code is right; a right one is used up, wrong ones are counted like passwords."""
    account = keys.account_hash(f"code {user.pk}")
    address = _count_tries(request, account)
    if _use_up(user, code):
        return True
    SignInTry.objects.create(account=account, address=address)
    return False


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
def enrol(user: User, secret: str, code: str) -> bool:
    """Set the user's second factor once a first code proves that the app has the secret."""
    step = second_factor.matching_step(user, code, secret)
    if step is None:
        return False
    record(user, "accounts.enrol", user)
    user.second_factor, user.second_factor_step = second_factor.sealed(user, secret), step
    user.save(update_fields=["second_factor", "second_factor_step"])
    return True
