"""How a full desk feels: 60 counsellors, 200 open talks, 20 messages a second, and a browser that has stopped reading.

Each counsellor's tab has a talk open and pulls as a browser does (`bench/tab.py`). Friends write on the stand-in LINE
platform; a message counts as on the screen when a pull of its holder's tab brought it. What somebody writes who waits
already is on the lists of all in their own time, and measured apart. Half of the calm storm comes before the browsers stall and
half after, so that what drifts falls on both. Then a talk of 600 messages is opened, and the supervisors' board is refreshed.
The bound, in the same run: the same webhooks with no tab open at all, until their messages stand in the thread.
Aims on an idle machine: webhook to screen p95 < 500 ms, opening < 200 ms, board < 100 ms; stalled browsers cost nothing.
"""

import argparse
import asyncio
import json
import random
import statistics
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bench import town
from bench.processes import free_port, running
from bench.tab import MARK, Tab

COUNSELLORS, TALKS, HELD = 60, 200, 160
MESSAGES_A_SECOND = 20
LONG_TALK = 600
STALLED = 5
PATIENCE_SECONDS = 60.0  # for the last message to reach the last screen
AIMS = {"webhook_to_screen_p95_ms": 500, "open_600_p95_ms": 200, "board_p95_ms": 100}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="10 s of messages instead of 60")
    parser.add_argument("--processes", default="2", help="of the web server")
    parser.add_argument(
        "--stall", type=int, default=0, help="seconds before the storm beside stalled browsers"
    )
    options = parser.parse_args()
    place = town.found(counsellors=COUNSELLORS, supervisors=1)
    sessions = town.signed_in(place)
    emulator, web = free_port(), free_port()
    origin, desk = f"http://127.0.0.1:{emulator}", f"http://127.0.0.1:{web}"
    line = {"LINE_API_BASE": origin, "LINE_DATA_BASE": origin, "MADOGUCHI_URL": desk}
    words = ("web", "--port", str(web), "--processes", options.processes)
    with (
        running("line_emulator", "--port", str(emulator), port=emulator, path="/emu/health"),
        running("madoguchi", *words, port=web, **line),
        running("madoguchi", "work", **line),
    ):
        seconds = 10 if options.quick else 60
        bench = Bench(place, sessions, origin, desk, seconds, options.stall)
        figures = asyncio.run(bench.measure())
    met = {name: figures[name] < aim for name, aim in AIMS.items()}
    print(json.dumps({"bench": "desk", "tabs": COUNSELLORS, "talks": TALKS, **figures, "aims_met": met}))


@dataclass
class Storm:
    """What was written, and when; and what the tabs saw. `by_friend`: the numbers of each friend's messages, in order."""

    said_at: dict[int, float] = field(default_factory=dict)
    friend_of: dict[int, str] = field(default_factory=dict)

    def first_sight(self, tab: Tab, number: int) -> float | None:
        """When the tab had this message before it, or a later one of the same friend, which is all that a list shows."""
        friend = self.friend_of[number]
        found = [
            at for other, at in tab.seen.items() if other >= number and self.friend_of.get(other) == friend
        ]
        return min(found, default=None)


@dataclass
class Sights:
    """Milliseconds from the act on the phone to each screen that shows it: a holder's, and every list of those waiting.
    `missing`: how many do not show it yet."""

    holder: list[float] = field(default_factory=list)
    lists: list[float] = field(default_factory=list)
    missing: int = 0


