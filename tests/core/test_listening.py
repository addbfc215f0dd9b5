"""Listening outlives a server that falls silent without hanging up."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.db import connections

from madoguchi.core import listening

CHANNEL = "test_listening"


class Middle:
    """Stands between a client and PostgreSQL's socket; once `is_silent`, it holds everything back and hangs up nothing."""

    def __init__(self, folder: Path) -> None:
        parts = urlsplit(os.environ["DATABASE_URL"])
        query = parse_qs(parts.query)
        self.name = f".s.PGSQL.{parts.port or query.get('port', ['5432'])[0]}"
        self.there, self.here = Path(query["host"][0]) / self.name, folder / self.name
        self.is_silent, self.met = False, 0

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.met += 1
        self.is_silent = False  # whoever comes anew is served
        mine = self.met
        there = await asyncio.open_unix_connection(str(self.there))
        await asyncio.gather(self._pass(reader, there[1], mine), self._pass(there[0], writer, mine))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, mine: int) -> None:
        while (data := await reader.read(65536)) and mine == self.met:
            while self.is_silent:  # noqa: ASYNC110 - a test may look again
                await asyncio.sleep(0.05)
            writer.write(data)
        writer.close()


@pytest.mark.django_db
def test_a_server_that_falls_silent_is_noticed_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "QUIET_SECONDS", 0.3)
    monkeypatch.setattr(listening, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setitem(connections["default"].settings_dict, "HOST", str(tmp_path))
    middle, heard = Middle(tmp_path), list[str]()

    async def listen_through_silence() -> None:
        async with await asyncio.start_unix_server(middle.meet, middle.here):
            task = asyncio.create_task(
                listening.listen(CHANNEL, heard.append, lambda: heard.append("connected"))
            )
            await until(lambda: heard == ["connected"])
            await asyncio.sleep(1)  # an answering server is left alone, however quiet
            middle.is_silent = True
            await until(lambda: heard == ["connected"] * 2)
            name = connections["default"].settings_dict["NAME"]
            with psycopg.connect(os.environ["DATABASE_URL"], dbname=name, autocommit=True) as other:
                other.execute("SELECT pg_notify(%s, 'news')", [CHANNEL])
            await until(lambda: heard[2:] == ["news"])
            task.cancel()
            await asyncio.wait([task])

    asyncio.run(asyncio.wait_for(listen_through_silence(), 20))
    assert middle.met == 2


async def until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 - a test may look again
        await asyncio.sleep(0.02)


def test_what_the_address_says_of_tls_reaches_listening_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections["default"].settings_dict, "OPTIONS", {"sslmode": "verify-full"})
    given = listening.connection_parameters()
    assert given["sslmode"] == "verify-full"
    assert given["keepalives_idle"] == 10
