"""A window with practice phones of an emulator of its own; each test has an account and a friend of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.hand import Phone, window
from tests.emulator import stand
from tests.emulator.receiver import Receiver
from tests.emulator.stand import Account, Emulator
from tools import chromium

Opens = Callable[..., Page]


@pytest.fixture(scope="package")
def emulator() -> Iterator[Emulator]:
    running = stand.start()
    running.post("/emu/settings", {"strictHttps": False})
    yield running
    running.kill()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def account(emulator: Emulator) -> Account:
    return emulator.account(name="こども相談窓口")


@pytest.fixture
def friend(account: Account) -> str:
    return account.new_friend("はると")


@pytest.fixture
def opens(browser: Browser, emulator: Emulator) -> Iterator[Opens]:
    """`opens("U1,U2", "&open=…", **context options)` -> the window with their phones."""
    with ExitStack() as windows:

        def opened(phones: str, more: str = "", **how: Any) -> Page:
            address = f"{emulator.origin}/?phones={phones}{more}"
            return windows.enter_context(window(browser, address, **how))

        yield opened


@pytest.fixture
def phone(opens: Opens, account: Account, friend: str) -> Phone:
    """はると's phone with the talk open."""
    return Phone(opens(friend, f"&open={account.id}"), "はると")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running
