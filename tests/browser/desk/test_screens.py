"""The door and the desk in their states, light and dark: nothing that axe calls serious or critical. Pages: test_every_page."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk.conftest import Seats
from tests.browser.desk.hand import NARROW, PASSWORD, Desk
from tests.browser.hand import findings
from tests.street import Town

pytestmark = pytest.mark.browser
STILL = {"bypass_csp": True, "reduced_motion": "reduce"}  # axe brings styles of its own
AT_REST = """async () => {
  await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
}"""


def is_open_to_all(desk: Desk) -> None:
    for look in ("light", "dark"):
        desk.page.emulate_media(color_scheme=look, reduced_motion="reduce")
        desk.page.evaluate(AT_REST)
        assert findings(desk.page) == [], f"{desk.page.url} {look}"


def test_the_dialogs_of_a_talk(town: Town, seats: Seats) -> None:
    from madoguchi.desk import actions as acts

    acts.add_skill(town.supervisor, "dv", "DV")
    town.open_talk("担任のことで")
    desk = seats(town.supervisor, **STILL)
    desk.open("佐藤さんが担当")
    for name in ("担当を割り当てる", "引き継ぎを頼む"):
        desk.talk.get_by_label("この相談の操作").click()
        desk.press(name)
        expect(desk.page.get_by_role("dialog").get_by_text("読み込んでいます")).to_have_count(0)
        is_open_to_all(desk)
        desk.page.keyboard.press("Escape")


def test_the_door(street: object, town: Town, browser: Browser) -> None:
    page = browser.new_page(locale="ja-JP", bypass_csp=True, reduced_motion="reduce")
    page.goto(f"{town.desk}/sign-in/")
    is_open_to_all(Desk(page, town.desk))
    page.get_by_label("メールアドレス").fill("nobody@example.jp")
    page.get_by_label("パスワード").fill("wrong")
    page.get_by_role("button", name="サインインする").click()
    expect(page.get_by_role("alert")).to_be_visible()
    is_open_to_all(Desk(page, town.desk))
    page.get_by_label("メールアドレス").fill(town.sato.email)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="待っている人", exact=True)).to_be_visible()
    page.close()


def test_the_desk_in_each_of_its_states(town: Town, seats: Seats) -> None:
    desk = seats(town.sato, **STILL)
    expect(desk.talk.get_by_text("いまは静かです")).to_be_visible()
    is_open_to_all(desk)
    friend = town.friend(follows=True)
    friend.says("死にたいです https://example.com/")
    for do in ("sticker", "image", "video", "audio", "file"):
        friend.act(do)
    friend.act("beacon", hwid="d41d8cd98f")
    town.settle()
    desk.open("ファイル")
    is_open_to_all(desk)
    desk.press("この相談を担当する")
    desk.answer("読んでいますよ")
    is_open_to_all(desk)
    desk.press("スタンプ")
    is_open_to_all(desk)
    desk.press("読んで確かめた")
    expect(desk.talk.get_by_role("alert")).to_have_count(0)
    desk.press("終える")
    is_open_to_all(desk)
    desk.press("まだ続ける")
    desk.close("解消")
    is_open_to_all(desk)


def test_the_desk_on_a_phone_and_what_has_ended(town: Town, seats: Seats) -> None:
    from madoguchi.desk import actions as acts
    from madoguchi.desk.models import Outcome

    _friend, conversation = town.open_talk("担任のことで")
    desk = seats(town.sato, viewport=NARROW, **STILL)
    is_open_to_all(desk)
    desk.open("担任のことで")
    is_open_to_all(desk)
    acts.close(town.sato, conversation.pk, Outcome.RESOLVED)
    expect(desk.talk.get_by_text("この相談は終わりました")).to_be_visible()
    is_open_to_all(desk)
    desk.page.goto(f"{desk.origin}/desk/history/")
    is_open_to_all(desk)
