"""The second factor: time-based one-time codes (RFC 6238). Required in production, offered elsewhere.

The secret is sealed under a key derived from the root key. A code works once: the time step last used is kept.
"""

import time

import pyotp
from django.conf import settings
from django.http import HttpRequest

from madoguchi.accounts import keys
from madoguchi.accounts.models import User
from madoguchi.core import seal

STEP_SECONDS = 30


def is_missing(request: HttpRequest) -> bool:
    """Whether this signed-in user must set up a second factor before anything else."""
    user = request.user
    return bool(settings.IS_PRODUCTION and user.is_authenticated and not user.second_factor)


def new_secret() -> str:
    return pyotp.random_base32()


def address(user: User, secret: str) -> str:
    """The otpauth:// address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name="Madoguchi")


def sealed(user: User, secret: str) -> bytes:
    return seal.seal(_key(), secret.encode(), _where(user))


def matching_step(user: User, code: str, secret: str | None = None) -> int | None:
    """The time step this code belongs to, if it is right and newer than the last one used."""
    if secret is None:
        secret = seal.unseal(_key(), user.second_factor or b"", _where(user)).decode()
    totp, now = pyotp.TOTP(secret), int(time.time()) // STEP_SECONDS
    for step in (now - 1, now, now + 1):
        if step > user.second_factor_step and pyotp.utils.strings_equal(
            totp.generate_otp(step), code.strip()
        ):
            return step
    return None


def _key() -> bytes:
    return seal.derive(keys.root_key(), "second factor")


def _where(user: User) -> bytes:
    return seal.place("accounts_user", "second_factor", user.pk)
