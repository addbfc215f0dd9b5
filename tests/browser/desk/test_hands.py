"""The desk on a small screen, with the keyboard alone, and when the person at it is switched off."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Seats
from tests.browser.desk.hand import NARROW, Desk
from tests.street import Town

if TYPE_CHECKING:
    from madoguchi.accounts.models import User

pytestmark = pytest.mark.browser


def test_the_whole_job_is_done_on_a_phone(town: Town, seats: Seats) -> None:
    friend = town.friend(follows=True)
    friend.says("小さな画面でも読めますか")
    desk = seats(town.sato, viewport=NARROW, has_touch=True, is_mobile=True)
    desk.take("小さな画面でも読めますか")
    expect(desk.lists.get_by_text("自分のトーク")).to_be_hidden()
    fits(desk)
    desk.words.fill("読めますよ")
    desk.press("送信する")
    desk.sees("読めますよ", "accepted")
    desk.page.get_by_role("link", name="この友だちについて").click()
    expect(desk.page.get_by_role("button", name="LINEの名前を表示する")).to_be_visible()
    fits(desk)
    desk.page.get_by_role("link", name="トークへ戻る").click()
    desk.page.get_by_role("link", name="一覧へ戻る").click()
    expect(desk.row("読めますよ")).to_be_visible()
    fits(desk)
    desk.open("読めますよ")
    desk.close("解消")
    fits(desk)


def fits(desk: Desk) -> None:
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_whole_job_is_done_with_the_keyboard(town: Town, seats: Seats) -> None:
    for words in ("ひとりめです", "ふたりめです"):
        town.friend(follows=True).says(words)
        town.settle()
    desk = seats(town.sato)
    keys = desk.page.keyboard
    expect(desk.lists.get_by_text("2人")).to_be_visible()
    for words, rest in (("ひとりめです", "1人"), ("ふたりめです", "待っている人はいません")):
        keys.press("n")
        desk.sees(words)
        keys.press("t")
        expect(desk.words).to_be_focused()
        expect(desk.lists.get_by_text(rest)).to_be_visible()
        keys.press("Escape")
    keys.press("Alt+ArrowDown")
    desk.sees("ひとりめです")
    expect(desk.words).to_be_focused()
    keys.type("n1t?")
    expect(desk.words).to_have_value("n1t?")
    keys.press("Control+Enter")
    expect(desk.guard).to_contain_text("ひとりめです")
    desk.means_it()
    desk.sees("n1t?", "accepted")
    keys.press("Alt+2")
    desk.sees("ふたりめです")
    expect(desk.words).to_be_focused()
    keys.press("Escape")
    keys.press("e")
    keys.press("Space")
    keys.press("Enter")
    expect(desk.talk.get_by_text("「解消」で終えました")).to_be_visible()
    keys.press("?")
    expect(desk.page.get_by_role("dialog", name="キーボードの使い方")).to_be_visible()


def test_a_grave_sign_and_the_acts_of_a_talk_are_in_reach_of_the_keys(town: Town, seats: Seats) -> None:
    town.friend(follows=True).says("死にたいです")
    desk = seats(town.sato)
    desk.take("死にたいです")
    keys = desk.page.keyboard
    keys.press("Escape")
    keys.press("s")
    expect(desk.talk.get_by_role("button", name="読んで確かめた：重大")).to_be_focused()
    keys.press("Enter")
    expect(desk.talk.get_by_role("alert")).to_have_count(0)
    keys.press(".")
    expect(desk.talk.get_by_role("button", name="あとで答える")).to_be_visible()
    keys.press("Escape")
    keys.press("h")
    expect(desk.talk.get_by_text("保留中です")).to_be_visible()
    keys.press("h")
    expect(desk.talk.get_by_text("保留中です")).to_have_count(0)


def test_an_enter_that_belongs_to_the_input_method_sends_nothing(town: Town, seats: Seats) -> None:
    friend = town.friend(follows=True)
    friend.says("きいてください")
    desk = seats(town.sato)
    desk.take("きいてください")
    desk.words.fill("へんかんちゅう")
    desk.words.evaluate(
        "field => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true}))"
    )
    desk.words.press("Enter")
    expect(desk.words).to_have_value("へんかんちゅう\n")
    town.settle()
    assert "へんかんちゅう" not in "".join(friend.reads())


def test_switching_a_person_off_blanks_the_screen(town: Town, administrator: "User", seats: Seats) -> None:
    from madoguchi.accounts import actions as accounts

    town.friend(follows=True).says("ひみつの話です")
    desk = seats(town.sato)
    desk.take("ひみつの話です")
    desk.words.fill("まだ送っていない言葉")
    desk.is_connected()
    accounts.set_roles(administrator, town.sato, ["counsellor"], is_active=False)
    said = desk.page.get_by_text("内容をこの画面から消しました")
    expect(said.or_(desk.page.get_by_role("heading", name="サインイン", exact=True))).to_be_visible()
    expect(desk.page.get_by_text("ひみつの話です")).to_have_count(0)
    expect(desk.page.locator("textarea")).to_have_count(0)
    expect(desk.page.locator('connection-badge[state="open"]')).to_have_count(0)


def test_a_link_of_a_friend_is_opened_only_after_it_was_shown(town: Town, seats: Seats) -> None:
    town.friend(follows=True).says("これ見て https://evil.example/login?x=1 です")
    desk = seats(town.sato)
    asked: list[str] = []
    desk.page.context.on("request", lambda request: asked.append(request.url))
    desk.open("これ見て")
    desk.messages.get_by_role("link", name="https://evil.example/login?x=1").click()
    expect(desk.page.get_by_role("dialog")).to_contain_text("https://evil.example/login?x=1")
    desk.press("開かない")
    assert not [url for url in asked if "evil.example" in url]
