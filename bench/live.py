"""How soon 200 open desks know of a friend's message: from the webhook to the hint in every tab.

A friend writes on the stand-in LINE platform, the webhook goes through door, inbox, worker and router, and each of 200
tabs waits for the hint on its stream. The bound, in the same run: a bare NOTIFY to the same 200 streams. Aim: p95 under
300 ms on an idle machine. Memory a tab is the growth of the web process.
"""

import argparse
import asyncio
import json
import statistics
import time
from typing import Any

import aiohttp
import psycopg
from django.conf import settings

from bench import town
from bench.processes import free_port, resident_kib, running

TABS = 200


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    place = town.found(counsellors=20)
    sessions = town.signed_in(place)
    emulator, web = free_port(), free_port()
    origin, desk = f"http://127.0.0.1:{emulator}", f"http://127.0.0.1:{web}"
    line = {"LINE_API_BASE": origin, "LINE_DATA_BASE": origin, "MADOGUCHI_URL": desk}
    with (
        running("line_emulator", "--port", str(emulator), port=emulator, path="/emu/health"),
        running("madoguchi", "web", "--port", str(web), port=web, **line) as server,
        running("madoguchi", "work", **line),
    ):
        figures = asyncio.run(
            _measure(place, sessions, origin, desk, server.pid, 10 if options.quick else 60)
        )
    print(json.dumps({"bench": "live", "tabs": TABS, **figures, "aims_met": figures["p95_ms"] < 300}))


class Tabs:
    """200 streams, and when each heard of the topic."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.ready = 0
        self.heard: list[float] = []

    async def follow(self, session: aiohttp.ClientSession, desk: str, cookie: str) -> None:
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}
        timeout = aiohttp.ClientTimeout(total=None)
        async with session.get(f"{desk}/live?topic={self.topic}", headers=headers, timeout=timeout) as answer:
            assert answer.status == 200, answer.status
            async for line in answer.content:
                if line == b"event: ready\n":
                    self.ready += 1
                elif line == b"event: hint\n":
                    self.heard.append(time.perf_counter())

    async def all_hear(self, began: float) -> list[float]:
        """Milliseconds until each tab heard."""
        async with asyncio.timeout(10):
            while len(self.heard) < TABS:
                await asyncio.sleep(0.002)
        found = [1000 * (moment - began) for moment in self.heard[:TABS]]
        await asyncio.sleep(0.2)  # a second hint of the same message belongs to the same round
        self.heard.clear()
        return found


async def _measure(
    place: town.Town, sessions: list[str], origin: str, desk: str, pid: int, rounds: int
) -> dict[str, Any]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        friends = await _friends(http, origin, desk, place, rounds + 3)
        before = resident_kib(pid)
        tabs = Tabs(f"desk-{place.organisation_id}")
        streams = [
            asyncio.create_task(tabs.follow(http, desk, sessions[n % len(sessions)])) for n in range(TABS)
        ]
        while tabs.ready < TABS:
            await asyncio.sleep(0.05)
        kib = (resident_kib(pid) - before) / TABS
        bound, full = await _bound(tabs, rounds), []
        for number, friend in enumerate(friends):
            began = time.perf_counter()
            await _act(http, origin, friend)
            found = await tabs.all_hear(began)
            full += found if number >= 3 else []  # the first rounds warm up
        for stream in streams:
            stream.cancel()
    p95, p95_bound = _p95(full), _p95(bound)
    return {
        "p50_ms": round(statistics.median(full), 1),
        "p95_ms": round(p95, 1),
        "notify_only_p95_ms": round(p95_bound, 1),
        "ratio_to_notify": round(p95 / p95_bound, 2),
        "kib_a_tab": round(kib, 1),
    }


async def _bound(tabs: Tabs, rounds: int) -> list[float]:
    found = []
    async with await psycopg.AsyncConnection.connect(settings.DATABASE_URL, autocommit=True) as connection:
        for _ in range(rounds):
            began = time.perf_counter()
            await connection.execute("SELECT pg_notify('madoguchi_hints', %s)", [tabs.topic])
            found += await tabs.all_hear(began)
    return found


async def _friends(
    http: aiohttp.ClientSession, origin: str, desk: str, place: town.Town, count: int
) -> list[str]:
    channel = {
        "channelId": town.LINE_CHANNEL_ID,
        "name": "測定",
        "secret": town.SECRET,
        "accessToken": town.TOKEN,
        "webhookUrl": f"{desk}/line/webhook/{place.channel_key}",
    }
    async with http.post(f"{origin}/emu/channels", json=channel) as answer:
        assert answer.status == 200, await answer.text()
    bulk = {"count": count, "channelId": town.LINE_CHANNEL_ID}
    async with http.post(f"{origin}/emu/friends/bulk", json=bulk) as answer:
        return list((await answer.json())["userIds"])


async def _act(http: aiohttp.ClientSession, origin: str, friend: str) -> None:
    act = {"userId": friend, "channelId": town.LINE_CHANNEL_ID, "do": "text", "text": "きいてもらえますか"}
    async with http.post(f"{origin}/emu/act", json=act) as answer:
        assert answer.status == 200, await answer.text()


def _p95(found: list[float]) -> float:
    return sorted(found)[int(0.95 * len(found))]


if __name__ == "__main__":
    main()
