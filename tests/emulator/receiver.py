"""A tiny real web server that is somebody's webhook: it keeps what it gets and answers as it is told."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Got:
    at: float
    raw: bytes
    headers: dict[str, str]

    @property
    def events(self) -> list[dict[str, Any]]:
        return list(json.loads(self.raw)["events"])


@dataclass
class Receiver:
    """`answers`: (status, seconds to wait) of the next requests, then 200 at once."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    answers: deque[tuple[int, float]] = field(default_factory=deque)

    def __enter__(self) -> Receiver:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._runner = asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(5)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _open(self) -> web.ServerRunner:
        runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        return runner

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        raw = await request.read()
        self.got.append(Got(time.monotonic(), raw, {k.lower(): v for k, v in request.headers.items()}))
        status, seconds = self.answers.popleft() if self.answers else (200, 0.0)
        await asyncio.sleep(seconds)
        return web.Response(status=status)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for got in self.got for event in got.events]

    def texts(self) -> list[str]:
        return [event["message"]["text"] for event in self.events if event["type"] == "message"]

    def wait_for(self, count: int, seconds: float = 5) -> list[dict[str, Any]]:
        """The events, once there are `count`."""
        deadline = time.monotonic() + seconds
        while len(self.events) < count:
            assert time.monotonic() < deadline, f"{len(self.events)} of {count} events came"
            time.sleep(0.005)
        return self.events
