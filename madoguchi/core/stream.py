"""The live stream of a web process: one LISTEN, fanned out to its tabs over server-sent events. Raw ASGI.

A tab asks `GET /live?topic=a&topic=b`; each topic is authorised when it subscribes. It is sent `event: ready` first, then
`event: hint` with `{"topic": ...}`; after a lost database connection `event: ready` again, because hints were missed:
the tab then pulls everything. A slow browser costs the others nothing: hints for it collapse into one per topic.

A stream lives no longer than its session: it ends at a hint on one of its own topics (signed out, locked), and after the
time it was allowed, when the browser comes again and is judged anew.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from madoguchi.core import live
from madoguchi.core.listening import listen

KEEP_ALIVE_SECONDS = 15.0
MOST_TOPICS = 20
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class Allowed:
    """What one request may hear: `topics`, for so many `seconds`. `ends`: topic -> the event that ends the stream."""

    topics: list[str]
    ends: dict[str, str]
    seconds: float


Authorise = Callable[[Scope, list[str]], Awaitable[Allowed | None]]
"""None when nobody is signed in."""


class Tab:
    """What one browser tab has still to be told."""

    __slots__ = ("is_ended", "news", "pending")

    def __init__(self) -> None:
        self.news = asyncio.Event()
        self.pending: dict[str, None] = {}
        self.is_ended = False

    def hint(self, topic: str) -> None:
        self.pending[topic] = None
        self.news.set()


class Stream:
    """ASGI application for `/live`."""

    def __init__(self, authorise: Authorise) -> None:
        self._authorise = authorise
        self._tabs: dict[str, set[Tab]] = defaultdict(set)
        self._listening: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._listening = asyncio.create_task(listen(live.HINTS, self._spread, self._all_look_again))

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
        for tab in {tab for tabs in self._tabs.values() for tab in tabs}:
            tab.is_ended = True
            tab.news.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("topic", [])[:MOST_TOPICS]
        allowed = await self._authorise(scope, asked)
        if allowed is None:
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._serve(allowed, receive, send)

    def _spread(self, topic: str) -> None:
        for tab in self._tabs.get(topic, ()):
            tab.hint(topic)

    def _all_look_again(self) -> None:
        for tab in {tab for tabs in self._tabs.values() for tab in tabs}:
            tab.hint("")

    async def _serve(self, allowed: Allowed, receive: Receive, send: Send) -> None:
        tab = Tab()
        followed = [*allowed.topics, *allowed.ends]
        for topic in followed:
            self._tabs[topic].add(tab)
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await _tell(send, "ready", {"topics": allowed.topics})
            await self._talk(tab, allowed, gone, send)
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            for topic in followed:
                self._forget(topic, tab)

    async def _talk(self, tab: Tab, allowed: Allowed, gone: "asyncio.Future[None]", send: Send) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + allowed.seconds
        while not gone.done() and not tab.is_ended and (left := until - loop.time()) > 0:
            try:
                async with asyncio.timeout(min(KEEP_ALIVE_SECONDS, left)):
                    await _first(tab.news, gone)
            except TimeoutError:
                if left > KEEP_ALIVE_SECONDS:
                    await _tell(send, "ping", {})
                continue
            tab.news.clear()
            pending, tab.pending = tab.pending, {}
            if end := next((allowed.ends[topic] for topic in pending if topic in allowed.ends), ""):
                await _tell(send, end, {})
                return
            for topic in pending:
                await _tell(send, "hint", {"topic": topic}) if topic else await _tell(
                    send, "ready", {"topics": allowed.topics}
                )

    def _forget(self, topic: str, tab: Tab) -> None:
        self._tabs[topic].discard(tab)
        if not self._tabs[topic]:
            del self._tabs[topic]


async def _tell(send: Send, event: str, data: dict[str, Any]) -> None:
    body = f"event: {event}\ndata: {json.dumps(data)}\n\n".encode()
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _first(news: asyncio.Event, gone: "asyncio.Future[None]") -> None:
    waiting = asyncio.ensure_future(news.wait())
    try:
        await asyncio.wait((waiting, gone), return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
