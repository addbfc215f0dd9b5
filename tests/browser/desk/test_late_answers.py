"""An answer that comes late: its place has been drawn anew, or another talk is open by then."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.desk.conftest import Seats
from tests.browser.desk.hand import Desk
from tests.street import Friend, Town

if TYPE_CHECKING:
    from madoguchi.desk.models import Conversation

pytestmark = pytest.mark.browser


class Held:
    """Requests to an address that wait until the block ends."""

    def __init__(self, page: Page, address: str) -> None:
        self._page, self._address = page, address
        self._routes: list[Route] = []

    def __enter__(self) -> None:
        self._page.route(self._address, self._hold)

    def _hold(self, route: Route) -> None:
        self._routes.append(route)

    def __exit__(self, *_raised: object) -> None:
        for route in self._routes:
            with self._page.expect_event(
                "requestfinished", lambda done, url=route.request.url: done.url == url
            ):
                route.continue_()
        self._page.unroute(self._address, self._hold)


def is_whole(desk: Desk) -> None:
    """The talk's pane with its foot, and what stands beside it."""
    expect(desk.page.locator("#about .about-notes textarea")).to_be_visible()
    expect(desk.page.locator("#about").get_by_text("いま話しているのは 母")).to_be_visible()
    expect(desk.words).to_be_visible()


@pytest.fixture
def of_a_mother(town: Town) -> "Conversation":
    """A talk that Sato holds."""
    from madoguchi.desk import actions

    _friend, talk = town.open_talk("きいてください")
    actions.set_speaker(town.sato, talk.pk, "mother")
    return talk


def test_an_act_whose_pane_was_drawn_anew_meanwhile_is_still_shown(
    town: Town, seats: Seats, of_a_mother: "Conversation"
) -> None:
    desk = seats(town.sato)
    desk.open("きいてください")
    is_whole(desk)
    reveal = "**/desk/*/reveal/"
    with Held(desk.page, reveal):
        with desk.page.expect_request(reveal):
            desk.page.get_by_role("button", name="LINEの名前を表示する").click()
        with desk.page.expect_response(f"**/desk/{of_a_mother.pk}/"):
            desk.row("きいてください").click()
        is_whole(desk)
    expect(desk.page.locator("#friend-name").get_by_role("button")).to_have_count(0)
    is_whole(desk)


@pytest.fixture
def two(town: Town, seats: Seats) -> tuple[Desk, Friend, "Conversation"]:
    """Two talks that Sato holds, the first one open; its friend and the talk."""
    friend, talk = town.open_talk("ひとりめです")
    town.open_talk("ふたりめです")
    desk = seats(town.sato)
    desk.open("ひとりめです")
    expect(desk.words).to_be_visible()
    return desk, friend, talk


def goes_on_to_the_other(desk: Desk) -> None:
    if desk.page.get_by_role("dialog").count():
        desk.page.keyboard.press("Escape")
    desk.row("ふたりめです").click()
    desk.sees("ふたりめです")


def test_what_was_asked_in_one_talk_is_not_shown_in_another(
    two: tuple[Desk, Friend, "Conversation"],
) -> None:
    desk, _friend, _talk = two
    reveal = "**/desk/*/reveal/"
    with Held(desk.page, reveal):
        with desk.page.expect_request(reveal):
            desk.page.get_by_role("button", name="LINEの名前を表示する").click()
        goes_on_to_the_other(desk)
    expect(desk.page.locator("#friend-name").get_by_role("button")).to_be_visible()
    desk.sees("ふたりめです")


@pytest.mark.parametrize("act", ["hold", "release"])
def test_an_act_is_done_though_another_talk_was_opened_before_it_was_answered(
    two: tuple[Desk, Friend, "Conversation"], act: str
) -> None:
    desk, _friend, talk = two
    with Held(desk.page, f"**/desk/*/{act}/"):
        with desk.page.expect_request(f"**/desk/*/{act}/"):
            desk.page.get_by_label("この相談の操作").click()
            if act == "hold":
                desk.press("保留にする")
            else:
                desk.press("待っている人の列に戻す")
                desk.page.get_by_role("dialog").get_by_role("button", name="列に戻す").click()
        goes_on_to_the_other(desk)
    talk.refresh_from_db()
    assert talk.state == {"hold": "hold", "release": "waiting"}[act]
    desk.sees("ふたりめです")
    expect(desk.words).to_be_visible()


def next_one(town: Town, desk: Desk) -> Locator:
    """Nobody chooses, one more friend waits, and this button takes whoever is next."""
    from madoguchi.desk import actions

    actions.set_reception(town.supervisor, town.channel, {"assigning": "next"})
    town.friend(follows=True).says("さんにんめです")
    taking = desk.lists.get_by_role("button", name="次の人を担当する")
    expect(taking).to_be_enabled()
    return taking


