"""LISTEN on PostgreSQL for as long as the process lives: reconnects by itself and says when it has."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connections

logger = logging.getLogger(__name__)
LONGEST_PAUSE = 3.0
QUIET_SECONDS = 10.0  # after so long without a notification the server is asked for a sign of life
PATIENCE_SECONDS = 5.0

# What a connection may be told in DATABASE_URL (config.settings), and that a dead peer is noticed after 25 s at most.
_WANTED = {
    *("host", "port", "user", "password", "dbname"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey"),
    *("application_name", "connect_timeout", "target_session_attrs"),
}
_UNLESS_TOLD = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


def connection_parameters() -> dict[str, Any]:
    """What psycopg needs to reach the same database as the ORM, in the same way."""
    given = connections["default"].get_connection_params()
    return _UNLESS_TOLD | {key: value for key, value in given.items() if key in _WANTED}


async def listen(channel: str, on_payload: Callable[[str], None], on_connect: Callable[[], None]) -> None:
    """Call `on_payload` for every notification of `channel`, and `on_connect` whenever the listening starts anew:
    what was notified meanwhile is lost, so that is the moment to look at the rows themselves. A server that has gone
    silent is noticed within 15 s. Runs until cancelled."""
    pause = 0.1
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                **connection_parameters(), autocommit=True
            ) as connection:
                await connection.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
                on_connect()
                pause = 0.1
                while True:
                    async for notification in connection.notifies(timeout=QUIET_SECONDS):
                        on_payload(notification.payload)
                    await _hear_a_sign_of_life(connection)
        except psycopg.Error:
            logger.warning("lost the database while listening; trying again in %.1f s", pause)
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)


async def _hear_a_sign_of_life(connection: psycopg.AsyncConnection[Any]) -> None:
    """Raises psycopg.OperationalError when the server does not answer. The connection is closed before the question is
    given up: psycopg would otherwise ask the silent server to cancel it, and wait for that too."""
    asked = asyncio.ensure_future(connection.execute("SELECT 1"))
    try:
        await asyncio.wait([asked], timeout=PATIENCE_SECONDS)
        if asked.done():
            await asked
            return
        await connection.close()
        raise psycopg.OperationalError("the server is silent")
    finally:
        asked.cancel()
        await asyncio.wait([asked])
