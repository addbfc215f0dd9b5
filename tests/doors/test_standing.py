"""The door stands: two thousand bad requests leave its memory flat, and a dead database is said to be dead."""

import asyncio
import json
import time
from collections import Counter
from pathlib import Path

import aiohttp
from django.db import connection, transaction

from faults.street import Street, wait_until
from madoguchi.inbox.models import InboundEvent
from tests.doors.knocking import knock
from tests.street import Town, found_town
from tools.postgres import Server, start

MIB = 1 << 20


def resident(street: Street) -> float:
    """MiB of memory that the web process holds."""
    status = Path(f"/proc/{street.pid('web')}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def bad_bodies(count: int) -> list[bytes]:
    """One in ten is as large as can be, one in twenty larger."""
    sizes = [MIB if number % 10 == 0 else MIB + 1 if number % 20 == 1 else 200 for number in range(count)]
    return [b"x" * size for size in sizes]


def send_all(url: str, bodies: list[bytes]) -> Counter[int]:
    """Statuses of all, 32 at a time."""

    async def everything() -> Counter[int]:
        turn = asyncio.Semaphore(32)
        async with aiohttp.ClientSession() as session:

            async def one(body: bytes) -> int:
                async with turn, session.post(url, data=body, headers={"x-line-signature": "bm8="}) as answer:
                    return answer.status

            return Counter(await asyncio.gather(*map(one, bodies)))

    return asyncio.run(everything())


def test_two_thousand_bad_requests_leave_the_memory_flat(town: Town, street: Street) -> None:
    url = f"{town.desk}/line/webhook/{town.channel.key}"
    send_all(url, bad_bodies(200))
    before = resident(street)
    assert send_all(url, bad_bodies(2000)) == {401: 1900, 413: 100}
    assert resident(street) < before + 32
    assert knock(town, b'{"events":[]}') == 200


def test_a_locked_table_is_answered_503_in_time_and_the_event_is_kept_later(town: Town) -> None:
    raw = json.dumps({"events": [{"type": "follow", "webhookEventId": "01LOCK"}]}).encode()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE inbox_inboundevent IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        assert knock(town, raw) == 503
        assert time.monotonic() - began < 5
    assert knock(town, raw) == 200
    assert InboundEvent.objects.filter(channel=town.channel).count() == 1


def test_a_dead_database_is_answered_503_and_never_200_and_recovers_without_us(
    durable_street: Street, durable_postgres: Server, tmp_path: Path
) -> None:
    town = found_town(durable_street.platform, durable_street.desk)
    friend = town.friend()
    friend.says("まえ")
    town.settle()
    pids = [durable_street.pid(name) for name in ("web", "work-1")]
    raw = json.dumps({"events": [{"type": "follow", "webhookEventId": "01DOWN"}]}).encode()
    durable_postgres.process.kill()
    durable_postgres.process.wait()
    connection.close()
    for _ in range(4):
        began = time.monotonic()
        assert knock(town, raw) == 503
        assert knock(town, raw, signature="bm8=") == 503  # who may be LINE cannot be told now
        assert time.monotonic() - began < 4
    town.account.set(redelivery=True, redeliveryDelays=[0.5] * 40)
    friend.says("あいだ")
    with start(tmp_path / "postgres"):
        wait_until(lambda: knock(town, raw) == 200, "open again")
        friend.says("あと")
        texts = [message.content.get("text") for message in friend.heard(3, seconds=8)]
        assert texts == ["まえ", "あいだ", "あと"]
        assert [durable_street.pid(name) for name in ("web", "work-1")] == pids
