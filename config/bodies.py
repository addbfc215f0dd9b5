"""A body that is too large is refused before Django sees it.

Django keeps a body in memory up to `FILE_UPLOAD_MAX_MEMORY_SIZE` and writes what is larger into a temporary file: in the
clear, and for anybody who knocks. So nothing larger gets that far.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADERS = [(b"content-type", b"text/plain"), (b"content-length", b"9"), (b"connection", b"close")]


class Limited:
    """ASGI application in front of another: 413 for a body of more than `most` bytes, announced or counted."""

    def __init__(self, application: Application, most: int) -> None:
        self._application, self._most = application, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or len(announced) > len(str(self._most)) or int(announced) > self._most:
            await _refuse(send)
            return
        counted = _Counted(receive, self._most)
        await self._application(scope, counted, send)
        if counted.is_over:
            await _refuse(send)


class _Counted:
    """A `receive` that hangs up as soon as the body is over the limit: whoever reads it then gives up, unanswered."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._left = receive, most
        self.is_over = False

    async def __call__(self) -> Message:
        if self.is_over:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        self.is_over = self._left < 0
        return {"type": "http.disconnect"} if self.is_over else message


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b"too large"})
