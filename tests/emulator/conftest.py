"""One emulator for all of these tests; each test has a channel, friends and a webhook of its own."""

from collections.abc import Iterator

import pytest

from tests.emulator import stand
from tests.emulator.receiver import Receiver
from tests.emulator.stand import Account, Emulator


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    running = stand.start()
    yield running
    running.kill()


@pytest.fixture
def account(emulator: Emulator) -> Account:
    return emulator.account()


@pytest.fixture
def friend(account: Account) -> str:
    return account.new_friend()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


@pytest.fixture
def heard(emulator: Emulator, receiver: Receiver) -> Account:
    """An account whose webhook is `receiver`."""
    return emulator.account(webhookUrl=receiver.url)
