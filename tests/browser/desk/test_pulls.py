"""What a tab pulls: only the lines that look different, and once more what failed."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Response, Route, expect

from tests.browser.desk.conftest import Seats
from tests.street import Town

if TYPE_CHECKING:
    from madoguchi.accounts.models import User

pytestmark = pytest.mark.browser


def test_a_pull_that_failed_is_asked_once_more(town: Town, seats: Seats) -> None:
    desk = seats(town.sato)
    desk.is_connected()
    failed: list[str] = []

    def fail_twice(route: Route) -> None:
        if len(failed) < 2:
            failed.append(route.request.url)
            route.fulfill(status=503, body="")
        else:
            route.continue_()

    desk.page.route("**/desk/lists/**", fail_twice)
    town.friend(follows=True).says("きいてください")
    expect(desk.row("きいてください")).to_be_visible()
    assert len(failed) == 2


def test_a_line_that_looks_the_same_is_not_drawn_again_and_stays_where_it_belongs(
    town: Town, seats: Seats
) -> None:
    desk = seats(town.sato)
    for name in ("ひなた", "そら", "みお"):
        town.friend(name, follows=True).says(f"{name}です")
        expect(desk.row(f"{name}です")).to_be_visible()
    town.settle()  # what became of our automatic words changes their lines too
    desk.rests()
    pulled: list[Response] = []
    desk.page.on("response", lambda got: pulled.append(got) if "/desk/lists/" in got.url else None)
    desk.page.evaluate(
        "document.querySelectorAll('#lists li').forEach((line) => { line.dataset.stood = 'yes'; })"
    )
    town.friend("ゆう", follows=True).says("ゆうです")
    expect(desk.row("ゆうです")).to_be_visible()
    drawn = "".join(got.text() for got in pulled)
    assert "そらです" not in drawn
    assert "ゆうです" in drawn
    assert desk.page.locator("#lists li[data-stood]").count() == 3
    expect(desk.lists.locator(".waiting .queue-line")).to_have_text(
        ["ひなたです", "そらです", "みおです", "ゆうです"]
    )
    desk.open("そらです")
    expect(desk.row("そらです")).to_have_attribute("aria-current", "page")


def test_what_stands_beside_a_talk_follows_what_is_done_elsewhere(
    town: Town, suzuki: "User", seats: Seats
) -> None:
    from madoguchi.desk import actions

    _friend, talk = town.open_talk("きいてください")
    desk = seats(town.sato)
    desk.open("きいてください")
    beside = desk.page.locator("#about")
    expect(beside.get_by_role("textbox").first).to_be_visible()
    asked = actions.hand_over(town.sato, talk.pk, "おねがいします", to=suzuki)
    expect(beside.get_by_text("鈴木 あおいさんに引き継ぎを頼んでいます")).to_be_visible()
    actions.decline(suzuki, asked.pk)
    expect(beside.get_by_text("鈴木 あおいさんに引き継ぎを頼んでいます")).to_have_count(0)
    actions.set_speaker(town.sato, talk.pk, "mother")
    expect(beside.get_by_text("いま話しているのは 母")).to_be_visible()


def test_a_word_in_a_talk_of_ones_own_pulls_that_list_alone(town: Town, seats: Seats) -> None:
    friend = town.friend(follows=True)
    friend.says("きいてください")
    desk = seats(town.sato)
    desk.take("きいてください")
    desk.page.get_by_role("link", name="デスク").first.click()
    desk.is_connected()
    pulled: list[str] = []
    desk.page.on(
        "request", lambda request: pulled.append(request.url) if "/desk/lists/" in request.url else None
    )
    town.settle()
    desk.rests()
    pulled.clear()
    friend.says("もうひとつ")
    expect(desk.page.locator("#mine-lines")).to_contain_text("もうひとつ")
    assert any("part=mine" in url for url in pulled)
    expect(desk.page).to_have_title(re.compile(r"^\(1\) "))
    town.friend(follows=True).says("はじめまして")
    expect(desk.page.locator("#waiting-lines")).to_contain_text("はじめまして")
    expect(desk.page.locator("#mine-lines")).to_contain_text("もうひとつ")
    expect(desk.page).to_have_title(re.compile(r"^\(2\) "))


def test_the_queues_own_words_let_those_of_ones_own_talks_pass(town: Town, seats: Seats) -> None:
    mine, other = town.friend(follows=True), town.friend(follows=True)
    mine.says("きいてください")
    desk = seats(town.sato)
    desk.take("きいてください")
    other.says("だれかいますか")
    expect(desk.page.locator("#waiting-lines")).to_contain_text("だれかいますか")
    held: list[Route] = []

    def hold_one(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    desk.page.route("**/desk/lists/?*part=waiting*", hold_one)
    with desk.page.expect_request("**/desk/lists/?*part=waiting*"):
        other.says("まだいます")
    mine.says("もうひとつ")
    expect(desk.page.locator("#mine-lines")).to_contain_text("もうひとつ")
    expect(desk.page.locator("#waiting-lines")).to_contain_text("まだいます")
    assert held
