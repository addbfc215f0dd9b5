"""Desks in Chromium on the street of real processes: each test has a town of its own and staff who sign in by the form."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk.hand import Desk, sit_down
from tests.browser.hand import Phone, window
from tests.street import Friend, Town

if TYPE_CHECKING:  # read before Django is ready
    from madoguchi.accounts.models import User

Seats = Callable[..., Desk]


@pytest.fixture(autouse=True)
def _beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps an event loop in this thread, in which Django would refuse to ask the database."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def seats(browser: Browser, town: Town) -> Iterator[Seats]:
    """`seats(user, **context options)` -> that person's desk, signed in, in a browser of its own."""
    with ExitStack() as rooms:

        def seat(user: "User", **how: Any) -> Desk:
            return rooms.enter_context(sit_down(browser, town.desk, user.email, **how))

        yield seat


@dataclass
class Stage:
    """Two counsellors and a supervisor at their desks, and four friends who hold their phones in one window."""

    sato: Desk
    suzuki: Desk
    supervisor: Desk
    friends: dict[str, Friend]
    window: Page

    def phone(self, name: str) -> Phone:
        return Phone(self.window, name)


FRIENDS = ("ひなた", "ゆうママ", "そら", "みお")


@pytest.fixture
def stage(town: Town, suzuki: "User", seats: Seats, browser: Browser) -> Iterator[Stage]:
    friends = {name: town.friend(name, follows=True) for name in FRIENDS}
    phones = ",".join(friend.user_id for friend in friends.values())
    with window(browser, f"{town.platform.origin}/?phones={phones}&open={town.account.id}") as shown:
        yield Stage(seats(town.sato), seats(suzuki), seats(town.supervisor), friends, shown)


@pytest.fixture
def suzuki(town: Town) -> "User":
    from madoguchi.accounts.models import Role

    return member(town, "鈴木 あおい", Role.COUNSELLOR)


@pytest.fixture
def administrator(town: Town) -> "User":
    from madoguchi.accounts.models import Role

    return member(town, "山本 管理", Role.ADMINISTRATOR)


def member(town: Town, name: str, *roles: str) -> "User":
    from uuid import uuid4

    from madoguchi.accounts import actions as accounts

    email = f"{uuid4().hex[:12]}@example.jp"
    return accounts.add_user(None, town.sato.organisation, email, name, roles, "a-long-password")[0]
