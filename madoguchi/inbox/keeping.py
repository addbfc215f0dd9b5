"""Keeping rows durably, many requests in one INSERT and one commit.

While one INSERT is under way the next requests gather; then they go together. The queue is bounded: beyond it the door
answers 503 and LINE comes again. One bad row must not fail its neighbours, so a refused batch is tried row by row.
"""

import asyncio
import logging
from collections.abc import Sequence

import psycopg

from madoguchi.core.listening import connection_parameters
from madoguchi.core.live import WORK
from madoguchi.core.walls import EVERYWHERE, SETTING
from madoguchi.inbox.rows import Row

logger = logging.getLogger(__name__)
MAX_WAITING = 4096
MAX_BATCH = 500
PATIENCE_SECONDS = 3  # LINE waits two and comes again: whoever waits longer only fills the queue

# One statement is one transaction: the rows and the wake-up of the workers commit together.
# %b: psycopg writes lists in binary twenty times faster than as text.
INSERT = f"""
WITH kept AS (
  INSERT INTO inbox_inboundevent (organisation_id, channel_id, event_id, kind, sender, happened_at, sealed_body,
                                  meaning, trouble)
  SELECT organisation_id, channel_id, event_id, kind, sender, happened_at, sealed_body, '', ''
  FROM unnest(%b::int8[], %b::int8[], %b::text[], %b::text[], %b::bytea[], %b::timestamptz[], %b::bytea[])
       AS row (organisation_id, channel_id, event_id, kind, sender, happened_at, sealed_body)
  ON CONFLICT (channel_id, event_id) DO NOTHING)
SELECT pg_notify('{WORK}', 'event')
"""  # noqa: S608 - WORK is a constant of ours


class TooBusy(Exception):
    """The rows are not kept: too many are waiting, or the database cannot be reached."""


class Keeper:
    """One connection, one INSERT at a time, for the whole web process."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Sequence[Row], asyncio.Future[None]]] = []
        self._connection: psycopg.AsyncConnection[tuple[str]] | None = None
        self._flushing: asyncio.Task[None] | None = None

    async def keep(self, rows: Sequence[Row]) -> None:
        """Returns once the rows are committed (or were there before). Raises TooBusy when they are not."""
        if len(self._waiting) >= MAX_WAITING:
            raise TooBusy
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((rows, kept))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        await kept

    async def close(self) -> None:
        if self._flushing is not None:
            await asyncio.wait([self._flushing], timeout=5)
        if self._connection is not None:
            await self._connection.close()

    async def _flush(self) -> None:
        """Insert until nobody waits any more."""
        while self._waiting:
            batch, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
            try:
                await self._insert([row for rows, _ in batch for row in rows])
                outcomes: list[Exception | None] = [None] * len(batch)
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                logger.error("cannot keep webhooks: %s", type(error).__name__)
                await self._drop_connection()
                outcomes = [TooBusy()] * len(batch)
            except Exception:  # noqa: BLE001 - one of them is at fault, and nobody may wait for ever
                outcomes = [await self._alone(rows) for rows, _ in batch]
            for (_, kept), outcome in zip(batch, outcomes, strict=True):
                if not kept.done():
                    kept.set_exception(outcome) if outcome else kept.set_result(None)

    async def _alone(self, rows: Sequence[Row]) -> Exception | None:
        try:
            await self._insert(rows)
        except Exception as error:  # noqa: BLE001 - this one is at fault: not kept, so not answered 200
            logger.error("a webhook cannot be kept: %s", type(error).__name__)
            return TooBusy()
        return None

    async def _insert(self, rows: Sequence[Row]) -> None:
        if self._connection is None or self._connection.closed:
            options = f"-c {SETTING}={EVERYWHERE} -c statement_timeout={PATIENCE_SECONDS}s"
            self._connection = await psycopg.AsyncConnection.connect(
                **connection_parameters() | {"connect_timeout": PATIENCE_SECONDS},
                autocommit=True,
                options=options,
                prepare_threshold=1,
            )
        columns = [list(column) for column in zip(*rows, strict=True)]
        await self._connection.execute(INSERT, columns, binary=True)

    async def _drop_connection(self) -> None:
        if self._connection is not None:
            await self._connection.close()
        self._connection = None
