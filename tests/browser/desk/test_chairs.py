"""A talk never falls between two chairs: left by a browser that died, taken on by whoever is there; no answer missed."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Stage
from tests.browser.desk.hand import Desk

pytestmark = pytest.mark.browser


def died(desk: Desk, who: str) -> None:
    """The browser is gone, and nothing was heard of it for some minutes."""
    from madoguchi.core import clock
    from madoguchi.desk.models import Duty

    desk.page.close()
    Duty.objects.filter(counsellor__name=who).update(seen_at=clock.now() - timedelta(minutes=4))


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


def test_a_hand_over_loses_nothing_of_the_history(stage: Stage) -> None:
    sato, suzuki, phone = stage.sato, stage.suzuki, stage.phone("ひなた")
    phone.send("はじめの相談です")
    sato.take("はじめの相談です")
    sato.close("解消")
    phone.send("また来ました")
    sato.take("また来ました")
    sato.answer("おかえりなさい")
    sato.talk.get_by_label("友だちには届かないメモ").fill("弟がいる")
    sato.press("メモに残す")
    expect(sato.talk.locator(".note").get_by_text("弟がいる")).to_be_visible()
    sato.talk.get_by_label("この相談の操作").click()
    sato.press("引き継ぎを頼む")
    to = sato.page.get_by_label("だれに")
    to.select_option(value=to.locator("option").filter(has_text="鈴木").get_attribute("value"))
    sato.page.get_by_label("知っておいてほしいこと").fill("学校の話の途中です")
    sato.page.get_by_role("dialog").get_by_role("button", name="頼む", exact=True).click()
    suzuki.lists.get_by_role("link").filter(has_text="佐藤さんから引き継ぎ").click()
    for words in ("はじめの相談です", "また来ました", "おかえりなさい"):
        suzuki.sees(words)
    expect(suzuki.talk.get_by_text("学校の話の途中です")).to_be_visible()
    expect(sato.words).to_be_visible()  # nothing has changed hands until it is accepted
    suzuki.talk.get_by_role("button", name="引き継ぐ", exact=True).click()
    suzuki.answer("鈴木です。つづきを聞かせてください")
    expect(phone.says("鈴木です。つづきを聞かせてください")).to_be_visible()
    expect(suzuki.talk.locator(".note").get_by_text("弟がいる")).to_be_visible()
    expect(sato.words).to_have_count(0)
