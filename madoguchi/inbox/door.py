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
from madoguchi.core.inflow import CLOSED, Inflow, Room, announced
from madoguchi.inbox.keeping import Keeper, TooBusy
from madoguchi.inbox.locks import Locks, Unreadable
from madoguchi.inbox.rows import Lock, rows_of

logger = logging.getLogger(__name__)
PREFIX = "/line/webhook/"
LIMIT_BYTES = 1 << 20
_room = Room(64 << 20)  # of a process: what all bodies on their way hold

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class NotTaken(Exception):
    """The body is over the limit, too slow or one too many: answered with `status`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


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
        except NotTaken as turned_away:
            return turned_away.status
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
    if announced(scope["headers"], LIMIT_BYTES) is None:
        raise NotTaken(413)
    inflow, pieces = Inflow(receive, LIMIT_BYTES, _room), []
    try:
        while True:
            message = await inflow()
            if message["type"] != "http.request":
                raise NotTaken(inflow.status or 400)
            pieces.append(message.get("body", b""))
            if not message.get("more_body"):
                return pieces[0] if len(pieces) == 1 else b"".join(pieces)
    finally:
        inflow.close()


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
    408: b"too slow",
    413: b"too large",
    503: b"try again",
}
_HEADERS = {
    status: [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode()), *CLOSED]
    for status, body in _BODIES.items()
}
_HEADERS[200] = _HEADERS[200][:2]  # heard by LINE alone, thousands of times a second: each header costs
for _status in (408, 413):  # the rest of such a body is not waited for
    _HEADERS[_status].append((b"connection", b"close"))


async def answer(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _HEADERS[status]})
    await send({"type": "http.response.body", "body": _BODIES[status]})
