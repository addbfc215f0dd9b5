"""Writing an answer with three people and their friends' phones: phrases, a trainee's answer, a moment, taking back, putting right."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import APIResponse, FilePayload, Route, expect

from tests.browser.desk.conftest import Seats, Stage
from tests.browser.desk.hand import NARROW, Desk
from tests.browser.desk.test_screens import STILL, is_open_to_all
from tests.browser.hand import until
from tests.street import Town

pytestmark = pytest.mark.browser


def begin(stage: Stage, words: str = "きいてください") -> Desk:
    """Sato holds the talk of ひなた."""
    stage.phone("ひなた").send(words)
    stage.sato.take(words)
    return stage.sato


def test_a_phrase_is_found_by_a_slash_and_sent_only_when_the_counsellor_does(
    stage: Stage, town: Town
) -> None:
    from madoguchi.phrases import actions as phrases

    phrases.install(town.supervisor)
    desk = begin(stage)
    keys = desk.page.keyboard
    desk.words.click()
    keys.type("/")
    expect(desk.page.get_by_role("combobox", name="定型文を探す")).to_be_focused()
    keys.type("omatase")
    option = desk.page.get_by_role("option", name=re.compile("お待たせしました"))
    expect(option).to_have_attribute("aria-selected", "true")
    keys.press("Escape")
    expect(desk.words).to_have_value("/")
    desk.words.fill("")
    keys.type("/")
    keys.type("matte")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    expect(desk.page.locator("#phrase-list > li").first).to_have_attribute("aria-selected", "true")
    keys.press("Enter")
    expect(desk.words).to_have_value(re.compile("待って"))
    assert not [words for words in stage.friends["ひなた"].reads() if "少しだけ待って" in words]
    keys.type("ね")
    keys.press("Control+Enter")
    expect(stage.phone("ひなた").at.get_by_text(re.compile("待って.*ね")).first).to_be_visible()


def test_a_trainees_answer_reaches_the_friend_only_by_a_supervisors_yes(stage: Stage, town: Town) -> None:
    from madoguchi.desk import actions

    actions.set_duty(town.supervisor, town.sato, {"is_trainee": True})
    desk, supervisor, phone = begin(stage), stage.supervisor, stage.phone("ひなた")
    desk.words.fill("がんばって")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.talk.get_by_text("スーパーバイザーの確認を待っています")).to_be_visible()
    expect(desk.words).to_have_value("")
    supervisor.lists.get_by_role("link").filter(has_text="佐藤さんの返事の確認").click()
    waits = supervisor.talk.get_by_role("region", name="まだ送っていない返事")
    expect(waits).to_contain_text("がんばって")
    waits.get_by_text("戻す", exact=True).click()
    waits.get_by_role("textbox", name="何を直すとよいか").fill("気持ちを先に受けとめて")
    waits.get_by_role("button", name="この言葉をそえて戻す").click()
    expect(desk.talk.get_by_text("気持ちを先に受けとめて")).to_be_visible()
    assert not [words for words in stage.friends["ひなた"].reads() if "がんばって" in words]
    mine = desk.talk.get_by_role("region", name="まだ送っていない返事")
    mine.get_by_text("直してもう一度たのむ").click()
    mine.get_by_role("textbox", name="直した文").fill("つらかったですね")
    mine.get_by_role("button", name="これでよい").click()
    expect(waits).to_contain_text("つらかったですね")
    waits.get_by_role("button", name="このまま送る").click()
    expect(phone.says("つらかったですね")).to_be_visible()
    desk.sees("つらかったですね", "accepted")
    expect(desk.says("つらかったですね")).to_contain_text("高橋さんが確認")


def test_a_planned_answer_is_held_back_when_the_friend_writes_first(stage: Stage, town: Town) -> None:
    from django.utils import timezone

    from madoguchi.desk.models import Prepared

    desk, phone = begin(stage), stage.phone("ひなた")
    box = desk.talk.locator(".composer textarea[name=text]")
    desk.page.get_by_label("ほかに付けるもの").click()
    desk.press("日時を決めて送る")
    desk.talk.get_by_label("送る日時", exact=True).fill("2099-01-01T09:00")
    box.fill("またあした")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.talk.get_by_text("送る日時は、いまより後で、30日以内")).to_be_visible()
    tomorrow = timezone.localtime() + timedelta(days=1)
    desk.talk.get_by_label("送る日時", exact=True).fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    box.press("Control+Enter")
    expect(desk.talk.get_by_text("に送る予定")).to_be_visible()
    phone.send("やっぱり今がいい")
    expect(desk.talk.get_by_text("予定の時刻には送らず、確かめてもらいます")).to_be_visible()
    Prepared.objects.filter(organisation=town.sato.organisation).update(due_at=timezone.now())
    expect(desk.talk.get_by_text("送らずに止めました")).to_be_visible()
    desk.press("いま送る")
    expect(phone.says("またあした")).to_be_visible()


def test_an_answer_is_taken_back_before_it_goes_and_put_right_after(stage: Stage, town: Town) -> None:
    from madoguchi.desk import actions

    desk, phone = begin(stage), stage.phone("ひなた")
    actions.set_writing_rules(town.supervisor, {"undo_seconds": 10})
    desk.words.fill("まちがえた文です")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.talk.get_by_text("秒後に送ります")).to_be_visible()
    desk.page.keyboard.press("Alt+z")
    expect(desk.words).to_have_value("まちがえた文です")
    actions.set_writing_rules(town.supervisor, {"undo_seconds": 0})
    desk.words.fill("あしたは月曜です")
    desk.page.keyboard.press("Control+Enter")
    desk.sees("あしたは月曜です", "accepted")
    desk.says("あしたは月曜です").hover()
    desk.says("あしたは月曜です").get_by_role("button", name="訂正する").click()
    expect(desk.words).to_have_value("さきほどの「あしたは月曜です」は誤りです。正しくは、")
    desk.page.keyboard.type("火曜です。")
    desk.page.keyboard.press("Control+Enter")
    expect(phone.says("火曜です。")).to_be_visible()
    expect(desk.talk.get_by_text("訂正済み")).to_be_visible()
    assert not [words for words in stage.friends["ひなた"].reads() if "まちがえた" in words]


def test_words_taken_back_stay_when_the_answer_to_sending_them_comes_after(stage: Stage, town: Town) -> None:
    from madoguchi.desk import actions

    desk = begin(stage)
    late: list[tuple[Route, APIResponse]] = []
    actions.set_writing_rules(town.supervisor, {"undo_seconds": 10})
    desk.page.route("**/reply/", lambda route: late.append((route, route.fetch())))
    desk.words.fill("やっぱりやめます")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.talk.get_by_text("秒後に送ります")).to_be_visible()
    expect(desk.words).to_have_value("")
    desk.page.keyboard.press("Alt+z")
    expect(desk.words).to_have_value("やっぱりやめます")
    for route, answer in late:
        route.fulfill(response=answer)
    expect(desk.talk.get_by_text("秒後に送ります")).to_have_count(0)
    expect(desk.words).to_have_value("やっぱりやめます")
    assert "やっぱりやめます" not in stage.friends["ひなた"].reads()


def test_what_has_just_been_drawn_works_at_once(stage: Stage, town: Town) -> None:
    """A hand is as quick as the page: the button is pressed in the moment in which it appears."""
    from madoguchi.desk import actions

    desk = begin(stage)
    actions.set_writing_rules(town.supervisor, {"undo_seconds": 10})
    desk.page.evaluate(PRESSES_AT_ONCE)
    desk.words.fill("すぐに取り消します")
    desk.page.keyboard.press("Control+Enter")
    until(lambda: desk.page.evaluate("window.pressed === true"), 15)
    expect(desk.words).to_have_value("すぐに取り消します")
    assert desk.page.evaluate("window.pressed") is True, "the page was loaded anew"


PRESSES_AT_ONCE = """() => new MutationObserver((_, watch) => {
  const button = document.querySelector('[data-brief] [data-shortcut="z"]');
  if (button) { watch.disconnect(); window.pressed = true; button.click(); }
}).observe(document.body, { childList: true, subtree: true })"""


def test_dots_show_on_the_phone_while_the_holder_writes(stage: Stage, town: Town) -> None:
    desk = begin(stage)
    town.settle()
    desk.words.click()
    desk.page.keyboard.type("いま書いて")
    friend = stage.friends["ひなた"]

    def dots() -> bool:
        address = f"/emu/thread?userId={friend.user_id}&channelId={town.account.id}"
        return bool(town.platform.ask("GET", address)["loadingUntil"])

    until(dots, 15)
    assert not [words for words in friend.reads() if "いま書いて" in words]


def test_quick_replies_and_189_are_one_press_away(stage: Stage) -> None:
    desk, phone = begin(stage), stage.phone("ひなた")
    box = desk.talk.locator(".composer textarea[name=text]")
    desk.press("189に電話するボタンを付ける")
    desk.words.press("Control+Enter")
    expect(phone.at.get_by_text("189に電話する")).to_be_visible()
    desk.page.get_by_label("ほかに付けるもの").click()
    desk.press("クイックリプライを付ける")
    desk.talk.locator("textarea[name=choices]").fill("はい\nいいえ")
    box.fill("いま話せますか")
    box.press("Control+Enter")
    phone.press("はい")
    desk.sees("はい")


def test_a_long_answer_says_how_long_it_is_on_the_phone_and_shows_itself(stage: Stage) -> None:
    desk = begin(stage)
    count = desk.talk.locator(".composer-count")
    desk.words.fill("はい")
    expect(count).to_have_text("2文字・電話で1行")
    desk.words.fill("きょうは、どんな一日でしたか。" * 40)
    expect(count).to_contain_text("画面")
    desk.page.get_by_label("ほかに付けるもの").click()
    desk.press("電話での見え方")
    expect(desk.talk.locator("#phone-preview")).to_contain_text("どんな一日でしたか")
    expect(desk.talk.locator("#phone-preview")).not_to_have_class("is-measuring")
    desk.words.fill("あ" * 5001)
    expect(count).to_have_text("5001 / 5000")
    expect(desk.talk.get_by_role("button", name="送信する", exact=True)).to_be_disabled()


def test_where_an_answer_is_confirmed_nothing_goes_before_the_second_yes(stage: Stage, town: Town) -> None:
    from madoguchi.desk import actions

    actions.set_writing_rules(town.supervisor, {"confirming": "counsellors"})
    desk, phone = begin(stage), stage.phone("ひなた")
    desk.words.fill("おくるまえに")
    desk.page.keyboard.press("Control+Enter")
    asked = desk.page.get_by_role("dialog", name="この返事を送りますか")
    expect(asked).to_contain_text("おくるまえに")
    asked.get_by_role("button", name="書き直す").click()
    desk.words.fill("おくります")
    desk.page.keyboard.press("Control+Enter")
    expect(asked).to_contain_text("おくります")
    desk.page.keyboard.press("Enter")
    expect(phone.says("おくります")).to_be_visible()
    desk.sees("おくります", "accepted")
    assert not [words for words in stage.friends["ひなた"].reads() if "おくるまえに" in words]


def test_a_file_goes_as_a_link_that_opens_on_the_phone(stage: Stage) -> None:
    desk, phone = begin(stage), stage.phone("ひなた")
    desk.page.get_by_label("ほかに付けるもの").click()
    plain = FilePayload(name="相談先.txt", mimeType="text/plain", buffer="電話 189\n".encode())
    desk.talk.locator("input[name=file]").set_input_files(plain)
    expect(desk.talk.get_by_text("リンクにして送ります")).to_be_visible()
    desk.words.press("Control+Enter")
    desk.sees("相談先.txt", "accepted")
    expect(phone.says("ファイルを送ります：相談先.txt")).to_be_visible()
    said = next(words for words in stage.friends["ひなた"].reads() if "相談先.txt" in words)
    found = desk.page.request.get(next(line for line in said.splitlines() if line.startswith("http")))
    assert found.body().decode() == "電話 189\n"


def test_a_survey_is_one_press_away_and_its_answers_stand_beside_the_talk(stage: Stage, town: Town) -> None:
    from madoguchi.surveys import actions as surveys
    from tests.browser.surveys.asked import INTAKE

    survey = surveys.create(town.supervisor, "相談の前に", definition=INTAKE)
    surveys.publish(town.supervisor, survey)
    desk, phone = begin(stage), stage.phone("ひなた")
    desk.page.get_by_label("ほかに付けるもの").click()
    desk.press("相談の前に")
    expect(desk.words).to_have_value(re.compile("「相談の前に」に答えてもらえますか"))
    desk.words.press("Control+Enter")
    phone.press("アンケートに答える")
    phone.press("始める")
    phone.press("本人")
    expect(desk.page.get_by_role("region", name="アンケートの回答")).to_contain_text("本人")


def test_nothing_is_added_to_an_answer_that_is_on_its_way(stage: Stage) -> None:
    desk = begin(stage)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.page.route("**/reply/", hold)
    desk.words.fill("きいていますよ")
    with desk.page.expect_request("**/reply/"):
        desk.words.press("Control+Enter")
    expect(desk.words).not_to_be_editable()
    assert desk.talk.locator(".composer-tools").evaluate("node => node.inert")
    held[0].continue_()
    expect(desk.words).to_have_value("")
    desk.page.get_by_label("ほかに付けるもの").click()
    desk.press("クイックリプライを付ける")
    expect(desk.talk.locator("textarea[name=choices]")).to_be_focused()


def test_the_pages_of_writing_are_open_to_all(town: Town, seats: Seats) -> None:
    from madoguchi.phrases import actions as phrases

    desk = seats(town.supervisor, **STILL)
    for page in ("/phrases/", "/phrases/add/", "/desk/asked/", "/desk/writing/"):
        desk.page.goto(desk.origin + page)
        expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
        is_open_to_all(desk)
    phrases.install(town.supervisor)
    desk.page.set_viewport_size(NARROW)
    desk.page.goto(desk.origin + "/phrases/")
    is_open_to_all(desk)
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
