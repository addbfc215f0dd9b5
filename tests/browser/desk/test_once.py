"""What is written is sent once, and is never lost: over reloads, second tabs, double clicks and a server that goes."""

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

from faults.street import Street
from tests.browser.desk.conftest import Seats
from tests.browser.desk.hand import NARROW, WIDE, Desk
from tests.street import Friend, Town

if TYPE_CHECKING:
    from madoguchi.accounts.models import User

pytestmark = pytest.mark.browser
SEND_THREE_TIMES = "for (const _ of [1, 2, 3]) document.querySelector('.composer [type=submit]').click()"


@pytest.fixture
def friend(town: Town) -> Friend:
    found = town.friend(follows=True)
    found.says("きいてください")
    return found


@pytest.fixture
def desk(town: Town, friend: Friend, seats: Seats) -> Desk:
    found = seats(town.sato)
    found.take("きいてください")
    return found


def test_a_draft_survives_a_reload(desk: Desk) -> None:
    desk.words.fill("まだ書いている\n途中です")
    desk.page.reload()
    expect(desk.words).to_have_value("まだ書いている\n途中です")


def test_a_double_click_sends_once(town: Town, friend: Friend, desk: Desk) -> None:
    desk.words.fill("一度だけ")
    desk.page.evaluate(SEND_THREE_TIMES)
    desk.sees("一度だけ", "accepted")
    town.settle()
    assert friend.reads().count("一度だけ") == 1
    desk.sees("一度だけ")


def test_the_same_draft_in_two_tabs_is_sent_once(town: Town, friend: Friend, desk: Desk) -> None:
    desk.words.fill("二つの画面から")
    second = desk.page.context.new_page()
    second.goto(desk.page.url)
    other = Desk(second, desk.origin)
    expect(other.words).to_have_value("二つの画面から")
    for tab in (desk, other):
        tab.page.evaluate("document.querySelector('.composer').requestSubmit()")
    desk.sees("二つの画面から", "accepted")
    town.settle()
    assert friend.reads().count("二つの画面から") == 1
    expect(desk.words).to_have_value("")


def test_a_tab_that_was_cut_off_shows_what_was_written_meanwhile(
    street: Street, town: Town, suzuki: "User", seats: Seats, capsys: pytest.CaptureFixture[str]
) -> None:
    _friend, conversation = town.open_talk("担任のことで")
    watching = seats(town.supervisor)
    watching.open("佐藤さんが担当")
    watching.is_connected()
    street.kill("web")
    expect(watching.page.locator("connection-badge")).to_have_attribute("state", "lost")
    town.reply(conversation, "切れている間に書きました")
    street.start("web")
    street.wait_for_web()
    began = time.monotonic()
    watching.sees_in("切れている間に書きました", 3)
    with capsys.disabled():
        print(f"\n  caught up {(time.monotonic() - began) * 1000:.0f} ms after the server's return")


def test_what_was_written_while_the_server_was_away_stays(
    street: Street, town: Town, friend: Friend, desk: Desk
) -> None:
    street.kill("web")
    desk.words.fill("つながらないときに")
    desk.page.keyboard.press("Control+Enter")
    said = desk.page.get_by_text("サーバーにつながりません")
    for size in (NARROW, WIDE):
        desk.page.set_viewport_size(size)
        expect(said).to_be_visible()
        assert not overlap(desk.page.locator("notice-stack .notice"), desk.page.locator(".composer"))
    expect(desk.words).to_have_value("つながらないときに")
    street.start("web")
    street.wait_for_web()
    desk.is_connected()
    expect(said).to_have_count(0)
    desk.page.keyboard.press("Control+Enter")
    desk.sees("つながらないときに", "accepted")
    assert friend.reads().count("つながらないときに") == 1


def overlap(one: Locator, other: Locator) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    assert a is not None
    assert b is not None
    return a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"]


def test_a_message_nobody_could_send_is_shown_as_not_certain(street: Street, town: Town, desk: Desk) -> None:
    """Without a worker there is nobody to say so: the open talk asks by itself."""
    from madoguchi.core import clock
    from madoguchi.threads.models import Message, State

    for worker in street.workers:
        street.kill(worker)
    desk.answer("届いたでしょうか")
    waiting = Message.objects.filter(organisation_id=town.channel.organisation_id, state=State.QUEUED)
    waiting.update(queued_at=clock.now() - clock.seconds(61))
    desk.sees("届いたでしょうか", "unknown")
    for worker in street.workers:
        street.start(worker)
    expect(desk.says("届いたでしょうか")).to_have_attribute("data-state", "accepted", timeout=30_000)
