"""What a tab pulls: only the lines that look different, and once more what failed."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.desk.conftest import Seats
from tests.street import Town

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
    desk.page.evaluate(
        "document.querySelectorAll('#lists li').forEach((line) => { line.dataset.stood = 'yes'; })"
    )
    with desk.page.expect_response("**/desk/lists/**") as pulled:
        town.friend("ゆう", follows=True).says("ゆうです")
    expect(desk.row("ゆうです")).to_be_visible()
    drawn = pulled.value.text()
    assert "そらです" not in drawn
    assert "ゆうです" in drawn
    assert desk.page.locator("#lists li[data-stood]").count() == 3
    expect(desk.lists.locator(".waiting .queue-line")).to_have_text(
        ["ひなたです", "そらです", "みおです", "ゆうです"]
    )
    desk.open("そらです")
    expect(desk.row("そらです")).to_have_attribute("aria-current", "page")
