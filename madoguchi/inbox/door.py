"""The webhook door: raw ASGI, beside Django. Signature over the raw bytes, one INSERT, commit, and only then 200.

Requests that come together share one INSERT and one commit. LINE waits two seconds and may send an event again, or
twice: the unique event id makes that one row. Nothing is understood here; see inbox.router. A forged, foreign or
unknown request is 401 and leaves nothing; LINE's servers are never throttled.
"""

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from madoguchi.channels.line import signature
from madoguchi.channels.line.body import BodyError
from madoguchi.inbox.keeping import Keeper, TooBusy
from madoguchi.inbox.locks import Locks, Unreadable
from madoguchi.inbox.rows import Lock, rows_of

logger = logging.getLogger(__name__)
PREFIX = "/line/webhook/"
LIMIT_BYTES = 1 << 20

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class TooLarge(Exception):
    """The body is over the limit."""


class Door:
    """ASGI application for `POST /line/webhook/<channel key>`."""

    def __init__(self) -> None:
        self._locks = Locks()
        self._keeper = Keeper()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await answer(send, await self._status(scope, receive))

    async def close(self) -> None:
        await self._keeper.close()

    async def _status(self, scope: Scope, receive: Receive) -> int:
        if scope["method"] != "POST":
            return 405
        try:
            raw = await read_body(scope, receive)
            lock = await self._lock_opened_by(scope, raw)
            if lock is None:
                logger.warning("a webhook without a right signature was turned away")
                return 401
            rows = rows_of(lock, raw)
            if rows:
                await self._keeper.keep(rows)
            return 200
        except TooLarge:
            return 413
        except BodyError as error:
            logger.warning("a signed body is no webhook: %s", error.code)
            return 400
        except (TooBusy, Unreadable):
            return 503

    async def _lock_opened_by(self, scope: Scope, raw: bytes) -> Lock | None:
        """The channel whose key is in the address and whose secret signed the body; None when there is none."""
        key, given = scope["path"][len(PREFIX) :].rstrip("/"), header(scope, b"x-line-signature")
        for find in (self._locks.find, self._locks.find_anew):
            lock = await find(key)
            if lock is not None and signature.verify(lock.secrets, raw, given):
                return lock
        return None


async def read_body(scope: Scope, receive: Receive) -> bytes:
    announced = header(scope, b"content-length") or b"0"
    if not announced.isdigit() or int(announced) > LIMIT_BYTES:
        raise TooLarge
    pieces, size = [], 0
    while True:
        message = await receive()
        piece = message.get("body", b"")
        size += len(piece)
        if size > LIMIT_BYTES:
            raise TooLarge
        pieces.append(piece)
        if not message.get("more_body"):
            return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def header(scope: Scope, name: bytes) -> bytes | None:
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value)
    return None


_BODIES = {
    200: b"OK",
    401: b"signature",
    400: b"not a webhook",
    405: b"POST only",
    413: b"too large",
    503: b"try again",
}


async def answer(send: Send, status: int) -> None:
    body = _BODIES[status]
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
