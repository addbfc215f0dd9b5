"""How many requests are worked on at once in one process: few. The others wait for their turn, which is quicker for all.

Each request at work holds a thread and a database connection; with hundreds of them the pool runs dry and most fail. A turn
begins when the whole body is there and ends when the answer is: who sends or reads slowly holds up nobody. Two kinds wait in
lines of their own: what brings a file takes seconds (a picture is drawn anew), and what says that it is patient (RFC 9218,
`Priority: u=5` and beyond) lets all others pass.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from madoguchi.core.inflow import announced

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


_PATIENT = re.compile(rb"u=[5-7]")


@dataclass(frozen=True)
class AtOnce:
    """How many requests of each line are worked on at once; `large` are those whose body is larger than `large_bytes`."""

    usual: int
    large: int
    patient: int
    large_bytes: int

    @property
    def all(self) -> int:
        return self.usual + self.large + self.patient


class InTurn:
    """ASGI application in front of another."""

    def __init__(self, application: Application, at_once: AtOnce) -> None:
        self._application, self._at_once = application, at_once
        self._usual, self._large, self._patient = map(
            asyncio.Semaphore, (at_once.usual, at_once.large, at_once.patient)
        )

    def _turns(self, scope: Scope) -> asyncio.Semaphore:
        if announced(scope["headers"], self._at_once.large_bytes) is None:
            return self._large
        wished = (value for name, value in scope["headers"] if name == b"priority")
        return self._patient if any(map(_PATIENT.search, wished)) else self._usual

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        turns, has_turn = self._turns(scope), False

        async def begin() -> Message:
            nonlocal has_turn
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body") and not has_turn:
                await turns.acquire()
                has_turn = True
            return message

        async def answer(message: Message) -> None:
            end()
            await send(message)

        def end() -> None:
            nonlocal has_turn
            if has_turn:
                has_turn = False
                turns.release()

        try:
            await self._application(scope, begin, answer)
        finally:
            end()
