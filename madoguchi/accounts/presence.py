"""How long a session lasts: while its person is there, and never longer than a working day.

A session that nobody has touched for a quarter of an hour is locked: it shows nothing until the password is given again.
What a page pulls by itself is not a person's act; a click, a key or a page opened is. Browsers say of each request whether
a page asks for it (`Sec-Fetch-Dest`), and the console's scripts say when somebody has touched the page since (`X-Acted`).
"""

import hashlib
import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

ENTERED, ACTED = "entered_at", "acted_at"  # in the session, seconds since 1970
NOTED_EVERY = 30  # seconds: an act sooner after the last noted one is not worth a write
PAGES = ("", "document", "iframe")


def begin(session: SessionBase) -> None:
    session[ENTERED] = session[ACTED] = int(time.time())


def seconds_left(session: SessionBase) -> float:
    """How long this session stays open if nobody touches it again; nothing or less when it is locked or over."""
    if ENTERED not in session:
        return float(settings.IDLE_SECONDS)
    until_it_locks = float(session[ACTED] + settings.IDLE_SECONDS - time.time())
    return min(_until_the_end(session), until_it_locks)


def is_over(session: SessionBase) -> bool:
    """Whether it is time to sign in anew, whoever is there."""
    return ENTERED in session and _until_the_end(session) <= 0


def is_locked(session: SessionBase) -> bool:
    return seconds_left(session) <= 0


def touch(session: SessionBase) -> None:
    session[ACTED] = int(time.time())


def lock(session: SessionBase) -> None:
    session[ACTED] = 0


def note(request: HttpRequest) -> None:
    """Remember that the person of this request is there, if it was a person's act."""
    session = request.session
    if ENTERED not in session:
        begin(session)
    elif _is_act(request) and time.time() - session[ACTED] > NOTED_EVERY:
        touch(session)


def session_topic(session_key: str | None, end: str = "session") -> str:
    """The topic whose hint ends the streams of one session: `session` at its end, `lock` when it is locked."""
    return f"{end}-{hashlib.sha256((session_key or '').encode()).hexdigest()[:32]}"


def _until_the_end(session: SessionBase) -> float:
    return float(session[ENTERED] + settings.SESSION_COOKIE_AGE - time.time())


def _is_act(request: HttpRequest) -> bool:
    if request.headers.get("X-Acted"):
        return True
    return not request.headers.get("HX-Request") and request.headers.get("Sec-Fetch-Dest", "") in PAGES
