"""Proving a password. It is meant to be slow, a tenth of a second of a core and 100 MiB, so whoever may ask for it at will
could stop the desk. At most two are worked on at a time in a process, nobody holds a database connection meanwhile, and
beyond a short queue the answer is "in a moment"."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import make_password
from django.db import connection

from madoguchi.accounts.models import User

AT_ONCE, QUEUE, KEPT = 2, 16, 8
PATIENCE_SECONDS = 10.0
CLEAR = "23456789abcdefghijkmnpqrstuvwxyz"  # no 0, 1, l, o


class TooBusy(Exception):
    """So many wait for a password to be proven that this one was not looked at."""


_turns = threading.BoundedSemaphore(AT_ONCE)
_queue = threading.BoundedSemaphore(AT_ONCE + QUEUE)
_kept = threading.BoundedSemaphore(KEPT)  # for browsers known of old, when strangers fill the queue


def is_right(user: User | None, password: str, *, is_known_browser: bool = False) -> bool:
    """Whether it is this user's password. For nobody it takes as long. Raises TooBusy."""
    with _turn(is_known_browser=is_known_browser):
        if user is None:
            make_password(password)
            return False
        return user.check_password(password)


def made_up() -> str:
    """A first password, to be handed over: 16 signs, 78 bits, no two of which look alike when copied by eye."""
    return "".join(secrets.choice(CLEAR) for _each in range(16))


def hashed(password: str) -> str:
    """What is kept of a password. Raises TooBusy."""
    with _turn(is_known_browser=True):
        return make_password(password)


@contextmanager
def _turn(*, is_known_browser: bool) -> Iterator[None]:
    if not connection.in_atomic_block:
        connection.close()  # back to the pool: others need it more
    place = next((each for each in _places(is_known_browser) if each.acquire(blocking=False)), None)
    if place is None:
        raise TooBusy
    try:
        if not _turns.acquire(timeout=PATIENCE_SECONDS):
            raise TooBusy
        try:
            yield
        finally:
            _turns.release()
    finally:
        place.release()


def _places(is_known_browser: bool) -> list[threading.BoundedSemaphore]:
    return [_queue, _kept] if is_known_browser else [_queue]
