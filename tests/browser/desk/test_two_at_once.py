"""Two people at one queue: at most one holds a talk, the other is told at once and keeps nothing of it on the screen."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Seats
from tests.browser.desk.hand import Desk
from tests.street import Town

if TYPE_CHECKING:
    from madoguchi.accounts.models import User

pytestmark = pytest.mark.browser
TAKE = "document.querySelector('.take-bar button').click()"


def test_of_two_who_take_at_once_one_wins_and_the_other_is_told(
    town: Town, suzuki: "User", seats: Seats
) -> None:
    town.friend(follows=True).says("ひみつの話です")
    desks = {"佐藤": seats(town.sato), "鈴木 あおい": seats(suzuki)}
    for desk in desks.values():
        desk.open("ひみつの話です")
    for desk in desks.values():
        desk.page.evaluate(TAKE)
    told = {name: desk.talk.get_by_text("さんが担当しています") for name, desk in desks.items()}
    expect(told["佐藤"].or_(desks["佐藤"].words)).to_be_visible()
    winner = "佐藤" if desks["佐藤"].words.is_visible() else "鈴木 あおい"
    loser = next(name for name in desks if name != winner)
    expect(desks[winner].words).to_be_visible()
    expect(told[loser]).to_have_text(f"{winner}さんが担当しています")
    nothing_is_left(desks[loser], "ひみつの話です")


def nothing_is_left(desk: Desk, words: str) -> None:
    expect(desk.page.get_by_text(words)).to_have_count(0)
    expect(desk.messages).to_have_count(0)


def test_a_talk_that_somebody_takes_leaves_the_other_screens(
    town: Town, suzuki: "User", seats: Seats
) -> None:
    town.friend(follows=True).says("ひみつの話です")
    sato, colleague = seats(town.sato), seats(suzuki)
    for desk in (sato, colleague):
        desk.open("ひみつの話です")
    sato.press("この相談を担当する")
    expect(colleague.talk.get_by_text("佐藤さんが担当しています")).to_be_visible()
    nothing_is_left(colleague, "ひみつの話です")
    sato.answer("続きは私が聞きます")
    nothing_is_left(colleague, "続きは私が聞きます")


def test_a_talk_that_is_given_back_waits_for_all_again(town: Town, suzuki: "User", seats: Seats) -> None:
    town.friend(follows=True).says("きいてください")
    sato, colleague = seats(town.sato), seats(suzuki)
    sato.take("きいてください")
    sato.page.get_by_label("この相談の操作").click()
    sato.page.get_by_role("button", name="待っている人の列に戻す").click()
    sato.page.get_by_role("dialog").get_by_role("button", name="列に戻す", exact=True).click()
    expect(sato.talk.get_by_text("待っている人の列に戻しました")).to_be_visible()
    colleague.take("きいてください")


def test_a_supervisor_reads_the_team_s_talks_without_a_pen(town: Town, seats: Seats) -> None:
    friend, _conversation = town.open_talk("担任のことで")
    supervisor = seats(town.supervisor)
    supervisor.open("佐藤さんが担当")
    supervisor.sees("担任のことで")
    friend.says("つづきです")
    supervisor.sees("つづきです")
    expect(supervisor.words).to_have_count(0)
    assert not any(line["read"] for line in town.account.thread(friend.user_id) if line["from"] == "friend")


def test_the_quiet_pane_calls_as_soon_as_somebody_waits(town: Town, suzuki: "User", seats: Seats) -> None:
    desk, colleague = seats(town.sato), seats(suzuki)
    expect(desk.talk.get_by_text("いまは静かです")).to_be_visible()
    town.friend(follows=True).says("だれかいますか")
    expect(desk.talk.get_by_text("次の人が待っています")).to_be_visible()
    colleague.take("だれかいますか")
    expect(desk.talk.get_by_text("いまは静かです")).to_be_visible()
