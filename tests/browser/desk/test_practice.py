"""A practice talk against the real desk: played, answered, looked back at, and never counted."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Seats, Stage
from tests.browser.desk.test_screens import STILL, is_open_to_all
from tests.street import Town

pytestmark = pytest.mark.browser
PAUSES = 40_000  # ms: the script's consulter takes some seconds to write, as people do


def test_a_practice_talk_is_played_against_the_real_desk_and_never_counts(stage: Stage) -> None:
    sato, board = stage.sato, stage.supervisor.page
    sato.page.goto(f"{sato.origin}/practice/")
    script = sato.page.locator(".practice-scripts li").filter(has_text="いじめられている中学生")
    script.get_by_role("button", name="始める").click()
    expect(sato.page.get_by_text("練習が始まりました")).to_be_visible()
    sato.page.goto(f"{sato.origin}/desk/")
    row = sato.lists.locator(".queue-row").filter(has_text="練習")
    expect(row).to_have_count(1, timeout=PAUSES)
    row.click()
    sato.sees("きいてほしい")
    sato.press("この相談を担当する")
    expect(sato.words).to_be_visible()
    expect(sato.talk.locator(".talk-head .practice-mark")).to_be_visible()
    sato.answer("話してくれてありがとう。何がありましたか")
    expect(sato.says("むしされてる")).to_be_visible(timeout=PAUSES)
    sato.answer("それはつらいですね")
    expect(sato.talk.get_by_role("alert")).to_be_visible(timeout=PAUSES)
    board.goto(f"{stage.supervisor.origin}/board/")
    expect(board.locator(".board-tiles")).to_be_visible()
    for number in board.locator(".board-tiles strong").all_inner_texts():
        assert number == "0"
    assert board.locator(".four dd").all_inner_texts() == ["0", "0", "0", "0"]
    expect(board.locator(".board")).not_to_contain_text("件が確認を待っています")
    sato.press("読んで確かめた：重大")
    sato.close("解消")
    sato.page.goto(f"{sato.origin}/practice/")
    sato.page.get_by_role("link", name="いじめられている中学生").click()
    expect(sato.page.get_by_role("heading", name="練習のふり返り")).to_be_visible()
    expect(sato.page.locator(".practice-facts")).to_contain_text("秒")
    expect(sato.page.locator(".practice-signs")).to_contain_text("重大とした")
    assert not [said for friend in stage.friends.values() for said in friend.reads() if "つらい" in said]


def test_the_screens_of_practice(town: Town, seats: Seats) -> None:
    from madoguchi.practice import actions as practices

    desk = seats(town.sato, **STILL)
    desk.page.goto(f"{desk.origin}/practice/")
    expect(desk.page.get_by_text("まだ練習はありません")).to_be_visible()
    is_open_to_all(desk)
    played = practices.start(town.sato, "bullied_child")
    desk.page.goto(f"{desk.origin}/practice/?q=中学生")
    expect(desk.page.locator("#running tbody tr")).to_have_count(1)
    is_open_to_all(desk)
    practices.stop(town.sato, played.pk)
    desk.page.goto(f"{desk.origin}/practice/{played.pk}/")
    expect(desk.page.get_by_role("heading", name="練習のふり返り")).to_be_visible()
    is_open_to_all(desk)
