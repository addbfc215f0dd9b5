"""The door's locks: one channel whose keys do not open costs the others nothing."""

import asyncio
import os

import pytest

from madoguchi.inbox.locks import Closed, Locks, all_locks
from madoguchi.inbox.rows import Lock
from tests.people import Town, found_town


@pytest.fixture
def broken(town: Town) -> Town:
    town.channel.wrapped_key = os.urandom(40)
    town.channel.save(update_fields=["wrapped_key"])
    return town


def test_a_channel_that_does_not_open_leaves_the_others_open(broken: Town) -> None:
    sound = found_town()
    locks = all_locks()
    assert locks[sound.channel.key].secrets
    assert not locks[broken.channel.key].secrets
    assert "nobody" not in locks


def test_its_key_is_known_but_closed_and_others_are_found(
    broken: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sound = found_town()
    found = all_locks()
    monkeypatch.setattr("madoguchi.inbox.locks.all_locks", lambda: found)
    locks = Locks()

    async def look() -> tuple[Lock | None, Lock | None]:
        with pytest.raises(Closed):
            await locks.find(broken.channel.key)
        with pytest.raises(Closed):
            await locks.find_anew(broken.channel.key)
        return await locks.find(sound.channel.key), await locks.find("nobody")

    opened, unknown = asyncio.run(look())
    assert opened is not None
    assert unknown is None
    assert [r.getMessage() for r in caplog.records].count(
        f"channel {broken.channel.pk} does not open: look at the root key and its organisation's keys"
    ) == 1
