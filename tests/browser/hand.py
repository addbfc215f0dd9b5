"""Chromium with the practice phones in it, and the short ways of a hand on them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

PATIENCE = 15.0  # seconds: the machine may be busy with more than these windows
expect.set_options(timeout=PATIENCE * 1000)


def until(true: Callable[[], Any], seconds: float = 5) -> Any:
    """What `true` gives as soon as it is something; an AssertionError when the time is over."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.03)
    return found


@dataclass
class Phone:
    """One phone of the window, by the name of its owner."""

    page: Page
    owner: str

    @property
    def at(self) -> Locator:
        return self.page.get_by_role("region", name=f"{self.owner}の電話", exact=True)

    def press(self, name: str, role: Any = "button") -> None:
        self.at.get_by_role(role, name=name).first.click()

    def write(self, text: str) -> None:
        self.at.get_by_role("textbox", name="メッセージを入力").fill(text)

    def send(self, text: str) -> None:
        self.write(text)
        self.page.keyboard.press("Enter")

    def choose(self, message: str, choice: str) -> None:
        """Opens the menu of the message with these words and takes a choice."""
        row = self.at.get_by_role("listitem").filter(has_text=message).last
        row.get_by_role("button", name="メッセージのメニュー").click()
        self.press(choice)

    def says(self, text: str) -> Locator:
        return self.at.get_by_role("log").get_by_text(text)


def _refused(said: ConsoleMessage) -> list[str]:
    return [said.text] if "Content Security" in said.text else []


@contextmanager
def window(browser: Browser, address: str, **how: Any) -> Iterator[Page]:
    """A window with the phones. What its scripts throw, or its content policy refuses, fails the test."""
    context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, "locale": "ja-JP", **how})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.extend(_refused(said)))
    page.goto(address)
    yield page
    context.close()
    assert complaints == [], complaints


_LOOK = """async (rules) => {
  const only = rules.length ? { runOnly: rules } : {};
  const found = await axe.run({ resultTypes: ["violations"], ...only });
  return found.violations
    .filter((each) => ["serious", "critical"].includes(each.impact))
    .flatMap((each) => each.nodes.map((node) => `${each.id}: ${JSON.stringify(node.target)}`));
}"""


def findings(page: Page, *rules: str) -> list[str]:
    """What axe calls serious or critical, by all its rules or by these: rule and place. The window needs `bypass_csp`, for
    axe's own styles.

    Half a megabyte goes into each page once, and only what was found comes back: the looking itself is the lesser part.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(_LOOK, list(rules)))
