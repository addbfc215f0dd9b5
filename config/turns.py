"""How many requests are worked on at once in one process: few. The others wait for their turn, which is quicker for all.

Each request at work holds a thread and a database connection; with hundreds of them the pool runs dry and most fail. A turn
begins when the whole body is there and ends when the answer is: who sends or reads slowly holds up nobody. What brings a file
takes seconds (a picture is drawn anew) and waits in a line of its own.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from madoguchi.core.inflow import announced

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class InTurn:
    """ASGI application in front of another that works on at most `most` requests at once, and `most_large` of those whose body
    is larger than `large` bytes."""

    def __init__(self, application: Application, most: int, most_large: int, large: int) -> None:
        self._application, self._large = application, large
        self._usual_turns, self._large_turns = asyncio.Semaphore(most), asyncio.Semaphore(most_large)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_large = announced(scope["headers"], self._large) is None
        turns, has_turn = self._large_turns if is_large else self._usual_turns, False

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
