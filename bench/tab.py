"""A desk's tab as cheap as can be: it follows its stream and pulls what its page says it pulls, as htmx would in a browser.

What pulls what is read from the page itself (`data-live-topic`, `hx-get`, `hx-trigger`), with the browser's rules: at most
one announcement of a topic each 200 ms, of each part one pull on its way and one more queued. `seen`: when each numbered
message was first in an answer.
"""

import asyncio
import html
import json
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import aiohttp
from django.conf import settings

MARK = "測定"
GAP_SECONDS, LINES_SECONDS = (
    0.2,
    3.0,
)  # js/live.js: how often a topic is announced at most; `lines-`: in their own time

_TAG = re.compile(r'<[a-z-]+ (?:[^">]|"[^"]*")*>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_TOPIC = re.compile(r"live:(\S+) from:body")
_HIDDEN = re.compile(r'\s*<input type="hidden" name="(\w+)" value="([^"]*)">')
_NUMBER = re.compile(rf"{MARK}(\d{{6}})")
_LINE = re.compile(r'<li id="line-(\d+)"')
_KNOWN = re.compile(r'name="known" value="((\d+)\.[^"]*)"')
STALE = "stale"
PATIENT = "waiting"
PARTS = {"words": "mine", "lines": PATIENT}  # js/list_parts.js


@dataclass
class Part:
    """Something on the page that pulls itself. `is_thread`: the message list, which goes on from a revision and says when the
    rest of the talk is STALE. `has_lines`: the lists, which say what they show."""

    address: str
    topics: list[str]
    sends: dict[str, str] = field(default_factory=dict)
    is_thread: bool = False
    has_lines: bool = False
    is_pulling: bool = False
    is_wanted: bool = False
    told: set[str] = field(default_factory=set)  # what the next pull asks for, of PARTS; "": all
    patient: asyncio.Task[Any] | None = None  # a pull on its way that lets others pass


class Tab:
    def __init__(self, http: aiohttp.ClientSession, desk: str, session: str) -> None:
        self._http, self._desk = http, desk
        self._headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}", "HX-Request": "true"}
        self._parts: dict[str, Part] = {}
        self._told: dict[str, float] = {}
        self._planned: set[str] = set()
        self._lines: dict[str, str] = {}  # talk -> "<talk>.<digest>", as the lists show it
        self._tasks: set[asyncio.Task[None]] = set()
        self.seen: dict[int, float] = {}
        self.pulls: list[float] = []  # milliseconds each
        self.refused = 0
        self._is_closed = False
        self.is_ready = asyncio.Event()

    async def open(self, address: str) -> None:
        """Load a page whole, then follow what it follows until cancelled."""
        headers = {"Cookie": self._headers["Cookie"]}
        async with self._http.get(self._desk + address, headers=headers) as answer:
            self._read(await answer.text())
        self._tasks.add(asyncio.create_task(self._follow()))
        await self.is_ready.wait()

    def close(self) -> None:
        self._is_closed = True
        for task in self._tasks:
            task.cancel()

    async def _follow(self) -> None:
        topics = sorted({topic for part in self._parts.values() for topic in part.topics} - {STALE})
        query = [("topic", topic) for topic in topics]
        timeout = aiohttp.ClientTimeout(total=None)
        async with self._http.get(
            f"{self._desk}/live", params=query, headers=self._headers, timeout=timeout
        ) as answer:
            async for line in answer.content:
                if line.startswith(b"event: ready"):
                    self.is_ready.set()
                elif line.startswith(b"data: ") and b'"topic"' in line:
                    self._announce(str(json.loads(line[6:])["topic"]))

    def _announce(self, topic: str) -> None:
        """At once, or once more when the gap is over."""
        if topic in self._planned:
            return
        is_patient = topic.startswith("lines-")
        gap = LINES_SECONDS if is_patient else GAP_SECONDS
        rest = max(
            random.random() * gap if is_patient else 0.0,
            self._told.get(topic, 0.0) + gap - time.perf_counter(),
        )
        self._planned.add(topic)
        asyncio.get_running_loop().call_later(rest, self._tell, topic)

    def _tell(self, topic: str) -> None:
        self._planned.discard(topic)
        self._told[topic] = time.perf_counter()
        for part in list(self._parts.values()):
            if topic in part.topics:
                wanted = PARTS.get(topic.partition("-")[0], "")
                part.told.add(wanted)
                if part.patient and wanted != PATIENT:
                    part.patient.cancel()
                task = asyncio.create_task(self._pull(part))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _pull(self, part: Part) -> None:
        part.is_wanted = True
        if part.is_pulling:
            return
        part.is_pulling = True
        try:
            while part.is_wanted:
                part.is_wanted = False
                await self._pull_once(part)
        finally:
            part.is_pulling = False

    async def _pull_once(self, part: Part) -> None:
        began, sent = time.perf_counter(), self._sent(part)
        request = asyncio.create_task(self._answer(part, sent))
        part.patient = request if ("part", PATIENT) in sent else None
        try:
            answer, body = await request
        except aiohttp.ServerDisconnectedError:  # a connection kept too long: a browser asks once more
            part.is_wanted = True
            part.told.add("")
            return
        except asyncio.CancelledError:
            if not request.cancelled() or self._is_closed:
                raise
            self._later(part)
            return
        finally:
            part.patient = None
        self.pulls.append(1000 * (time.perf_counter() - began))
        if answer.status >= 400:
            self.refused += 1
        elif part.is_thread:
            part.sends["after"] = str(
                max(int(part.sends["after"]), int(answer.headers.get("X-Revision", "0")))
            )
            self._look_at_state(unquote(answer.headers.get("X-State", "")))
        if part.has_lines and answer.status == 200 and "HX-Retarget" not in answer.headers:
            self._lines = {line: self._lines.get(line, "") for line in _LINE.findall(body)}
        self._read(body)

    async def _answer(self, part: Part, sent: list[tuple[str, str]]) -> tuple[aiohttp.ClientResponse, str]:
        patient = {"Priority": "u=5"} if ("part", PATIENT) in sent else {}
        address = self._desk + part.address
        async with self._http.get(address, params=sent, headers=self._headers | patient) as answer:
            return answer, await answer.text()

    def _sent(self, part: Part) -> list[tuple[str, str]]:
        if not part.has_lines:
            return list(part.sends.items())
        known = [("known", known) for known in self._lines.values() if known]
        told, part.told = part.told, set()
        if not told or "" in told:
            return [*part.sends.items(), *known]
        if len(told) > 1:
            self._later(part)
        only = ("part", min(told, key=[*PARTS.values()].index))
        return [*part.sends.items(), *known, only]

    def _later(self, part: Part) -> None:
        self._announce(next(topic for topic in part.topics if PARTS.get(topic.partition("-")[0]) == PATIENT))

    def _look_at_state(self, version: str) -> None:
        if any(
            STALE in part.topics and part.sends.get("version") != version for part in self._parts.values()
        ):
            self._tell(STALE)

    def _read(self, page: str) -> None:
        """What this answer shows, and what in it pulls itself."""
        now = time.perf_counter()
        for number in _NUMBER.findall(page):
            self.seen.setdefault(int(number), now)
        self._lines |= {talk: known for known, talk in _KNOWN.findall(page)}
        for tag in _TAG.finditer(page):
            if "live" not in tag[0] and STALE not in tag[0]:
                continue
            attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag[0])}
            part = _part(attributes)
            if part is None or not part.topics:
                continue
            at = tag.end()
            while attributes.get("hx-include") == "this" and (hidden := _HIDDEN.match(page, at)):
                part.sends[hidden[1]], at = html.unescape(hidden[2]), hidden.end()
            known = self._parts.setdefault(f"{part.address} {part.topics}", part)
            known.sends |= {} if known.is_thread else part.sends


def _part(attributes: dict[str, str]) -> Part | None:
    topics = attributes.get("data-live-topic", "").split()
    if "hx-get" in attributes:
        trigger = attributes.get("hx-trigger", "")
        triggers = [STALE][: trigger.startswith(STALE)] + _TOPIC.findall(trigger)
        return Part(
            attributes["hx-get"], triggers or topics, has_lines="known" in attributes.get("hx-include", "")
        )
    if "url" in attributes:
        return Part(attributes["url"], topics, {"after": attributes.get("after", "0")}, is_thread=True)
    return None
