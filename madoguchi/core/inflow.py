"""What is being received: how long one request may take over its body, and how much all of them together may hold.

Whoever announces a large body and sends it slowly, or never to its end, holds memory for nothing. So a body has a deadline,
and all bodies that are on their way or being worked on share one room. What a connection's own buffer takes anyway is not
counted: a sign-in or a short answer is never turned away for others' pictures.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

BODY_SECONDS = 30.0
LOOK_SECONDS = 1.0
BUFFER_BYTES = 1 << 16

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

# Of every plain answer beside Django's: nothing in it runs, is framed, guessed at or kept.
CLOSED = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
]


def announced(headers: list[tuple[bytes, bytes]], most: int) -> int | None:
    """The length of a body as its sender gives it, 0 when it does not say; None when that is no number or above `most`."""
    given = b"0"
    for name, value in headers:
        if name == b"content-length":
            given = value
            break
    if not given.isdigit() or len(given) > len(str(most)):  # ahead of int(): five thousand digits take long
        return None
    return int(given) if int(given) <= most else None


class Room:
    """What the bodies on their way into this process share: so many bytes, and one clock that looks every second for those
    that are late. A timer each would take a tenth of the time that the webhook door has for a request."""

    def __init__(self, most: int, seconds: float = BODY_SECONDS) -> None:
        self._left, self._seconds = most, seconds
        self._since: dict[Inflow, float] = {}  # in the order in which they came
        self._clock: asyncio.TimerHandle | None = None

    def take(self, count: int) -> bool:
        if count > self._left:
            return False
        self._left -= count
        return True

    def give(self, count: int) -> None:
        self._left += count

    def enter(self, inflow: "Inflow") -> None:
        loop = asyncio.get_running_loop()
        self._since[inflow] = loop.time()
        if self._clock is None:
            self._clock = loop.call_later(LOOK_SECONDS, self._look, loop)

    def leave(self, inflow: "Inflow") -> None:
        self._since.pop(inflow, None)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        late = loop.time() - self._seconds
        for inflow, since in list(self._since.items()):
            if since > late:
                break
            self.leave(inflow)
            inflow.give_up()
        self._clock = loop.call_later(LOOK_SECONDS, self._look, loop) if self._since else None


class Inflow:
    """A `receive` that hangs up on a body that is too large (413), too slow (408) or one too many (503). `status` says
    which, 0 while all is well. Whoever reads it gives up unanswered; `close` when the request has been dealt with."""

    __slots__ = ("_held", "_is_whole", "_most", "_receive", "_room", "_size", "_waiting", "status")

    def __init__(self, receive: Receive, most: int, room: Room) -> None:
        self._receive, self._most, self._room = receive, most, room
        self._size = self._held = self.status = 0
        self._waiting: asyncio.Task[Any] | None = None
        self._is_whole = False
        room.enter(self)

    async def __call__(self) -> Message:
        if self._is_whole:
            return await self._receive()  # it waits for the other side to leave, as long as that takes
        if self.status:
            return {"type": "http.disconnect"}
        message = await self._next()
        if message["type"] == "http.request":
            self._count(len(message.get("body", b"")))
            self._is_whole = not message.get("more_body")
            if self._is_whole:
                self._room.leave(self)
        return {"type": "http.disconnect"} if self.status else message

    def give_up(self) -> None:
        """It is late."""
        self.status = 408
        if self._waiting is not None:
            self._waiting.cancel()

    def close(self) -> None:
        self._room.leave(self)
        if self._held:
            self._room.give(self._held)
            self._held = 0

    async def _next(self) -> Message:
        self._waiting = task = asyncio.current_task()
        try:
            return await self._receive()
        except asyncio.CancelledError:
            if self.status != 408 or task is None or task.uncancel():
                raise
            return {"type": "http.disconnect"}
        finally:
            self._waiting = None

    def _count(self, size: int) -> None:
        self._size += size
        more = self._size - BUFFER_BYTES - self._held
        if self._size > self._most:
            self.status = 413
        elif more > 0 and not self._room.take(more):
            self.status = 503
        elif more > 0:
            self._held += more
