"""A friend's page in Chromium on the street of real processes: at 320 px, with scripts and without."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk.conftest import seats  # noqa: F401 - a fixture
from tests.browser.hand import findings, window
from tests.street import Town

if TYPE_CHECKING:  # read before Django is ready
    from madoguchi.surveys.definition import Definition
    from madoguchi.surveys.models import Submission, Survey

TINY = {"width": 320, "height": 640}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def _beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps an event loop in this thread, in which Django would refuse to ask the database."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@dataclass
class Sheet:
    """The page of one friend's submission."""

    page: Page
    address: str
    submission: "Submission"

    def press(self, name: str, role: Any = "button") -> None:
        self.page.get_by_role(role, name=name, exact=False).first.click()

    def sees(self, words: str) -> None:
        expect(self.page.get_by_role("main").get_by_text(words).first).to_be_visible()

    def is_open_to_all(self) -> None:
        """Nothing for axe to say, and nothing beyond the edge of the smallest phone."""
        for look in ("light", "dark"):
            self.page.emulate_media(color_scheme=look, reduced_motion="reduce")
            assert findings(self.page) == [], f"{self.page.title()} {look}"
        assert self.page.evaluate(OVERFLOW) <= 0, self.page.title()


Opens = Callable[..., Sheet]


@pytest.fixture
def sheet(browser: Browser, town: Town) -> Iterator[Opens]:
    """`sheet(definition, **context options)` -> the page of a friend who has just begun."""
    with ExitStack() as windows:

        def opened(definition: "Definition", **how: Any) -> Sheet:
            address, submission = begun(town, definition)
            options = {"viewport": TINY, "bypass_csp": True, "reduced_motion": "reduce", **how}
            return Sheet(windows.enter_context(window(browser, address, **options)), address, submission)

        yield opened


def going_out(town: Town, definition: "Definition") -> "Survey":
    """A survey of the town's that is asked."""
    from madoguchi.surveys import actions as surveys

    survey = surveys.create(town.supervisor, definition.title.ja, definition=definition)
    surveys.publish(town.supervisor, survey)
    survey.refresh_from_db()
    return survey


def address_of(town: Town, submission: "Submission") -> str:
    """Where one friend answers, on the street."""
    from urllib.parse import urlsplit

    from madoguchi.surveys.actions import links

    return town.desk + urlsplit(links.address_for(submission)).path


def begun(town: Town, definition: "Definition") -> "tuple[str, Submission]":
    from madoguchi.surveys import actions as surveys

    submission = surveys.begin(town.friend(follows=True).known(), going_out(town, definition))
    return address_of(town, submission), submission
