"""From a grave word to the receiver's confirmation, with the hands that do it."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Stage

pytestmark = pytest.mark.browser
WORDS = "お父さんに殴られました。新宿駅の近くにいます"


def test_a_grave_word_says_why_and_the_questions_stand_beside_it(stage: Stage) -> None:
    sato = stage.sato
    stage.phone("そら").send("テストがいやです")
    stage.phone("ひなた").send(WORDS)
    expect(stage.supervisor.lists.locator(".waiting .queue-row").first).to_contain_text("殴られました")
    sato.take("殴られました")
    sign = sato.messages.locator(".sign").first
    sign.focus()
    sato.page.keyboard.press("Enter")
    why = sato.page.locator(".sign-why:popover-open")
    expect(why).to_contain_text("暴力を受けている")
    assert "%" not in why.inner_text()
    sato.page.keyboard.press("Escape")
    expect(why).to_have_count(0)
    sato.press("読んで確かめた：重大")
    expect(sato.talk.get_by_role("alert")).to_have_count(0)
    item = sato.talk.locator(".checklist li").filter(has_text="こわい相手が近くにいる")
    item.get_by_label("書き添え").fill("父が隣の部屋")
    item.get_by_role("button", name="はい", exact=True).click()
    expect(item.get_by_role("button", name="はい", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(item.locator(".checklist-by")).to_contain_text("佐藤")
    stage.supervisor.open("佐藤さんが担当")
    expect(stage.supervisor.talk.get_by_label("こわい相手が近くにいる：書き添え")).to_have_value(
        "父が隣の部屋"
    )


def test_one_key_opens_the_dossier_and_the_clocks_run_until_confirmed(stage: Stage) -> None:
    sato = stage.sato
    stage.phone("ひなた").send(WORDS)
    sato.take("殴られました")
    sato.talk.locator("h1").first.focus()
    sato.page.keyboard.press("k")
    page = sato.page
    expect(page.get_by_role("heading", name="緊急のまとめ", level=1)).to_be_visible()
    expect(page.locator(".hints").get_by_text("新宿駅")).to_be_visible()
    page.locator(".lines li").filter(has_text="殴られました").get_by_role("checkbox").check()
    expect(page.locator(".quotes")).to_contain_text("殴られました")
    page.get_by_role("checkbox", name="警察").check()
    page.get_by_label("なぜ知らせるのか").fill("けがをしていて、父が近くにいる")
    page.get_by_role("button", name="知らせると決める").click()
    expect(page.locator(".clock")).to_have_count(1)
    bar = stage.supervisor.page.locator(".clock-bar")
    expect(bar).to_contain_text("警察")
    page.get_by_label("確認した相手").fill("新宿署 生活安全課")
    page.get_by_label("どのように").fill("電話、受付12号")
    page.get_by_role("button", name="確認された", exact=True).click()
    expect(page.locator(".clock[data-confirmed]")).to_contain_text("新宿署 生活安全課")
    expect(page.locator(".quotes")).to_contain_text("殴られました")
    expect(bar).to_have_count(0)
    assert stage.friends["ひなた"].reads() == [
        said for said in stage.friends["ひなた"].reads() if "署" not in said
    ]
