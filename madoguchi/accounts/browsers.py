"""Browsers in which somebody has signed in before: a signed cookie that names a browser and the accounts, by keyed hash.

Whoever guesses passwords has no such cookie for the account. So guessing from elsewhere, or in the same office, slows down
the guesser, and not the colleague who mistypes. It opens nothing by itself.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from madoguchi.accounts import keys
from madoguchi.accounts.models import User

COOKIE = "madoguchi_browser"
SALT = "a browser known of old"
HALF_A_YEAR = 180 * 24 * 3600
MOST_ACCOUNTS = 12  # on a shared machine; the earliest is forgotten


@dataclass(frozen=True)
class Browser:
    name: str
    accounts: list[str]


def known_to(request: HttpRequest, email: str) -> str:
    """The browser's name if this account has signed in there before, or an empty string."""
    browser = _read(request)
    return browser.name if browser and _account(email) in browser.accounts else ""


def remember(request: HttpRequest, answer: HttpResponseBase, user: User) -> None:
    """Let the answer's cookie say that this user has signed in here."""
    former = _read(request) or Browser(secrets.token_urlsafe(12), [])
    mine = _account(user.email)
    accounts = [mine, *(each for each in former.accounts if each != mine)][:MOST_ACCOUNTS]
    answer.set_cookie(
        COOKIE,
        signing.dumps([former.name, accounts], salt=SALT),
        max_age=HALF_A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.IS_HTTPS,
    )


def _read(request: HttpRequest) -> Browser | None:
    try:
        name, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=HALF_A_YEAR)
    except (signing.BadSignature, ValueError):
        return None
    return Browser(name, accounts)


def _account(email: str) -> str:
    return keys.account_hash(email).hex()[:24]
