"""A talk never falls between two chairs: handed over with its history to a person, a skill or the queue; left by a browser that
died, taken on by whoever is there; no answer missed."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Stage
from tests.browser.desk.hand import Desk
from tests.street import Town

if TYPE_CHECKING:  # read before Django is ready
    from madoguchi.accounts.models import User

pytestmark = pytest.mark.browser


def died(desk: Desk, who: str) -> None:
    """The browser is gone, and nothing was heard of it for some minutes."""
    from madoguchi.core import clock
    from madoguchi.desk.models import Duty

    desk.page.close()
    Duty.objects.filter(counsellor__name=who).update(seen_at=clock.now() - timedelta(minutes=4))


def asks(desk: Desk, to: str, words: str) -> None:
    """A hand-over is asked for. `to`: what its choice in the dialog begins with."""
    desk.talk.get_by_label("この相談の操作").click()
    desk.press("引き継ぎを頼む")
    choice = desk.page.locator("#hand-over-to option").filter(has_text=to)
    desk.page.locator("#hand-over-to").select_option(value=choice.get_attribute("value"))
    desk.page.get_by_label("知っておいてほしいこと", exact=True).fill(words)
    desk.page.get_by_role("button", name="頼む", exact=True).click()
    expect(desk.talk.get_by_text("引き継ぎを頼みました")).to_be_visible()


def test_a_talk_is_handed_over_warmly_and_both_see_it_until_it_is_accepted(stage: Stage) -> None:
    sato, suzuki, phone = stage.sato, stage.suzuki, stage.phone("そら")
    phone.send("最初のことば")
    sato.take("最初のことば")
    sato.answer("ここにいます")
    asks(sato, "鈴木 あおい", "妹さんの話の途中です")
    suzuki.lists.get_by_role("link").filter(has_text="佐藤さんから引き継ぎ").click()
    suzuki.sees("最初のことば")
    expect(suzuki.page.get_by_text("妹さんの話の途中です")).to_be_visible()
    expect(suzuki.page.get_by_text("友だち1通・相談員1通")).to_be_visible()
    phone.send("まだ佐藤さんですか")
    sato.answer("はい、まだ佐藤です")
    suzuki.sees("はい、まだ佐藤です")
    suzuki.page.get_by_role("button", name="引き継ぐ", exact=True).click()
    expect(suzuki.words).to_be_visible()
    suzuki.answer("続きを聞かせてください")
    for words in ("最初のことば", "ここにいます", "まだ佐藤さんですか", "はい、まだ佐藤です"):
        suzuki.sees(words)
    expect(phone.says("続きを聞かせてください")).to_be_visible()
    expect(sato.lists.get_by_text("続きを聞かせてください")).to_have_count(0)


def test_what_is_asked_of_a_skill_calls_those_who_have_it_and_goes_to_who_comes_first(
    stage: Stage, town: Town, suzuki: "User"
) -> None:
    from madoguchi.desk import actions

    actions.add_skill(town.supervisor, "english", "英語")
    actions.set_duty(town.supervisor, suzuki, {"skills": ["english"]})
    stage.phone("みお").send("Can we talk?")
    stage.sato.take("Can we talk?")
    asks(stage.sato, "英語", "英語で話したいそうです")
    called = stage.suzuki.lists.get_by_role("link").filter(has_text="佐藤さんから引き継ぎ")
    called.click()
    stage.suzuki.page.get_by_role("button", name="引き継ぐ", exact=True).click()
    expect(stage.suzuki.words).to_be_visible()
    expect(called).to_have_count(0)
    stage.suzuki.answer("Of course.")
    expect(stage.phone("みお").says("Of course.")).to_be_visible()


def test_what_goes_back_to_the_queue_takes_its_wait_and_a_word_for_the_next_one_along(stage: Stage) -> None:
    stage.phone("ひなた").send("きいてください")
    stage.sato.take("きいてください")
    waits_since = stage.friends["ひなた"].conversation().waiting_since
    stage.sato.talk.get_by_label("この相談の操作").click()
    stage.sato.press("待っている人の列に戻す")
    stage.sato.page.get_by_label("次の人へのひとこと").fill("学校の話から入ると話しやすいです")
    stage.sato.page.get_by_role("button", name="列に戻す", exact=True).click()
    stage.suzuki.take("きいてください")
    expect(stage.suzuki.page.get_by_text("学校の話から入ると話しやすいです")).to_be_visible()
    stage.suzuki.answer("代わりました")
    assert stage.friends["ひなた"].conversation().waiting_since == waits_since
    assert not [words for words in stage.friends["ひなた"].reads() if "学校の話" in words]


def test_when_the_holders_browser_dies_a_colleague_goes_on_with_one_tap(stage: Stage) -> None:
    stage.phone("みお").send("まだそこにいますか")
    stage.sato.take("まだそこにいますか")
    expect(stage.sato.words).to_be_visible()
    died(stage.sato, "佐藤")
    left = stage.suzuki.lists.get_by_role("region", name="担当の人が席にいない相談")
    expect(left).to_contain_text("佐藤さんの担当")
    expect(stage.supervisor.lists.get_by_role("region", name="担当の人が席にいない相談")).to_be_visible()
    expect(left.get_by_text("まだそこにいますか")).to_have_count(0)
    left.get_by_role("button", name="引き取る").click()
    stage.suzuki.sees("まだそこにいますか")
    expect(left).to_have_count(0)
    stage.suzuki.answer("はい、代わりにお話を聞きます")
    expect(stage.phone("みお").says("代わりにお話を聞きます")).to_be_visible()


def test_a_colleagues_answer_is_not_missed_after_the_line_was_cut(stage: Stage) -> None:
    stage.phone("ゆうママ").send("つづきです")
    stage.sato.take("つづきです")
    stage.supervisor.page.goto(stage.sato.page.url)
    stage.supervisor.sees("つづきです")
    stage.supervisor.is_connected()
    stage.supervisor.page.context.set_offline(True)
    stage.sato.answer("切れているあいだの返事")
    expect(stage.supervisor.says("切れているあいだの返事")).to_have_count(0)
    stage.supervisor.page.context.set_offline(False)
    stage.supervisor.sees("切れているあいだの返事")


def test_a_talk_is_handed_to_the_queue_and_kept_until_somebody_takes_it(stage: Stage) -> None:
    sato, suzuki, phone = stage.sato, stage.suzuki, stage.phone("そら")
    phone.send("そろそろ交代ですか")
    sato.take("そろそろ交代ですか")
    asks(sato, "だれでも", "好きなものの話から")
    phone.send("だれかいますか")
    sato.answer("まだ佐藤がいます")
    suzuki.lists.get_by_role("link").filter(has_text="佐藤さんから引き継ぎ").click()
    suzuki.sees("まだ佐藤がいます")
    expect(suzuki.page.get_by_text("好きなものの話から")).to_be_visible()
    suzuki.page.get_by_role("button", name="引き継ぐ", exact=True).click()
    suzuki.answer("ここからは鈴木です")
    expect(phone.says("ここからは鈴木です")).to_be_visible()
    expect(sato.lists.get_by_text("ここからは鈴木です")).to_have_count(0)
