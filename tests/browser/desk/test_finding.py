"""Finding a talk again, and what stands beside the next one: earlier talks, and how the one before recommends to talk."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.conftest import Seats, Stage
from tests.browser.desk.hand import Desk
from tests.browser.desk.test_screens import STILL, is_open_to_all
from tests.street import Town

pytestmark = pytest.mark.browser
WORDS = "保健室の先生にだけ話しました"


def finds(desk: Desk, **asked: str) -> Page:
    """The page of talks, asked by hand: words, or a field's label and what is put there."""
    page = desk.page
    page.goto(f"{desk.origin}/find/")
    page.get_by_text("条件でしぼる").click()
    for label, value in asked.items():
        field = page.locator("#finding-form").get_by_label(label).first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    page.get_by_role("button", name="さがす", exact=True).click()
    return page


def test_a_talk_is_found_by_its_words_number_day_state_outcome_and_tag(stage: Stage, town: Town) -> None:
    from madoguchi.contacts import actions as contacts
    from madoguchi.core import clock

    stage.phone("ひなた").send(WORDS)
    stage.sato.take("保健室")
    stage.sato.close("解消")
    stage.phone("そら").send("べつの話です")
    stage.suzuki.take("べつの話です")
    friend = stage.friends["ひなた"]
    contacts.tag(town.supervisor, friend.known(), contacts.add_tag(town.supervisor, "見守り", "ai"))
    number, today = friend.conversation().number, f"{clock.jst(clock.now()):%Y-%m-%d}"
    handle, other = friend.known().handle, stage.friends["そら"].known().handle
    found = finds(stage.supervisor, 相談の中の言葉="保健室").locator("#found")
    expect(found.locator("mark")).to_have_text("保健室")
    expect(found.get_by_text("2件の相談をさがし、1件見つかりました")).to_be_visible()
    asked = (
        {"相談番号": str(number)},
        {"状態": "終了"},
        {"結果": "解消"},
        {"タグ": "見守り"},
        {"担当": "佐藤"},
    )
    for one in asked:
        found = finds(stage.supervisor, **one).locator("#found")
        expect(found.get_by_text(handle).first).to_be_visible()
        expect(found.get_by_text(other)).to_have_count(0)
    found = finds(stage.supervisor, **{"受付（ここから）": today, "受付（ここまで）": today}).locator(
        "#found"
    )
    expect(found.locator("tbody tr")).to_have_count(2)
    found = finds(stage.supervisor, **{"受付（ここから）": "2999-01-01"}).locator("#found")
    expect(found.get_by_text("見つかりません")).to_be_visible()
    assert WORDS[:3] not in stage.supervisor.page.url
    found = finds(stage.suzuki, 相談の中の言葉="保健室").locator("#found")  # Sato's talk is not hers to read
    expect(found.get_by_text("見つかりません")).to_be_visible()


def test_the_next_talk_shows_what_was_before_and_how_to_talk(stage: Stage) -> None:
    sato, suzuki = stage.sato, stage.suzuki
    stage.phone("ひなた").send(WORDS)
    sato.take("保健室")
    expect(sato.talk.get_by_text("はじめての相談です")).to_be_visible()
    sato.talk.get_by_text("次に話すときのすすめ方を書く").click()
    sato.talk.get_by_label("次に話すときのすすめ方").fill("学校の話から入ると話しやすい")
    sato.press("すすめ方を残す")
    sato.close("解消")
    stage.phone("ひなた").send("また来ました")
    suzuki.open("また来ました")
    banner = suzuki.talk.get_by_role("region", name="これまでの相談")
    expect(banner).to_contain_text("これまでに1回の相談があります")
    expect(banner).to_contain_text("解消")
    expect(banner).not_to_contain_text("学校の話から")
    suzuki.press("この相談を担当する")
    expect(suzuki.words).to_be_visible()
    banner.get_by_role("button", name="すすめ方と前のメモを読む").click()
    expect(banner).to_contain_text("学校の話から入ると話しやすい")
    assert not [said for said in stage.friends["ひなた"].reads() if "話しやすい" in said]


def test_the_screens_of_finding(town: Town, seats: Seats) -> None:
    from madoguchi.desk import actions as acts
    from madoguchi.desk.models import Outcome

    friend, conversation = town.open_talk(WORDS)
    acts.recommend(town.sato, conversation.pk, "ゆっくり待つ")
    acts.note(town.sato, conversation.pk, "弟がいる")
    acts.close(town.sato, conversation.pk, Outcome.RESOLVED)
    friend.says("また来ました")
    town.settle()
    desk = seats(town.sato, **STILL)
    for asked in ({}, {"相談の中の言葉": "保健室"}, {"相談番号": "999"}):
        page = finds(desk, **asked)
        expect(page.locator("#found").get_by_text("読み込んでいます")).to_have_count(0)
        is_open_to_all(desk)
    desk.page.goto(f"{desk.origin}/desk/")
    desk.open("また来ました")
    desk.talk.get_by_role("button", name="すすめ方と前のメモを読む").click()
    expect(desk.talk.get_by_text("ゆっくり待つ")).to_be_visible()
    is_open_to_all(desk)
