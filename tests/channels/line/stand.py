"""A real HTTP server in the test's own loop: it answers as a test tells it, and notes what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import ClientTimeout, web

from madoguchi.channels.line.client import LineClient, open_session

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@asynccontextmanager
async def serve(answer: Handler) -> AsyncIterator[tuple[str, list[Asked]]]:
    """The server's origin, and the list of what reached it."""
    asked: list[Asked] = []

    async def note(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(Asked(request.method, request.path_qs, dict(request.headers), await request.read()))
        return await answer(request)

    runner = web.ServerRunner(web.Server(note, handler_cancellation=True), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


@asynccontextmanager
async def stand(answer: Handler, seconds: float = 10) -> AsyncIterator[tuple[LineClient, list[Asked]]]:
    """A client of such a server, which waits that long for an answer."""
    timeout = ClientTimeout(total=seconds)
    async with serve(answer) as (origin, asked), open_session() as session:
        yield LineClient(origin, origin, "token\n", session, timeout=timeout), asked


def json_answer(status: int, body: object, **headers: str) -> Handler:
    async def answer(_request: web.BaseRequest) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.json_response(body, status=status, headers=named)

    return answer


def run(story: Coroutine[None, None, Result]) -> Result:
    return asyncio.run(story)
