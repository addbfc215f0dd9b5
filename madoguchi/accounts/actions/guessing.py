"""Guessing gets nobody in: failed tries are counted, and beyond a limit no more are judged for a while.

A try is counted before it is judged, so that tries made side by side count each other. What is counted, and why nobody can
lock a colleague out:

- tries at one account from one place. The place is a browser in which this account has signed in before, or else the network
  address (of IPv6 its /64, because one person has all of that);
- tries at existing accounts from one address, four times as many, because an office shares one. Tries at accounts that do
  not exist are not counted here: whoever invents them refuses nobody. Browsers known to the account are not asked;
- tries at one account from all unknown browsers together over a day: beyond a limit only one a minute is judged;
- one-time codes of one person from everywhere: the password was right before, so no stranger can use them up.
"""

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest

from madoguchi.accounts import browsers, keys
from madoguchi.accounts.models import SignInTry, User
from madoguchi.core import clock

DAY, MINUTE = 24 * 3600, 60
CODES_A_DAY = 32


class TooManyTries(Exception):
    """This account or address failed too often; it may try again after `minutes`."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


@dataclass(frozen=True)
class Try:
    """One counted try, and all of its account from its place."""

    noted: SignInTry
    own: QuerySet[SignInTry]
    is_known_browser: bool

    def forget(self) -> None:
        """It succeeded: what went before it here was mistyped."""
        self.own.delete()

    def undo(self) -> None:
        """It was not judged."""
        self.noted.delete()


def count_password(request: HttpRequest, email: str, *, has_account: bool) -> Try:
    """Raises TooManyTries, and then the try is not counted."""
    address, browser = _network(request.META.get("REMOTE_ADDR", "")), browsers.known_to(request, email)
    account = keys.account_hash(email)
    tried = _note(account, f"browser {browser}" if browser else address, browser, has_account=has_account)
    minutes = settings.SIGN_IN_WINDOW_SECONDS // 60
    _refuse_if(tried, _recent(tried.own) > settings.SIGN_IN_TRIES, minutes)
    if not browser:
        _refuse_if(tried, bool(address) and _is_crowded(tried.noted), minutes)
        _refuse_if(tried, _is_slowed(tried.noted), 1)
    return tried


def count_code(request: HttpRequest, user: User) -> Try:
    """Raises TooManyTries, and then the try is not counted."""
    browser = browsers.known_to(request, user.email)
    account = keys.account_hash(f"code {user.pk}")
    tried = _note(account, f"browser {browser}" if browser else "everywhere", browser)
    _refuse_if(tried, _recent(tried.own) > settings.SIGN_IN_TRIES, settings.SIGN_IN_WINDOW_SECONDS // 60)
    _refuse_if(tried, _recent(tried.own, DAY) > CODES_A_DAY, DAY // 60)
    return tried


def forget_old() -> None:
    SignInTry.objects.filter(tried_at__lt=Now() - clock.seconds(DAY)).delete()


def _note(account: bytes, place: str, browser: str, *, has_account: bool = True) -> Try:
    noted = SignInTry.objects.create(
        account=account,
        address=keys.account_hash(place),
        has_account=has_account,
        is_known_browser=bool(browser),
    )
    own = SignInTry.objects.filter(account=account, address=noted.address)
    return Try(noted, own, bool(browser))


def _refuse_if(tried: Try, is_too_much: bool, minutes: int) -> None:
    if is_too_much:
        tried.undo()
        raise TooManyTries(minutes)


def _recent(tries: QuerySet[SignInTry], seconds: int = 0) -> int:
    seconds = seconds or settings.SIGN_IN_WINDOW_SECONDS
    return tries.filter(tried_at__gt=Now() - clock.seconds(seconds)).count()


def _is_crowded(noted: SignInTry) -> bool:
    """Judged by the other tries alone, so that the answer is the same whether there is such an account."""
    others = SignInTry.objects.filter(~Q(pk=noted.pk), address=noted.address, has_account=True)
    return _recent(others) >= 4 * settings.SIGN_IN_TRIES


def _is_slowed(noted: SignInTry) -> bool:
    others = SignInTry.objects.filter(~Q(pk=noted.pk), account=noted.account, is_known_browser=False)
    return _recent(others, DAY) >= settings.SIGN_IN_TRIES_A_DAY and _recent(others, MINUTE) > 0


def _network(address: str) -> str:
    """Where a person is, or nothing when the address does not tell: that of a proxy on this machine is everybody's, and one
    stranger who fails behind it must not lock all others out."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if known.is_loopback:
        return ""
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
