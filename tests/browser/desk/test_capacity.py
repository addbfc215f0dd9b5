"""Who holds how much: limits that the desk keeps, the next one by one press, and a supervisor who gives."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Stage
from tests.street import Town

pytestmark = pytest.mark.browser


def test_a_supervisor_sets_limits_and_the_desk_keeps_them(town: Town, stage: Stage) -> None:
    boss = stage.supervisor.page
    boss.goto(f"{stage.supervisor.origin}/desk/team/")
    boss.get_by_role("link", name="佐藤").click()
    boss.get_by_label("研修中").check()
    boss.get_by_role("button", name="保存する").click()
    expect(boss.get_by_role("row", name="佐藤")).to_contain_text("研修中")
    for name in ("ひなた", "そら"):
        stage.phone(name).send(f"{name}です")
        expect(stage.sato.row(f"{name}です")).to_be_visible()
    stage.sato.take("ひなたです")
    stage.sato.open("そらです")
    stage.sato.press("この相談を担当する")
    expect(stage.sato.page.get_by_text("いま1件分を担当しています（上限は1件分）")).to_be_visible()
    boss.reload()
    expect(boss.get_by_role("row", name="佐藤")).to_contain_text("手いっぱい")


def test_where_nobody_chooses_one_press_takes_who_waits_longest(town: Town, stage: Stage) -> None:
    boss = stage.supervisor.page
    boss.goto(f"{stage.supervisor.origin}/desk/caps/")
    boss.get_by_role("link", name=town.channel.name).click()
    boss.get_by_label("相談員が「次の人」を担当する").check()
    boss.get_by_role("button", name="保存する").click()
    expect(boss.get_by_role("row", name=town.channel.name)).to_contain_text("「次の人」")
    for name in ("ひなた", "そら"):
        stage.phone(name).send(f"{name}です")
        town.settle()
    expect(stage.sato.lists.get_by_text("2人が待っています")).to_be_visible()
    expect(stage.sato.lists.get_by_text("ひなたです")).to_have_count(0)
    stage.sato.page.keyboard.press("n")
    stage.sato.sees("ひなたです")
    expect(stage.sato.words).to_be_focused()
    expect(stage.suzuki.lists.get_by_text("1人が待っています")).to_be_visible()
    stage.suzuki.lists.get_by_role("button", name="次の人を担当する").click()
    stage.suzuki.sees("そらです")
    assert stage.suzuki.page.url.endswith(f"/desk/{stage.friends['そら'].conversation().pk}/")


def test_a_supervisor_gives_a_talk_and_it_arrives_at_once(stage: Stage) -> None:
    stage.phone("みお").send("みおです")
    stage.supervisor.open("みおです")
    stage.supervisor.talk.get_by_label("この相談の操作").click()
    stage.supervisor.press("担当を割り当てる")
    stage.supervisor.page.get_by_role("radio", name="鈴木 あおい").check()
    stage.supervisor.press("この人の担当にする")
    expect(stage.supervisor.talk.get_by_text("鈴木 あおいさんの担当にしました")).to_be_visible()
    expect(stage.suzuki.lists.locator(".mine").get_by_text("みおです")).to_be_visible()


def test_with_automatic_assigning_who_is_free_gets_whoever_comes(town: Town, stage: Stage) -> None:
    from madoguchi.desk import actions as desk
    from madoguchi.desk.models import Assigning

    desk.set_reception(town.supervisor, town.channel, {"assigning": Assigning.AUTOMATIC, "usual_load": 1})
    stage.sato.page.get_by_role("button", name="受けられます").click()
    expect(stage.sato.page.get_by_role("button", name="受けられます")).to_have_attribute(
        "aria-pressed", "true"
    )
    stage.phone("ひなた").send("ひなたです")
    expect(stage.sato.lists.locator(".mine").get_by_text("ひなたです")).to_be_visible()
    stage.phone("そら").send("そらです")
    expect(stage.suzuki.lists.locator(".waiting").get_by_text("そらです")).to_be_visible()
    stage.suzuki.page.get_by_role("button", name="受けられます").click()
    expect(stage.suzuki.lists.locator(".mine").get_by_text("そらです")).to_be_visible()
