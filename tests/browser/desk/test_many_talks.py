"""Many talks in one pair of hands: each with its own draft, none sent to the wrong person, and calls until somebody comes."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import FRIENDS, Stage
from tests.browser.hand import until
from tests.street import Town

pytestmark = pytest.mark.browser


def three_talks(stage: Stage) -> None:
    for name in FRIENDS[:3]:
        stage.phone(name).send(f"{name}です")
        stage.sato.take(f"{name}です")


def test_a_draft_stays_with_its_talk_through_switches_and_a_reload(stage: Stage) -> None:
    three_talks(stage)
    desk, keys = stage.sato, stage.sato.page.keyboard
    for number, name in enumerate(FRIENDS[:3], 1):
        keys.press(f"Alt+{number}")
        desk.sees(f"{name}です")
        expect(desk.words).to_have_value("")
        desk.words.fill(f"{name}さんへの書きかけ")
    desk.page.reload()
    for number, name in enumerate(FRIENDS[:3], 1):
        keys.press(f"Alt+{number}")
        desk.sees(f"{name}です")
        expect(desk.words).to_have_value(f"{name}さんへの書きかけ")
    expect(desk.lists.locator(".queue-draft")).to_have_count(3)
    assert not any("書きかけ" in read for name in FRIENDS for read in stage.friends[name].reads())


def test_after_a_switch_the_first_answer_shows_to_whom_it_goes(stage: Stage) -> None:
    three_talks(stage)
    desk, keys = stage.sato, stage.sato.page.keyboard
    keys.press("Alt+1")
    desk.sees("ひなたです")
    desk.words.fill("そらさんに書いたつもり")
    keys.press("Control+Enter")
    handle = stage.friends["ひなた"].known().handle
    expect(desk.guard).to_contain_text(handle)
    expect(desk.guard).to_contain_text("ひなたです")
    keys.press("Escape")
    expect(desk.guard).to_have_count(0)
    desk.answer("ひなたさん、こんにちは")
    desk.words.fill("もうひとこと")
    keys.press("Control+Enter")
    desk.sees("もうひとこと", "accepted")
    expect(desk.guard).to_have_count(0)
    assert not any("つもり" in read for name in FRIENDS for read in stage.friends[name].reads())


def test_u_goes_to_what_is_unread_and_the_line_shows_since_when(town: Town, stage: Stage) -> None:
    three_talks(stage)
    stage.phone("ひなた").send("まだいますか")
    row = stage.sato.row("まだいますか")
    expect(row.locator(".count")).to_contain_text("1")
    expect(row.locator("elapsed-time")).to_be_visible()
    stage.sato.page.keyboard.press("Alt+u")
    stage.sato.sees("まだいますか")


RECORD = """
localStorage.setItem("call-every", "2");
window.heard = [];
document.addEventListener("desk-call", (event) => window.heard.push(event.detail.kind));
window.told = [];
window.Notification = class { constructor(title, options) { window.told.push(title + options.body); } close() {} };
window.Notification.permission = "granted";
Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
"""


def calls(desk: Any, kind: str) -> int:
    return int(desk.page.evaluate("kind => heard.filter((one) => one === kind).length", kind))


def test_the_desk_calls_until_somebody_takes_who_waits_and_says_nothing_of_it(stage: Stage) -> None:
    desk = stage.sato
    desk.page.add_init_script(RECORD)
    desk.page.goto(f"{desk.origin}/desk/")
    desk.page.get_by_role("button", name="受けられます").click()
    expect(desk.page.locator("waiting-call[free]")).to_have_count(1)
    stage.phone("みお").send("だれにもいわないで")
    expect(desk.row("だれにもいわないで")).to_be_visible()
    until(lambda: calls(desk, "waiting") >= 3, 20)
    assert set(desk.page.evaluate("told")) == {"窓口待っている人がいます（1人）"}
    stage.suzuki.take("だれにもいわないで")
    expect(desk.lists.get_by_text("だれにもいわないで")).to_have_count(0)
    rest = calls(desk, "waiting")
    desk.page.wait_for_timeout(4000)
    assert calls(desk, "waiting") == rest
