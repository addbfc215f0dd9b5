"""The door's view of all channels, kept in memory: looked up anew when a key is unknown, and every few seconds."""

import asyncio
import time

from asgiref.sync import sync_to_async
from django.db import connections
from django.db.models import Q
from django.db.models.functions import Now

from madoguchi.accounts import keys
from madoguchi.channels.models import Channel
from madoguchi.core import walls
from madoguchi.inbox.rows import Lock

FRESH_SECONDS = 5.0
SOONEST_SECONDS = 0.5


class Locks:
    """Channel key -> Lock."""

    def __init__(self) -> None:
        self._locks: dict[str, Lock] = {}
        self._read_at = 0.0
        self._reading = asyncio.Lock()

    async def find(self, channel_key: str) -> Lock | None:
        """The lock of this key. A new secret or channel is known within 5 s, an unknown key is looked up within 0.5 s."""
        found = self._locks.get(channel_key)
        if self._age() > (FRESH_SECONDS if found else SOONEST_SECONDS):
            await self._read()
            found = self._locks.get(channel_key)
        return found

    def _age(self) -> float:
        return time.monotonic() - self._read_at if self._read_at else float("inf")

    async def _read(self) -> None:
        async with self._reading:
            if self._age() > SOONEST_SECONDS:
                self._locks = await sync_to_async(all_locks, thread_sensitive=False)()
                self._read_at = time.monotonic()


def all_locks() -> dict[str, Lock]:
    """Every channel's lock, with the former secret while it is still accepted."""
    try:
        with walls.everywhere():
            channels = list(Channel.objects.all())
            changing = Channel.objects.filter(Q(former_secret_until__gt=Now())).values_list("pk", flat=True)
            return {channel.key: _lock(channel, channel.pk in set(changing)) for channel in channels}
    finally:
        connections.close_all()


def _lock(channel: Channel, is_changing: bool) -> Lock:
    secrets = channel.secrets() if is_changing else [channel.unseal("secret")]
    return Lock(
        channel_id=channel.pk,
        organisation_id=channel.organisation_id,
        channel_key=channel.key,
        secrets=tuple(secret for secret in secrets if secret),
        data_key=channel.data_key,
        lookup_key=keys.lookup_key(channel.organisation_id),
    )
