"""A child answers on a small phone: by thumb, by keyboard, without scripts; comes back, hides the page, deletes it all."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.hand import until
from tests.browser.surveys.asked import EVERY, INTAKE
from tests.browser.surveys.conftest import Opens
from tests.street import Town

pytestmark = pytest.mark.browser
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])


def photograph() -> bytes:
    plain = io.BytesIO()
    Image.new("RGB", (3000, 2000), "teal").save(plain, "JPEG")
    return plain.getvalue()


@SCRIPTS
def test_a_survey_is_answered_at_320_px(sheet: Opens, scripts: bool) -> None:
    seen = sheet(INTAKE, java_script_enabled=scripts)

    def looks_well() -> None:
        if scripts:
            seen.is_open_to_all()

    looks_well()
    seen.press("始める")
    looks_well()
    seen.press("次へ")
    seen.sees("1つ選んでください。")
    looks_well()
    seen.page.get_by_label("母", exact=True).check()
    seen.press("次へ")
    seen.page.get_by_label("お子さんは何歳ですか").fill("たくさん")
    seen.press("次へ")
    seen.sees("数字で入力してください")
    expect(seen.page.get_by_label("お子さんは何歳ですか")).to_have_value("たくさん")
    seen.page.get_by_label("お子さんは何歳ですか").fill("１２歳")
    seen.press("次へ")
    seen.page.get_by_label("学校のこと").check()
    seen.press("次へ")
    seen.press("1つ戻る")
    expect(seen.page.get_by_label("学校のこと")).to_be_checked()
    seen.press("次へ")
    seen.press("答えないで次へ")
    seen.sees("これで送ります")
    looks_well()
    seen.press("送る")
    seen.sees("ありがとうございます")
    looks_well()
    seen.submission.refresh_from_db()
    assert seen.submission.finished_at


def test_every_kind_can_be_answered_on_the_phone(sheet: Opens) -> None:
    seen = sheet(EVERY, geolocation={"latitude": 35.6, "longitude": 139.7}, permissions=["geolocation"])
    seen.press("始める")
    answer = seen.page.locator("#answer")
    answer.fill("2026-04-01")
    seen.is_open_to_all()
    seen.press("次へ")
    answer.fill("2026-04-01T09:30")
    seen.press("次へ")
    answer.fill("163-8001")
    seen.press("次へ")
    seen.sees("東京都新宿区")
    seen.is_open_to_all()
    seen.press("この地域でよい")
    seen.press("いまいる場所を入れる")
    seen.sees("いまいる場所を入れました")
    seen.is_open_to_all()
    seen.press("次へ")
    answer.set_input_files({"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    seen.is_open_to_all()
    seen.press("次へ")
    seen.page.get_by_label("読んで確かめました").check()
    seen.press("確認しました")
    seen.sees("これで送ります")
    expect(seen.page.get_by_role("img", name="送った写真")).to_be_visible()
    given = seen.submission.given()
    assert given["q4"].private["latitude"] == 35.6
    assert len(given) == 6


def test_words_stay_when_the_page_is_lost_in_the_middle(sheet: Opens) -> None:
    seen = sheet(INTAKE)
    seen.press("始める")
    seen.page.get_by_label("本人", exact=True).check()
    seen.press("次へ")
    seen.press("答えないで次へ")
    words = seen.page.get_by_role("textbox")
    words.press_sequentially("きいてほしい")
    seen.sees("ここまで残しました。")
    seen.page.goto("about:blank")
    seen.page.goto(seen.address)
    expect(words).to_have_value("きいてほしい")
    other = seen.page.context.new_page()
    other.goto(seen.address)
    other.get_by_role("textbox").fill("こちらが新しい")
    other.get_by_role("button", name="次へ", exact=True).click()
    expect(other.get_by_role("heading", name="これで送ります")).to_be_visible()
    words.press_sequentially("古い")
    seen.sees("ほかの画面で先に進んでいます")
    seen.press("次へ")
    seen.sees("先に答えが進んでいました")
    assert seen.submission.given()["q4"].private["text"] == "こちらが新しい"


@SCRIPTS
def test_a_page_that_is_hidden_does_not_come_back(sheet: Opens, scripts: bool) -> None:
    seen = sheet(INTAKE, java_script_enabled=scripts)
    seen.page.context.route(
        "https://www.jma.go.jp/**",
        lambda route: route.fulfill(content_type="text/html; charset=utf-8", body="<title>天気</title>"),
    )
    seen.press("始める")
    seen.page.get_by_label("本人", exact=True).check()
    seen.press("次へ")
    seen.press("この画面をすぐに隠す")
    expect(seen.page).to_have_title("天気")
    for _press in range(2):
        seen.page.go_back()
        expect(seen.page.get_by_text("どんなことを話したいですか")).to_have_count(0)
    seen.page.goto(seen.address)
    expect(seen.page.get_by_role("heading", name="このページは、いまは開けません")).to_be_visible()
    assert list(seen.submission.given()) == ["q1"]


@SCRIPTS
def test_my_answers_are_put_right_and_deleted(sheet: Opens, scripts: bool) -> None:
    seen = sheet(INTAKE, java_script_enabled=scripts)
    seen.press("始める")
    seen.page.get_by_label("本人", exact=True).check()
    for name in ("次へ", "答えないで次へ", "答えないで次へ", "送る"):
        seen.press(name)
    seen.press("わたしの回答を見る", "link")
    if scripts:
        seen.is_open_to_all()
    seen.press("どんなことを話したいですか", "link")
    seen.page.get_by_label("家のこと").check()
    seen.press("次へ")
    seen.sees("家のこと")
    seen.press("わたしの回答を消す", "link")
    if scripts:
        seen.is_open_to_all()
    seen.press("全部消す")
    seen.sees("回答を消しました")
    assert not seen.submission.answers.exists()


def test_the_plain_wording_has_a_reading_over_every_kanji_of_ours(sheet: Opens) -> None:
    seen = sheet(INTAKE)
    seen.press("やさしい日本語")
    bare = """() => { const all = document.querySelector("main").cloneNode(true);
      all.querySelectorAll("ruby, .visually-hidden").forEach((each) => each.remove()); return all.textContent; }"""

    def is_read() -> None:
        seen.page.wait_for_load_state()  # the page before is gone, and the next one whole
        seen.page.locator("main").wait_for()
        own = re.sub("学校のこと|家のこと|からだのこと", "", seen.page.evaluate(bare))
        assert re.findall(r"[一-鿿]+", own) == [], seen.page.title()
        seen.is_open_to_all()

    until(lambda: seen.page.locator("ruby").count())
    is_read()
    seen.press("始")
    is_read()
    seen.press("次")
    is_read()
    seen.page.get_by_label("わたし・ぼく").check()
    for name in ("次", "答", "答"):
        seen.press(name)
        is_read()
    seen.page.goto(seen.address + "mine/delete/")
    is_read()


def test_from_line_the_page_leads_on_and_back(town: Town, sheet: Opens) -> None:
    """The buttons of LINE's chat carry the page's address: while it is asked, and when it is over."""
    from tests.journeys.surveys import INTAKE as ASKED
    from tests.journeys.surveys import asked, buttons, press, submission

    asked(town, ASKED)
    friend = town.friend("みなと", follows=True)
    town.settle()
    press(friend, "アンケートに答える", "始める")
    address = buttons(friend)["ページで答える"]["uri"]
    greeting = "s:" + submission(friend).survey.token + "::start:"
    seen = sheet(INTAKE)
    path = "/" + address.split("/", 3)[3]
    seen.page.goto(town.desk + path)
    seen.page.get_by_label("本人", exact=True).check()
    for name in ("次へ", "答えないで次へ", "答えないで次へ", "送る"):
        seen.press(name)
    seen.sees("ありがとう")
    friend.act("postback", data=greeting)
    town.settle()
    assert "/mine/" in buttons(friend)["回答を見る・直す"]["uri"]
