"""Nobody can answer at once: four friends choose on their phones how to wait, and three desks see what was promised to whom."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Seats, Stage
from tests.browser.desk.hand import Desk
from tests.browser.desk.test_screens import STILL, is_open_to_all
from tests.street import Town

pytestmark = pytest.mark.browser


def says_by_hand(desk: Desk, town: Town, what: str, words: str = "") -> None:
    """On the reception's page: paused, or full."""
    desk.page.goto(f"{desk.origin}/desk/reception/{town.channel.pk}/")
    desk.page.get_by_text("受付を止める・混み合っていることにする").click()
    desk.page.get_by_label(what, exact=True).check()
    desk.page.get_by_label("そのあいだの自動応答").fill(words)
    desk.press("受付を変える")
    expect(desk.page.get_by_role("button", name="いつもの受付に戻す")).to_be_visible()


def test_four_friends_choose_how_to_wait_and_the_desks_see_what_was_promised(
    stage: Stage, town: Town
) -> None:
    says_by_hand(stage.supervisor, town, "混み合っていることにする")
    expect(stage.sato.lists.get_by_text("混み合っています").first).to_be_visible()
    taps = {
        "ひなた": ["待つ"],
        "ゆうママ": ["あとで返事"],
        "そら": ["時間を予約"],
        "みお": ["ほか", "今日はやめておく"],
    }
    for name, labels in taps.items():
        stage.phone(name).send(f"{name}です")
        for label in labels:
            stage.phone(name).press(label)
    stage.phone("そら").at.get_by_role("button").filter(has_text=":").first.click()
    expect(stage.phone("ひなた").says("順番が来たら、相談員がここに")).to_be_visible()
    expect(stage.phone("ゆうママ").says("までに、相談員が")).to_be_visible()
    expect(stage.phone("そら").says("予約しました")).to_be_visible()
    expect(stage.phone("みお").says("今日はここまでにします")).to_be_visible()
    for desk in (stage.sato, stage.suzuki):
        expect(desk.row("まで")).to_be_visible()
        expect(desk.row("予約")).to_be_visible()
        expect(desk.row("みおです")).to_have_count(0)
    stage.supervisor.page.goto(f"{stage.supervisor.origin}/desk/history/?end=gave_up")
    expect(stage.supervisor.page.get_by_text("待ちきれずに終わった").last).to_be_visible()


def test_a_supervisor_pauses_with_words_for_this_time_and_ends_it_with_one_tap(
    stage: Stage, town: Town
) -> None:
    says_by_hand(stage.supervisor, town, "受付を止める", "停電のため、いまは相談を受けられません。")
    expect(stage.sato.lists.get_by_text("受付を止めています").first).to_be_visible()
    expect(stage.sato.page.get_by_role("button", name="いつもの受付に戻す")).to_have_count(0)
    stage.phone("ひなた").send("だれかいますか")
    expect(stage.phone("ひなた").says("停電のため")).to_be_visible()
    stage.supervisor.page.goto(f"{stage.supervisor.origin}/desk/")
    stage.supervisor.press("いつもの受付に戻す")
    for desk in (stage.sato, stage.suzuki, stage.supervisor):
        expect(desk.lists.get_by_text("受付を止めています")).to_have_count(0)
    stage.phone("みお").send("こんにちは")
    expect(stage.phone("みお").says("順番にお返事します")).to_be_visible()


def test_the_pages_of_the_reception(town: Town, seats: Seats) -> None:
    desk = seats(town.supervisor, **STILL)
    channel = town.channel.pk
    for page in (
        f"/desk/reception/{channel}/",
        f"/desk/reception/{channel}/texts/",
        f"/desk/reception/{channel}/promises/",
        f"/desk/reception/{channel}/limits/",
        f"/routing/{channel}/",
        "/desk/shifts/",
        "/desk/lines/",
        "/desk/history/?end=missed",
    ):
        desk.page.goto(desk.origin + page)
        expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
        is_open_to_all(desk)