def test_an_act_of_a_list_does_not_take_away_what_was_opened_after_it(
    town: Town, two: tuple[Desk, Friend, "Conversation"]
) -> None:
    desk, _friend, _talk = two
    taking = next_one(town, desk)
    with Held(desk.page, "**/desk/take-next/"):
        with desk.page.expect_request("**/desk/take-next/"):
            taking.click()
        goes_on_to_the_other(desk)
    expect(desk.lists.locator(".mine .queue-row")).to_have_count(3)
    desk.sees("ふたりめです")


def test_an_answer_sent_in_one_talk_does_not_appear_in_another(
    two: tuple[Desk, Friend, "Conversation"],
) -> None:
    desk, _friend, _talk = two
    with Held(desk.page, "**/reply/"):
        desk.words.fill("きいています")
        with desk.page.expect_request("**/reply/"):
            desk.page.keyboard.press("Control+Enter")
        goes_on_to_the_other(desk)
        shown = desk.messages.count()
    desk.rests()
    expect(desk.messages).to_have_count(shown)
    expect(desk.says("きいています")).to_have_count(0)
    desk.row("きいています").click()
    desk.sees("きいています")
    expect(desk.words).to_have_value("")


def test_messages_that_come_late_do_not_appear_in_another_talk(
    two: tuple[Desk, Friend, "Conversation"],
) -> None:
    desk, friend, talk = two
    pull = f"**/desk/{talk.pk}/messages/**"
    with Held(desk.page, pull):
        with desk.page.expect_request(pull):
            friend.says("まだいます")
        goes_on_to_the_other(desk)
        shown = desk.messages.count()
    desk.rests()
    expect(desk.messages).to_have_count(shown)
    desk.sees("ふたりめです")
    expect(desk.says("まだいます")).to_have_count(0)


def test_why_words_were_not_sent_is_said_with_whose_talk_it_was(
    town: Town, two: tuple[Desk, Friend, "Conversation"]
) -> None:
    from madoguchi.desk import actions

    desk, _friend, talk = two
    with Held(desk.page, "**/reply/"):
        desk.words.fill("きいています")
        with desk.page.expect_request("**/reply/"):
            desk.page.keyboard.press("Control+Enter")
        goes_on_to_the_other(desk)
        actions.take_over(town.supervisor, talk.pk)
    said = desk.page.locator("notice-stack").get_by_text(f"{talk.contact.handle}：")
    expect(said).to_be_visible()
    desk.sees("ふたりめです")


def test_the_last_press_wins_also_when_it_is_an_act_of_a_list(
    town: Town, two: tuple[Desk, Friend, "Conversation"]
) -> None:
    desk, _friend, _talk = two
    taking = next_one(town, desk)
    opening = re.compile(r"/desk/\d+/$")
    desk.page.route(opening, lambda _route: None)  # never answered
    with desk.page.expect_request(opening):
        desk.row("ふたりめです").click()
    desk.page.unroute(opening)
    taking.click()
    desk.sees("さんにんめです")


def test_why_an_act_was_refused_is_said_with_whose_talk_it_was(
    two: tuple[Desk, Friend, "Conversation"],
) -> None:
    desk, friend, talk = two
    with Held(desk.page, "**/desk/*/close/"):
        desk.press("終える")
        desk.page.get_by_label("解消").check()
        with desk.page.expect_request("**/desk/*/close/"):
            desk.press("この結果で終える")
        goes_on_to_the_other(desk)
        friend.says("まってください")
        expect(desk.row("まってください")).to_be_visible()
    notice = desk.page.locator("notice-stack").get_by_text(f"{talk.contact.handle}：新しいメッセージ")
    expect(notice).to_be_visible()
    desk.sees("ふたりめです")
    desk.page.locator("notice-stack").get_by_role("link", name="開く").click()
    desk.sees("まってください")


def test_words_taken_back_wait_in_the_talk_they_were_written_for(
    town: Town, two: tuple[Desk, Friend, "Conversation"]
) -> None:
    from madoguchi.desk import actions
    from madoguchi.threads.models import Message

    desk, friend, _talk = two
    actions.set_writing_rules(town.supervisor, {"undo_seconds": 10})
    desk.words.fill("まだ送りません")
    desk.page.keyboard.press("Control+Enter")
    taken_back = desk.page.get_by_role("button", name="取り消す").first
    with Held(desk.page, "**/take-back/"):
        with desk.page.expect_request("**/take-back/"):
            taken_back.click()
        goes_on_to_the_other(desk)
    expect(desk.words).to_have_value("")
    desk.open("ひとりめです")
    expect(desk.words).to_have_value("まだ送りません")
    assert not Message.objects.of(friend.known()).filter(author_kind="counsellor").exists()
