"""Signing in and out: the password, the code, and what a session begins and ends with."""

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest

from madoguchi.accounts import presence, proving, recovery, second_factor
from madoguchi.accounts.actions import guessing
from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import live, walls


def check_password(request: HttpRequest, email: str, password: str) -> User | None:
    """The user, or None; failures are counted, so that a password cannot be guessed at leisure. Raises TooManyTries and
    proving.TooBusy, and then it was not judged."""
    with walls.everywhere():
        user = User.objects.filter(email=email.strip().lower(), deactivated_at=None).first()
        tried = guessing.count_password(request, email, has_account=user is not None)
        try:
            is_right = proving.is_right(
                user, _as_given(user, password), is_known_browser=tried.is_known_browser
            )
        except proving.TooBusy:
            tried.undo()
            raise
    if not is_right:
        return None
    tried.forget()
    return user


def _as_given(user: User | None, password: str) -> str:
    """A first password is shown in groups, and typed with the gaps by whoever reads it from paper."""
    return "".join(password.split()) if user and user.password_set_at is None else password


def try_code(request: HttpRequest, user: User, code: str) -> bool:
    """Whether the one-time or recovery code is right; a right one is used up, wrong ones are counted like passwords."""
    tried = guessing.count_code(request, user)
    if not _use_up(user, code):
        return False
    tried.forget()
    return True


@transaction.atomic
def _use_up(user: User, code: str) -> bool:
    user = User.objects.select_for_update().get(pk=user.pk)
    if len(recovery.plain(code)) == recovery.DIGITS:
        return _use_up_recovery(user, code)
    step = second_factor.matching_step(user, recovery.plain(code))
    if step is None:
        return False
    user.second_factor_step = step
    user.save(update_fields=["second_factor_step"])
    return True


def _use_up_recovery(user: User, code: str) -> bool:
    kept = recovery.kept(user, code)
    if kept not in user.recovery_codes:
        return False
    user.recovery_codes.remove(kept)
    user.save(update_fields=["recovery_codes"])
    record(user, "accounts.use_recovery_code", user, left=len(user.recovery_codes))
    return True


@transaction.atomic
def entered(user: User) -> None:
    guessing.forget_old()
    record(user, "accounts.sign_in", user)


@transaction.atomic
def left(user: User, session: SessionBase) -> None:
    """The session's streams end with it."""
    record(user, "accounts.sign_out", user)
    live.publish(presence.session_topic(session.session_key))
