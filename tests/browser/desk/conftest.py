"""Desks in Chromium on the street of real processes: each test has a town of its own and staff who sign in by the form."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser

from tests.browser.desk.hand import Desk, sit_down
from tests.street import Town

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
