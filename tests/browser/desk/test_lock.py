"""A screen that nobody touches hides itself, in every tab, and nothing that was being written is lost."""

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.conftest import Seats, Stage
from tests.browser.desk.hand import NARROW, PASSWORD, Desk
from tests.browser.desk.test_many_talks import RECORD, calls
from tests.browser.hand import findings, until
from tests.street import Town

if TYPE_CHECKING:
    from django.contrib.sessions.base_session import AbstractBaseSession

pytestmark = pytest.mark.browser


def is_locked(page: Page) -> None:
    expect(page.get_by_role("heading", name="画面をロックしました")).to_be_visible()
    expect(page.get_by_text("ひみつの話です")).to_have_count(0)


def unlock(page: Page) -> None:
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="戻る").click()


def with_a_draft(town: Town, seats: Seats) -> Desk:
    town.friend(follows=True).says("ひみつの話です")
    desk = seats(town.sato)
    desk.take("ひみつの話です")
    desk.words.fill("まだ送っていない言葉")
    desk.is_connected()
    return desk


def session_of(desk: Desk) -> "AbstractBaseSession":
    from django.contrib.sessions.models import Session

    cookies = desk.page.context.cookies()
    return Session.objects.get(pk=next(one["value"] for one in cookies if one["name"] == "sessionid"))


def set_acted(desk: Desk, seconds_ago: int) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore(session_of(desk).session_key)
    session["acted_at"] = int(time.time()) - seconds_ago
    session.save()


def acted_ago(desk: Desk) -> float:
    return time.time() - float(session_of(desk).get_decoded()["acted_at"])


def test_an_untouched_screen_hides_itself_in_every_tab_and_the_draft_stays(town: Town, seats: Seats) -> None:
    desk = with_a_draft(town, seats)
    other = desk.page.context.new_page()
    other.goto(f"{town.desk}/desk/")
    expect(other.locator("connection-badge")).to_have_attribute("state", "open")
    desk.page.evaluate("localStorage.setItem('acted-at', Date.now() - 901_000)")
    is_locked(desk.page)
    is_locked(other)
    unlock(desk.page)
    desk.sees("ひみつの話です")
    expect(desk.words).to_have_value("まだ送っていない言葉")


def test_a_reply_from_a_session_that_was_locked_is_not_sent_and_not_lost(town: Town, seats: Seats) -> None:
    desk = with_a_draft(town, seats)
    set_acted(desk, 901)
    desk.page.keyboard.press("Control+Enter")
    is_locked(desk.page)
    unlock(desk.page)
    expect(desk.words).to_have_value("まだ送っていない言葉")
    desk.page.keyboard.press("Control+Enter")
    desk.words.press("Control+Enter")
    desk.sees("まだ送っていない言葉", "accepted")


def test_whoever_only_types_is_there(town: Town, seats: Seats) -> None:
    desk = with_a_draft(town, seats)
    set_acted(desk, 600)
    desk.page.clock.install()
    desk.page.reload()
    desk.is_connected()
    set_acted(desk, 600)
    desk.page.clock.fast_forward(61_000)
    desk.words.press_sequentially("、まだ")
    deadline = time.monotonic() + 10
    while acted_ago(desk) > 60 and time.monotonic() < deadline:
        desk.page.wait_for_timeout(200)
    assert acted_ago(desk) < 60


def test_a_locked_desk_still_calls_for_who_waits_and_shows_only_how_many(
    town: Town, stage: Stage, seats: Seats
) -> None:
    desk = seats(town.sato, bypass_csp=True)
    desk.page.add_init_script(RECORD)
    desk.page.goto(f"{desk.origin}/desk/")
    desk.press("受けられます")
    expect(desk.page.locator("waiting-call[free]")).to_have_count(1)
    desk.page.evaluate("localStorage.setItem('acted-at', Date.now() - 901_000)")
    is_locked(desk.page)
    stage.phone("みお").send("ひみつの話です")
    expect(desk.page.get_by_text("待っている人がいます（1人）")).to_be_visible()
    until(lambda: calls(desk, "waiting") >= 2, 30)
    stage.phone("そら").send("もう死にたい")
    expect(desk.page.get_by_text("重大なサインが届いています（1件）")).to_be_visible()
    until(lambda: calls(desk, "grave") >= 2, 30)
    handle = stage.friends["そら"].known().handle
    assert not any(words in desk.page.content() for words in (handle, "ひみつ", "死にたい"))
    assert set(desk.page.evaluate("told")) <= SAID
    assert findings(desk.page) == []
    desk.page.set_viewport_size(NARROW)
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    unlock(desk.page)
    expect(desk.row("もう死にたい")).to_be_visible()


SAID = {
    "窓口重大なサインが届いています。確かめてください。",
    "窓口待っている人がいます（1人）",
    "窓口待っている人がいます（2人）",
}
