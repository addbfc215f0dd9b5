"""The live stream of a web process: one LISTEN, fanned out to its tabs over server-sent events. Raw ASGI.

A tab asks `GET /live?topic=a&topic=b`; each topic is authorised when it subscribes. The tab is sent `event: ready` first, then
`event: hint` with `{"topic": ...}`; after a lost database connection `event: ready` again, because hints were missed:
the tab then pulls everything. A slow browser costs the others nothing: hints for it collapse into one per topic.

Where rights to a topic change, it is doubted (`live.doubt`): the tabs that follow it hear nothing of it until the request
they came with has been judged anew. Few follow one talk, so that costs the others nothing.

A stream lives no longer than its session: it ends at a hint on one of its own topics (signed out, locked), and after the
time it was allowed, when the browser comes again and is judged anew.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from madoguchi.core import live
from madoguchi.core.inflow import CLOSED
from madoguchi.core.listening import listen
from madoguchi.core.work import blame

logger = logging.getLogger(__name__)
KEEP_ALIVE_SECONDS = 15.0
MOST_TOPICS = 40
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"x-accel-buffering", b"no"),
    *CLOSED,
]
REFUSED = [(b"content-length", b"0"), *CLOSED]

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
    """What one browser tab follows and has still to be told. `doubted`: topics whose rights are being asked for anew, and how
    often they have been doubted meanwhile; of these it hears nothing. `missed`: what it would have heard."""

    __slots__ = ("allowed", "asking", "doubted", "is_ended", "missed", "news", "pending", "scope")

    def __init__(self, scope: Scope, allowed: Allowed) -> None:
        self.scope, self.allowed = scope, allowed
        self.news = asyncio.Event()
        self.pending: dict[str, None] = {}
        self.doubted: dict[str, int] = {}
        self.missed: set[str] = set()
        self.asking: asyncio.Task[None] | None = None
        self.is_ended = False

    def hint(self, topic: str) -> None:
        if topic in self.doubted:
            self.missed.add(topic)
            return
        self.pending[topic] = None
        self.news.set()

    def end(self) -> None:
        self.is_ended = True
        self.news.set()


class Stream:
    """ASGI application for `/live`."""

    def __init__(self, authorise: Authorise) -> None:
        self._authorise = authorise
        self._tabs: dict[str, set[Tab]] = defaultdict(set)
        self._overheard: dict[int, set[str]] = {}
        self._listening: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._listening = asyncio.create_task(listen(live.HINTS, self._spread, self._all_look_again))

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
        for tab in {tab for tabs in self._tabs.values() for tab in tabs}:
            tab.end()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        named = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("topic", [])
        asked = list(dict.fromkeys(named))[:MOST_TOPICS]
        meanwhile: set[str] = set()
        self._overheard[id(meanwhile)] = (
            meanwhile  # said after the question and before the tab follows anything
        )
        try:
            allowed = await self._authorise(scope, asked)
        finally:
            del self._overheard[id(meanwhile)]
        if allowed is None:
            await send({"type": "http.response.start", "status": 403, "headers": REFUSED})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._serve(Tab(scope, allowed), meanwhile, receive, send)

    def _spread(self, said: str) -> None:
        for meanwhile in self._overheard.values():
            meanwhile.add(said)
        for tab in self._tabs.get(said.removeprefix(live.DOUBT), ()):
            self._tell_of(tab, said)

    def _tell_of(self, tab: Tab, said: str) -> None:
        if said.startswith(live.DOUBT):
            self._doubt(tab, said.removeprefix(live.DOUBT))
        else:
            tab.hint(said)

    def _all_look_again(self) -> None:
        """Hints were missed, and doubts among them."""
        for tab in {tab for tabs in self._tabs.values() for tab in tabs}:
            tab.hint("")
            for topic in tab.allowed.topics:
                self._doubt(tab, topic)

    def _doubt(self, tab: Tab, topic: str) -> None:
        tab.doubted[topic] = tab.doubted.get(topic, 0) + 1
        if tab.asking is None:
            tab.asking = asyncio.create_task(self._ask_anew(tab))

    async def _ask_anew(self, tab: Tab) -> None:
        """Until nothing is doubted any more. Whatever can't be asked ends the stream: the browser comes again."""
        try:
            while tab.doubted and not tab.is_ended:
                asked = dict(tab.doubted)
                allowed = await self._authorise(tab.scope, list(asked))
                if allowed is None:
                    tab.end()
                    return
                for topic in [topic for topic, times in asked.items() if tab.doubted[topic] == times]:
                    self._settle(tab, topic, is_allowed=topic in allowed.topics)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody knows any more what the tab may hear
            logger.warning("a stream was ended: %s", blame(error))
            tab.end()
        finally:
            tab.asking = None

    def _settle(self, tab: Tab, topic: str, *, is_allowed: bool) -> None:
        del tab.doubted[topic]
        if not is_allowed:
            tab.allowed.topics.remove(topic)
            self._forget(topic, tab)
        elif topic in tab.missed:
            tab.hint(topic)
        tab.missed.discard(topic)

    async def _serve(self, tab: Tab, meanwhile: set[str], receive: Receive, send: Send) -> None:
        followed = [*tab.allowed.topics, *tab.allowed.ends]
        for topic in followed:
            self._tabs[topic].add(tab)
        for said in sorted(meanwhile):  # doubts first
            if said.removeprefix(live.DOUBT) in followed:
                self._tell_of(tab, said)
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await _tell(send, "ready", {"topics": tab.allowed.topics})
            await self._talk(tab, tab.allowed, gone, send)
            await send({"type": "http.response.body", "body": b""})
        finally:
            tab.is_ended = True
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
