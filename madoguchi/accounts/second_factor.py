"""The second factor: time-based one-time codes (RFC 6238). Required in production, offered elsewhere.

The secret is sealed under a key derived from the root key. A code works once: the time step last used is kept.
"""

import time

import pyotp

from madoguchi.accounts import keys
from madoguchi.accounts.models import User
from madoguchi.core import seal

STEP_SECONDS = 30


def new_secret() -> str:
    return pyotp.random_base32()


def address(user: User, secret: str) -> str:
    """The otpauth:// address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name="Madoguchi")


def sealed(user: User, secret: str) -> bytes:
    return seal.seal(_key(), secret.encode(), _where(user))


def opened(user: User, sealed: seal.Sealed) -> str:
    """The secret that `sealed` sealed for this user. Raises seal.CannotOpen."""
    return seal.unseal(_key(), sealed, _where(user)).decode()


def matching_step(user: User, code: str, secret: str | None = None) -> int | None:
    """The time step this code belongs to, if it is right and newer than the last one used of that secret: by default the
    user's."""
    last = 0 if secret else user.second_factor_step
    secret = secret or opened(user, user.second_factor or b"")
    totp, now = pyotp.TOTP(secret), int(time.time()) // STEP_SECONDS
    for step in (now - 1, now, now + 1):
        if step > last and pyotp.utils.strings_equal(totp.generate_otp(step), code.strip()):
            return step
    return None


def _key() -> bytes:
    return seal.derive(keys.root_key(), "second factor")


def _where(user: User) -> bytes:
    return seal.place("accounts_user", "second_factor", user.pk)
