"""What a signed-in person must do before anything else. The gate in front of every view asks it, and so does the live
stream: a session that was opened before the second factor was set up, or with a password somebody else knows, opens
nothing."""

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from madoguchi.accounts.models import User

PROVEN = "second_factor_at"  # in the session: when a right code was given in it, seconds since 1970
SIGN_IN = "accounts:sign-in"


def first_step(user: User, session: SessionBase) -> str:
    """The route to visit first, or an empty string when the way is free."""
    if user.second_factor and PROVEN not in session:
        return SIGN_IN
    if user.password_set_at is None:
        return "accounts:password"
    if settings.IS_PRODUCTION and not user.second_factor:
        return "accounts:enrol"
    return ""
