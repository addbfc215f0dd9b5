"""A counsellor's desk in Chromium, and the short ways of a hand on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, ViewportSize, expect

PATIENCE = 15.0  # seconds on a machine that does much else; what is promised in less says so in its test
PASSWORD = "a-long-password"
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}

LOOKS_AS_DRAWN_NOW = """async () => {
  const lines = (page) => [...page.querySelectorAll("#lists [name=known]")].map((line) => line.value).join();
  const drawn = await (await fetch("/desk/lists/")).text();
  return !document.querySelector("#lists.htmx-request")
    && lines(new DOMParser().parseFromString(drawn, "text/html")) === lines(document);
}"""


expect.set_options(timeout=PATIENCE * 1000)


@dataclass
class Desk:
    page: Page
    origin: str

    @property
    def lists(self) -> Locator:
        return self.page.locator("#lists")

    @property
    def talk(self) -> Locator:
        return self.page.locator("#talk-pane")

    @property
    def words(self) -> Locator:
        """Where an answer is written."""
        return self.talk.locator(".composer").get_by_role("textbox")

    @property
    def messages(self) -> Locator:
        return self.talk.locator("article.message")

    def row(self, words: str) -> Locator:
        """The line of the lists with these last words."""
        return self.lists.get_by_role("link").filter(has_text=words).first

    def open(self, words: str) -> None:
        self.row(words).click()
        expect(self.messages.first).to_be_visible()

    def take(self, words: str) -> None:
        self.open(words)
        self.press("この相談を担当する")
        expect(self.words).to_be_visible()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def answer(self, words: str) -> None:
        self.words.fill(words)
        self.page.keyboard.press("Control+Enter")
        self.means_it()
        self.sees(words)
        expect(self.words).to_have_value("")

    @property
    def guard(self) -> Locator:
        """What shows to whom the first answer goes after a switch of talk."""
        return self.talk.locator("send-guard:not([hidden])")

    def means_it(self) -> None:
        """Send once more where the desk asks to whom."""
        if self.guard.count():
            expect(self.guard).to_have_attribute("ready", "")
            self.page.keyboard.press("Enter")

    def says(self, words: str) -> Locator:
        return self.messages.filter(has_text=words)

    def sees(self, words: str, state: str = "") -> None:
        """Once and only once, and in this state."""
        self.sees_in(words, PATIENCE)
        if state:
            expect(self.says(words)).to_have_attribute("data-state", state)

    def sees_in(self, words: str, seconds: float) -> None:
        expect(self.says(words)).to_have_count(1, timeout=seconds * 1000)

    def close(self, outcome: str) -> None:
        self.press("終える")
        self.page.get_by_label(outcome).check()
        self.press("この結果で終える")
        expect(self.talk.get_by_text(f"「{outcome}」で終えました")).to_be_visible()

    def is_connected(self) -> None:
        expect(self.page.locator("connection-badge")).to_have_attribute("state", "open")

    def rests(self) -> None:
        """The lists show what they would show if they were drawn now: no news of before is still to come."""
        self.page.wait_for_function(LOOKS_AS_DRAWN_NOW)


def _refused(said: ConsoleMessage) -> list[str]:
    return [said.text] if "Content Security" in said.text else []


def _sign_in(context: BrowserContext, origin: str, email: str) -> None:
    """Without drawing the form, which `test_screens` does."""
    context.request.get(f"{origin}/sign-in/")
    csrf = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken")
    form: dict[str, str | float | bool] = {"email": email, "password": PASSWORD, "csrfmiddlewaretoken": csrf}
    assert "サインインする" not in context.request.post(f"{origin}/sign-in/", form=form).text()


@contextmanager
def sit_down(browser: Browser, origin: str, email: str, **how: Any) -> Iterator[Desk]:
    """Signed in, on the first page. What the page's scripts throw, or its content policy refuses, fails the test."""
    context = browser.new_context(**{"viewport": WIDE, "locale": "ja-JP", **how})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.extend(_refused(said)))
    _sign_in(context, origin, email)
    page.goto(f"{origin}/")
    yield Desk(page, origin)
    context.close()
    assert complaints == [], complaints