class Bench:
    def __init__(
        self, place: town.Town, sessions: list[str], origin: str, desk: str, seconds: int, stall: int
    ) -> None:
        self._stall_seconds = stall
        self._place, self._sessions, self._origin, self._desk = place, sessions, origin, desk
        self._seconds, self._numbers, self._random = seconds, iter(range(1, 999_999)), random.Random(1)
        self._holder: dict[str, int] = {}  # friend -> which counsellor
        self._talk: dict[str, int] = {}  # friend -> conversation

    async def measure(self) -> dict[str, Any]:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            self._http = http
            friends = await self._people()
            await asyncio.to_thread(self._take, friends)
            bare = await self._without_tabs(friends)
            tabs = await self._tabs(friends)
            before = await self._storm(friends, tabs, self._seconds // 2)
            stalled = [await self._stall() for _ in range(STALLED)]
            await asyncio.sleep(self._stall_seconds)
            beside_stalled = await self._storm(friends, tabs, self._seconds)
            for writer in stalled:
                writer.close()
            after = await self._storm(friends, tabs, self._seconds - self._seconds // 2)
            calm = Sights(before.holder + after.holder, before.lists + after.lists)
            pulls = [pull for tab in tabs for pull in tab.pulls]
            refused = sum(tab.refused for tab in tabs)
            for tab in tabs:
                tab.close()
            opening = await self._opening(friends[0])
            board = await self._get("/board/now/", self._sessions[-1], 30)
        return {
            **_spread("webhook_to_screen", calm.holder),
            **_spread("webhook_to_lists_of_waiting", calm.lists),
            "beside_stalled_p95_ms": _p95(beside_stalled.holder),
            "ratio_beside_stalled": round(_p95(beside_stalled.holder) / _p95(calm.holder), 2),
            **_spread("webhook_to_thread_without_tabs", bare),
            "pulls_a_second": round(len(pulls) / (2 * self._seconds)),
            **_spread("pull", pulls),
            "refused_pulls": refused,
            **_spread("open_600", opening),
            **_spread("board", board),
        }

    async def _people(self) -> list[str]:
        channel = {
            "channelId": town.LINE_CHANNEL_ID,
            "name": "測定",
            "secret": town.SECRET,
            "accessToken": town.TOKEN,
            "webhookUrl": f"{self._desk}/line/webhook/{self._place.channel_key}",
            "rateScale": 0,
        }
        await self._post("/emu/channels", channel)
        made = await self._post("/emu/friends/bulk", {"count": TALKS, "channelId": town.LINE_CHANNEL_ID})
        friends = list(made["userIds"])
        await self._write([(friend, "きいてください") for friend in friends])
        await self._write(
            [(friends[0], f"{number}番目の言葉です。長い話になりました。") for number in range(LONG_TALK)]
        )
        await asyncio.to_thread(_until_heard, TALKS + LONG_TALK)
        return friends

    def _take(self, friends: list[str]) -> None:
        """HELD talks in turn, and who waits stays for all."""
        from madoguchi.accounts import keys
        from madoguchi.accounts.models import User
        from madoguchi.channels.models import Channel
        from madoguchi.core import seal, walls
        from madoguchi.desk import actions as desk
        from madoguchi.desk.models import Conversation

        with walls.everywhere():
            channel = Channel.objects.get(pk=self._place.channel_id)
            desk.set_reception(None, channel, {"most_load": 4, "usual_load": 3, "capacity": 1000})
            users = list(User.objects.filter(roles__contains=["counsellor"]).order_by("pk"))
            key = keys.lookup_key(channel.organisation_id)
            for index, friend in enumerate(friends):
                talk = Conversation.objects.get(contact__line_id_hash=seal.lookup(key, friend))
                self._talk[friend] = talk.pk
                if index < HELD:
                    self._holder[friend] = index % COUNSELLORS
                    desk.take(users[index % COUNSELLORS], talk.pk)

    async def _without_tabs(self, friends: list[str]) -> list[float]:
        """Until the message stands in the thread: as quick as any screen could be."""
        found = []
        for friend in self._random.sample(friends, 20):
            before = await asyncio.to_thread(_heard)
            began = time.perf_counter()
            await self._write([(friend, "ひとこと")])
            while await asyncio.to_thread(_heard) == before:
                await asyncio.sleep(0.002)
            found.append(1000 * (time.perf_counter() - began))
        return found

    async def _tabs(self, friends: list[str]) -> list[Tab]:
        tabs = []
        for number in range(COUNSELLORS):
            mine = next(friend for friend in friends if self._holder[friend] == number)
            tab = Tab(self._http, self._desk, self._sessions[number])
            await tab.open(f"/desk/{self._talk[mine]}/")
            tabs.append(tab)
        await asyncio.sleep(2)  # each tab's first look is over
        return tabs

    async def _storm(self, friends: list[str], tabs: list[Tab], seconds: int) -> Sights:
        storm, began = Storm(), time.perf_counter()
        for tick in range(seconds * MESSAGES_A_SECOND):
            await asyncio.sleep(max(0.0, began + tick / MESSAGES_A_SECOND - time.perf_counter()))
            number, friend = next(self._numbers), self._random.choice(friends)
            storm.said_at[number], storm.friend_of[number] = time.perf_counter(), friend
            await self._write([(friend, f"{MARK}{number:06d}")])
        until = time.monotonic() + PATIENCE_SECONDS
        while (sights := self._first_sights(storm, tabs)).missing:
            assert time.monotonic() < until, f"{sights.missing} never reached a screen"
            await asyncio.sleep(0.5)
        return sights

    def _first_sights(self, storm: Storm, tabs: list[Tab]) -> Sights:
        found = Sights()
        for number, said_at in storm.said_at.items():
            holder = self._holder.get(storm.friend_of[number])
            for tab in tabs if holder is None else [tabs[holder]]:
                at = storm.first_sight(tab, number)
                if at is None:
                    found.missing += 1
                else:
                    (found.lists if holder is None else found.holder).append(1000 * (at - said_at))
        return found

    async def _stall(self) -> asyncio.StreamWriter:
        """A browser that asks for its stream and a page, and never reads a byte."""
        host = urlsplit(self._desk)
        _reader, writer = await asyncio.open_connection(host.hostname, host.port, limit=1)
        cookie = f"Cookie: sessionid={self._sessions[0]}\r\n"
        topics = f"topic=desk-{self._place.organisation_id}"
        writer.write(f"GET /live?{topics} HTTP/1.1\r\nHost: {host.netloc}\r\n{cookie}\r\n".encode())
        await writer.drain()
        return writer

    async def _opening(self, friend: str) -> list[float]:
        return await self._get(f"/desk/{self._talk[friend]}/", self._sessions[0], 30)

    async def _get(self, path: str, session: str, rounds: int) -> list[float]:
        headers = {"Cookie": f"sessionid={session}", "HX-Request": "true"}
        found = []
        for _ in range(rounds + 3):  # the first ones warm up
            began = time.perf_counter()
            async with self._http.get(self._desk + path, headers=headers) as answer:
                await answer.read()
                assert answer.status == 200, (path, answer.status)
            found.append(1000 * (time.perf_counter() - began))
        return found[3:]

    async def _write(self, said: list[tuple[str, str]]) -> None:
        acts = [
            {"userId": friend, "channelId": town.LINE_CHANNEL_ID, "do": "text", "text": text}
            for friend, text in said
        ]
        for begin in range(0, len(acts), 50):
            await self._post("/emu/acts", {"acts": acts[begin : begin + 50]})

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._http.post(self._origin + path, json=body) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())


def _heard() -> int:
    from django.db import connections

    from madoguchi.core import walls
    from madoguchi.threads.models import Message

    try:
        with walls.everywhere():
            return Message.objects.filter(author_kind="friend").count()
    finally:
        connections.close_all()


def _until_heard(count: int) -> None:
    until = time.monotonic() + 120
    while _heard() < count:
        assert time.monotonic() < until, "the friends were not heard"
        time.sleep(0.1)


def _spread(name: str, found: list[float]) -> dict[str, float]:
    return {f"{name}_p50_ms": round(statistics.median(found), 1), f"{name}_p95_ms": _p95(found)}


def _p95(found: list[float]) -> float:
    return round(sorted(found)[int(0.95 * len(found))], 1)


if __name__ == "__main__":
    main()
