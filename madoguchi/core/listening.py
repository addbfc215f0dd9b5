"""LISTEN on PostgreSQL for as long as the process lives: reconnects by itself and says when it has."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connections

logger = logging.getLogger(__name__)
LONGEST_PAUSE = 3.0


def connection_parameters() -> dict[str, Any]:
    """What psycopg needs to reach the same database as the ORM."""
    wanted = ("host", "port", "user", "password", "dbname")
    return {
        key: value for key, value in connections["default"].get_connection_params().items() if key in wanted
    }


async def listen(channel: str, on_payload: Callable[[str], None], on_connect: Callable[[], None]) -> None:
    """Call `on_payload` for every notification of `channel`, and `on_connect` whenever the listening starts anew:
    what was notified meanwhile is lost, so that is the moment to look at the rows themselves. Runs until cancelled."""
    pause = 0.1
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                **connection_parameters(), autocommit=True
            ) as connection:
                await connection.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
                on_connect()
                pause = 0.1
                async for notification in connection.notifies():
                    on_payload(notification.payload)
        except psycopg.Error:
            logger.warning("lost the database while listening; trying again in %.1f s", pause)
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)
