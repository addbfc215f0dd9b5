"""One story from end to end: an officer makes a survey, two friends answer it, a counsellor reads, the figures follow."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk.conftest import Seats
from tests.browser.hand import Phone, until, window
from tests.browser.surveys.conftest import TINY
from tests.browser.surveys.test_builder import adds, begins, built, press
from tests.journeys.surveys import answers, buttons
from tests.journeys.surveys import press as taps
from tests.street import Friend, Town

if TYPE_CHECKING:
    from madoguchi.surveys.definition import Question

pytestmark = pytest.mark.browser


def first(town: Town) -> "Question":
    return built(town).draft_definition.questions[0]


def the_officer_builds(town: Town, page: Page) -> None:
    """Three questions from nothing; the first has furigana, English and a branch past the second."""
    page.goto(f"{town.desk}/surveys/add/")
    begins(page)
    adds(page, "1つ選ぶ", 1, "参加しますか")
    adds(page, "数", 2, "何人ですか")
    adds(page, "文章", 3, "ひとことどうぞ")
    page.get_by_label("必ず答えてもらう").uncheck()
    until(lambda: not built(town).draft_definition.questions[2].is_required)
    page.locator("#open-q1").click()
    page.locator("#card-q1 #text_plain").fill("参加《さんか》しますか")
    page.locator("#card-q1 #text_en").fill("Will you join?")
    page.get_by_label("選択肢1", exact=True).fill("はい")
    page.get_by_label("選択肢2", exact=True).fill("いいえ")
    page.get_by_label("英語・やさしい日本語も書く").check()
    page.get_by_label("選択肢1の英語").fill("Yes")
    page.get_by_label("選択肢2の英語").fill("No")
    page.get_by_label("選択肢2のとき、次は").select_option("q3")
    until(lambda: [(one.label.en, one.to) for one in first(town).options] == [("Yes", ""), ("No", "q3")])
    assert (first(town).text.plain, first(town).text.en) == ("参加《さんか》しますか", "Will you join?")


def the_officer_previews(page: Page) -> None:
    """On the drawn phone, in English, along the branch."""
    phone = page.locator("#preview")
    page.get_by_label("編集を終えて閉じる").click()
    expect(page.locator("#text_ja")).to_have_count(0)
    page.locator("#spoken-en").check()
    expect(phone.get_by_role("button", name="日本語", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Start", exact=True).or_(
        phone.get_by_role("button", name="始める")
    ).click()
    expect(phone).to_contain_text("Will you join?")
    press(page, "No", phone)
    expect(phone).to_contain_text("【2】ひとことどうぞ")


def the_officer_lets_it_out(page: Page) -> None:
    press(page, "公開する")
    expect(page.get_by_text("第1版を公開しました")).to_be_visible()
    tabs = page.get_by_role("navigation", name="アンケートのページ")
    tabs.get_by_role("link", name="受付", exact=True).click()
    press(page, "あいさつに付ける")
    expect(page.get_by_text("のあいさつに付けました")).to_be_visible()


def a_stranger_adds_the_account(town: Town, phone: Phone) -> None:
    phone.press("友だちを追加")
    phone.press("リンク", "tab")
    phone.at.get_by_role("textbox").fill(f"https://line.me/R/ti/p/{town.account.channel['basicId']}")
    phone.press("さがす")
    phone.press("追加")


def asked(phone: Phone, words: str) -> None:
    expect(phone.says(words).last).to_be_visible()


def answered_by_taps(phone: Phone) -> None:
    """Goes back once, stops, and takes it up again in a window opened anew."""
    phone.press("アンケートに答える")
    phone.press("始める")
    asked(phone, "【1】参加しますか")
    phone.press("はい")
    asked(phone, "【2】何人ですか")
    phone.press("1つ戻る")
    asked(phone, "いまの回答：はい")
    phone.press("はい")
    expect(phone.says("【2】何人ですか")).to_have_count(2)
    phone.press("あとで")
    expect(phone.at.get_by_role("button", name="つづける", exact=True)).to_be_visible()
    phone.page.reload()
    phone.press("あおば市 親子相談")  # from the list of talks
    phone.at.get_by_role("button", name="つづける", exact=True).click()
    expect(phone.says("【2】何人ですか")).to_have_count(3)
    phone.send("3人")
    asked(phone, "【3】ひとことどうぞ")
    phone.press("スキップ")
    asked(phone, "回答ありがとうございました。")


def begun_on_the_web(town: Town, name: str) -> tuple[Friend, str]:
    """A friend who would rather have a page, and its address."""
    friend = town.friend(name, follows=True)
    taps(friend, "アンケートに答える", "始める")
    town.settle()
    return friend, town.desk + "/" + buttons(friend)["ページで答える"]["uri"].split("/", 3)[3]


def answered_without_scripts(page: Page) -> None:
    """Along the other path."""
    page.get_by_label("いいえ", exact=True).check()
    page.get_by_role("button", name="次へ", exact=True).click()
    page.get_by_label("ひとことどうぞ").fill("またこんど")
    page.get_by_role("button", name="次へ", exact=True).click()
    page.get_by_role("button", name="送る", exact=True).click()
    expect(page.get_by_text("回答ありがとうございました").first).to_be_visible()


def deleted(page: Page) -> None:
    page.get_by_role("link", name="わたしの回答を見る").click()
    page.get_by_role("link", name="わたしの回答を消す").click()
    page.get_by_role("button", name="全部消す").click()
    expect(page.get_by_text("回答を消しました").first).to_be_visible()


def counts(page: Page, **people: int) -> None:
    for choice, count in people.items():
        expect(page.get_by_role("row", name=choice)).to_contain_text(f"{count}人")


def test_a_survey_lives_from_its_first_question_to_what_is_read_beside_the_talk(
    town: Town, seats: Seats, browser: Browser
) -> None:
    officer = seats(town.supervisor).page
    the_officer_builds(town, officer)
    the_officer_previews(officer)
    the_officer_lets_it_out(officer)
    officer.get_by_role("link", name="回答", exact=True).click()
    mio = town.friend("みお")
    with window(browser, f"{town.platform.origin}/?phones={mio.user_id}") as page:
        phone = Phone(page, "みお")
        a_stranger_adds_the_account(town, phone)
        answered_by_taps(phone)
        counts(officer, はい=1)
        phone.send("持ち物を教えてください")
    sora, address = begun_on_the_web(town, "そら")
    with window(browser, address, viewport=TINY, java_script_enabled=False) as page:
        answered_without_scripts(page)
        assert answers(sora) == {"q1": ["o2"], "q3": "またこんど"}
        counts(officer, はい=1, いいえ=1)
        deleted(page)
    counts(officer, はい=1, いいえ=0)
    counsellor = seats(town.sato)
    counsellor.open("持ち物を教えてください")
    beside = counsellor.page.locator(".beside-answers")
    expect(beside).to_contain_text("はい")
    expect(beside).to_contain_text("3")
    assert answers(mio)["q1"] == [first(town).options[0].code]
