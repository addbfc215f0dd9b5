"""The live stream of a web process: one LISTEN, fanned out to its tabs over server-sent events. Raw ASGI.

A tab asks `GET /live?topic=a&topic=b`; each topic is authorised when it subscribes. It is sent `event: ready` first, then
`event: hint` with `{"topic": ...}`; after a lost database connection `event: ready` again, because hints were missed:
the tab then pulls everything. A slow browser costs the others nothing: hints for it collapse into one per topic.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
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
Authorise = Callable[[Scope, list[str]], Awaitable[tuple[str, list[str]] | None]]
"""(the topic whose hint ends the stream, the topics this request may follow), or None when nobody is signed in."""


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
        await self._serve(*allowed, receive, send)

    def _spread(self, topic: str) -> None:
        for tab in self._tabs.get(topic, ()):
            tab.hint(topic)

    def _all_look_again(self) -> None:
        for tab in {tab for tabs in self._tabs.values() for tab in tabs}:
            tab.hint("")

    async def _serve(self, end_topic: str, topics: list[str], receive: Receive, send: Send) -> None:
        tab = Tab()
        followed = [*topics, end_topic]
        for topic in followed:
            self._tabs[topic].add(tab)
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await _tell(send, "ready", {"topics": topics})
            await self._talk(tab, end_topic, gone, topics, send)
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            for topic in followed:
                self._forget(topic, tab)

    async def _talk(
        self, tab: Tab, end_topic: str, gone: "asyncio.Future[None]", topics: list[str], send: Send
    ) -> None:
        while not gone.done() and not tab.is_ended:
            try:
                async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                    await _first(tab.news, gone)
            except TimeoutError:
                await send(
                    {"type": "http.response.body", "body": b"event: ping\ndata: {}\n\n", "more_body": True}
                )
                continue
            tab.news.clear()
            pending, tab.pending = tab.pending, {}
            for topic in pending:
                if topic == end_topic:
                    await _tell(send, "signed-out", {})
                    return
                await _tell(send, "hint", {"topic": topic}) if topic else await _tell(
                    send, "ready", {"topics": topics}
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
