"""What a person changes about the own way in: password, second factor, recovery codes."""

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest

from madoguchi.accounts import proving, recovery, second_factor
from madoguchi.accounts.actions.entering import check_password
from madoguchi.accounts.actions.sessions import end_sessions
from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import clock


@transaction.atomic
def enrol(user: User, secret: str, code: str, session_key: str | None = None) -> list[str]:
    """Set the user's second factor once a first code proves that the app has the secret: the new recovery codes, or nothing
    when the code is wrong. Every session but this one ends: they were opened without it."""
    step = second_factor.matching_step(user, code, secret)
    if step is None:
        return []
    record(user, "accounts.enrol", user)
    user.second_factor, user.second_factor_step = second_factor.sealed(user, secret), step
    user.save(update_fields=["second_factor", "second_factor_step"])
    end_sessions(user, but=session_key)
    return renew_recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """New recovery codes, to be shown once; all earlier ones are void."""
    codes = recovery.new_codes()
    user.recovery_codes = [recovery.kept(user, code) for code in codes]
    user.save(update_fields=["recovery_codes"])
    record(user, "accounts.renew_recovery_codes", user)
    return codes


def count_password_as_chosen(users: QuerySet[User]) -> None:
    """Do not ask these people for a password of their own: for the demo's, whose password everybody is told."""
    users.filter(password_set_at=None).update(password_set_at=Now())


def change_password(request: HttpRequest, user: User, old: str, new: str) -> bool:
    """Whether `old` was right and `new` now stands; every other session ends. Raises TooManyTries and proving.TooBusy."""
    if check_password(request, user.email, old) is None:
        return False
    hashed = proving.hashed(new)
    with transaction.atomic():
        user.password, user.password_set_at = hashed, clock.now()
        user.save(update_fields=["password", "password_set_at"])
        end_sessions(user, but=request.session.session_key)
        record(user, "accounts.change_password", user)
    return True
