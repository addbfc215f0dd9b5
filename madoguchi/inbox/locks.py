"""The door's view of all channels, kept in memory and read anew every few seconds.

Whoever the known locks would turn away is judged once more by a fresh reading: a channel or secret that was saved a
moment ago is known at once, and LINE is not refused. However many knock, there is one reading in a tenth of a second.
"""

import asyncio
import logging
import time

from asgiref.sync import sync_to_async
from django.db import Error, connections
from django.db.models import Q
from django.db.models.functions import Now

from madoguchi.accounts import keys
from madoguchi.accounts.models import OrganisationKey
from madoguchi.channels.models import Channel
from madoguchi.core import walls
from madoguchi.core.seal import CannotOpen
from madoguchi.inbox.rows import Lock

logger = logging.getLogger(__name__)
FRESH_SECONDS = 5.0
SOONEST_SECONDS = 0.1
PATIENCE_SECONDS, SHORT_PATIENCE_SECONDS = 1.0, 0.3  # LINE waits two


class Unreadable(Exception):
    """The database does not answer in time, and what is known does not suffice."""


class Closed(Unreadable):
    """This channel is ours, but its keys do not open: LINE comes again, and finds it mended."""


class Locks:
    """Channel key -> Lock."""

    def __init__(self) -> None:
        self._locks: dict[str, Lock] = {}
        self._closed: set[int] = set()  # the channels that were already said not to open
        self._read_at = self._tried_at = float(
            "-inf"
        )  # when the newest reading began that succeeded, and at all
        self._reading: asyncio.Task[None] | None = None

    async def find(self, channel_key: str) -> Lock | None:
        """The lock of this key, at most 5 s old; older while the database is away. Raises Closed when it does not
        open, and Unreadable before the first reading has succeeded."""
        oldest = time.monotonic() - FRESH_SECONDS
        if self._read_at < oldest:
            try:
                await self._read_since(oldest, SHORT_PATIENCE_SECONDS if self._locks else PATIENCE_SECONDS)
            except Unreadable:
                if not self._locks:
                    raise
        return self._known(channel_key)

    async def find_anew(self, channel_key: str) -> Lock | None:
        """The lock of this key as it stands now. Raises Unreadable, of which Closed is one."""
        await self._read_since(time.monotonic())
        return self._known(channel_key)

    def _known(self, channel_key: str) -> Lock | None:
        lock = self._locks.get(channel_key)
        if lock is not None and not lock.secrets:
            raise Closed
        return lock

    async def _read_since(self, moment: float, patience: float = PATIENCE_SECONDS) -> None:
        """Return once a reading has succeeded that began after `moment`; all who wait share it."""
        try:
            async with asyncio.timeout(patience):
                while self._read_at < moment:
                    if self._reading is None or self._reading.done():
                        self._reading = asyncio.create_task(self._read())
                    await asyncio.shield(self._reading)
        except TimeoutError:
            raise Unreadable from None

    async def _read(self) -> None:
        await asyncio.sleep(self._tried_at + SOONEST_SECONDS - time.monotonic())
        began = self._tried_at = time.monotonic()
        try:
            self._locks = await sync_to_async(all_locks, thread_sensitive=False)()
            self._read_at = began
            self._tell_closed({lock.channel_id for lock in self._locks.values() if not lock.secrets})
        except Error as error:
            logger.warning("cannot read the channels: %s", type(error).__name__)

    def _tell_closed(self, closed: set[int]) -> None:
        for channel_id in sorted(closed - self._closed):
            logger.error(
                "channel %s does not open: look at the root key and its organisation's keys", channel_id
            )
        self._closed = closed


def all_locks() -> dict[str, Lock]:
    """Every channel's lock, with the former secret while it is still accepted. One that does not open has no secret, so
    nothing can be signed with it."""
    try:
        with walls.everywhere():
            channels = list(Channel.objects.all())
            changing = set(
                Channel.objects.filter(Q(former_secret_until__gt=Now())).values_list("pk", flat=True)
            )
            return {channel.key: _lock_if_it_opens(channel, channel.pk in changing) for channel in channels}
    finally:
        connections.close_all()


def _lock_if_it_opens(channel: Channel, is_changing: bool) -> Lock:
    try:
        return _lock(channel, is_changing)
    except (CannotOpen, OrganisationKey.DoesNotExist):
        return Lock(channel.pk, channel.organisation_id, channel.key, (), b"", b"")


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
