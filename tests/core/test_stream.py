"""A stream lives no longer than its session."""

import asyncio
import time
from typing import Any

from madoguchi.core import stream
from madoguchi.core.stream import Allowed, Stream


async def follow(allowed: Allowed, *hints: str) -> tuple[str, float]:
    """What a browser is told until the stream ends, and after how many seconds; the hints come at once."""
    told: list[bytes] = []
    began = time.monotonic()

    async def authorise(_scope: Any, _asked: list[str]) -> Allowed:
        return allowed

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        told.append(message.get("body", b""))
        if b"ready" in told[-1]:
            for topic in hints:
                one._spread(topic)

    one = Stream(authorise)
    await asyncio.wait_for(one({"query_string": b"topic=desk-1"}, receive, send), 10)
    assert not one._tabs
    return b"".join(told).decode(), time.monotonic() - began


def test_it_ends_when_its_time_is_over() -> None:
    told, lasted = asyncio.run(follow(Allowed(["desk-1"], {}, 0.3)))
    assert "event: ready" in told
    assert 0.25 < lasted < 3


def test_it_is_kept_alive_until_then() -> None:
    usual, stream.KEEP_ALIVE_SECONDS = stream.KEEP_ALIVE_SECONDS, 0.1
    try:
        told, _lasted = asyncio.run(follow(Allowed(["desk-1"], {}, 0.35)))
    finally:
        stream.KEEP_ALIVE_SECONDS = usual
    assert told.count("event: ping") == 3


def test_it_ends_with_its_session_and_says_how() -> None:
    allowed = Allowed(["desk-1"], {"session-a": "signed-out", "lock-a": "locked"}, 60)
    told, _lasted = asyncio.run(follow(allowed, "desk-1", "lock-a"))
    assert "event: locked" in told
    told, lasted = asyncio.run(follow(allowed, "session-a", "desk-1"))
    assert "event: signed-out" in told
    assert lasted < 3
