"""LIFF links: which app they name, and where the first of the two redirects goes (LINE.md 7.1)."""

import re
from urllib.parse import urlsplit

from line_emulator.login.channels import LIFF_ID, LiffApp, Logins

_HOSTS = frozenset({"liff.line.me", "miniapp.line.me"})


def read(logins: Logins, link: str) -> tuple[LiffApp, str] | None:
    """The app of `https://liff.line.me/{liffId}[/path][?query][#fragment]` and what stands after the id."""
    parts = urlsplit(link.strip())
    if parts.scheme != "https" or (parts.hostname or "") not in _HOSTS:
        app = re.fullmatch(r"line://app/(.*)", link.strip())
        rest = app.group(1) if app else ""
    else:
        rest = link.strip().split(parts.netloc, 1)[1].removeprefix("/")
    found = LIFF_ID.match(rest)
    if not found or found.group() not in logins.apps:
        return None
    state = rest[found.end() :]
    if state and state[0] not in "/?#":
        return None
    return logins.apps[found.group()], "" if state == "/" else state
