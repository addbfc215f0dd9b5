"""A friend who is not safe: who speaks is asked each time, hours are kept, a word makes the telephone harmless, the name is quiet."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Seats, Stage
from tests.browser.desk.hand import Desk
from tests.browser.desk.test_screens import STILL, is_open_to_all
from tests.street import Friend, Town

pytestmark = pytest.mark.browser
WORD = "さくらもち"


def begin(stage: Stage, words: str = "きいてください") -> Desk:
    """Sato holds the talk of ひなた."""
    stage.phone("ひなた").send(words)
    stage.sato.take(words)
    return stage.sato


def settings_of(desk: Desk) -> None:
    """The panel of wishes beside the talk, opened."""
    desk.talk.get_by_text("安全の設定を変える").click()
    expect(desk.talk.get_by_label("書いてよい時間の始まり")).to_be_visible()


def puts_it_down(friend: Friend, desk: Desk) -> None:
    """Nobody has touched the telephone for hours."""
    from madoguchi.contacts.models import Contact
    from madoguchi.core import clock

    Contact.objects.filter(pk=friend.known().pk).update(active_at=clock.now() - timedelta(hours=5))
    desk.page.reload()


def test_who_speaks_is_asked_each_time_and_one_side_finds_nothing_of_the_other(
    stage: Stage, town: Town
) -> None:
    from madoguchi.surveys import actions as surveys
    from tests.browser.surveys.asked import INTAKE
    from tests.browser.surveys.conftest import address_of, going_out

    phone, survey = stage.phone("ひなた"), going_out(town, INTAKE)
    begin(stage, "お父さんのことで話したい")
    phone.press("本人")
    expect(stage.sato.talk.locator(".talk-speaker")).to_have_text("本人")
    sheet = address_of(town, surveys.begin(stage.friends["ひなた"].known(), survey))
    own = stage.window.context.new_page()
    own.goto(sheet)
    expect(own.get_by_text("相談の前に").first).to_be_visible()
    stage.sato.answer("話してくれてありがとう")
    stage.sato.close("解消")
    phone.send("この子の母です")
    expect(phone.says("話しているのは、どなたですか")).to_have_count(2)
    phone.press("母")
    stage.suzuki.take("この子の母です")
    expect(stage.suzuki.talk.locator(".talk-speaker")).to_have_text("母")
    expect(stage.suzuki.talk.get_by_text("以前は 本人 が話していました")).to_be_visible()
    expect(stage.suzuki.talk.get_by_text("ここから話しているのは 母")).to_be_visible()
    answer = own.goto(sheet)
    assert answer is not None
    assert answer.status == 404
    expect(own.get_by_text("相談の前に")).to_have_count(0)
    after = stage.friends["ひなた"].reads()
    assert not [said for said in after[after.index("話してくれてありがとう") + 1 :] if "お父さん" in said]


def test_outside_the_safe_hours_an_answer_waits_and_insisting_takes_a_reason(stage: Stage) -> None:
    from madoguchi.core import clock

    phone, sato = stage.phone("ひなた"), begin(stage)
    here = clock.jst(clock.now())
    settings_of(sato)
    for label, hours in (("書いてよい時間の始まり", 3), ("書いてよい時間の終わり", 5)):
        sato.talk.get_by_label(label).fill(f"{here + timedelta(hours=hours):%H:%M}")
    sato.press("時間を保存する")
    expect(sato.talk.locator(".safety-standing")).to_contain_text("までだけ")
    puts_it_down(stage.friends["ひなた"], sato)
    expect(sato.talk.get_by_text("いま送るものは待機し")).to_be_visible()
    sato.answer("あとで読んでください")
    sato.sees("あとで読んでください", "held")
    sato.talk.get_by_label("命や体の危険がある").first.check()
    sato.answer("いま安全ですか")
    expect(phone.says("いま安全ですか")).to_be_visible()
    expect(phone.says("あとで読んでください")).to_have_count(0)
    phone.send("はい、いまなら話せます")
    expect(sato.talk.get_by_text("いま送るものは待機し")).to_have_count(0)
    sato.answer("よかった")
    expect(phone.says("よかった")).to_be_visible()
    sato.says("あとで読んでください").get_by_role("button", name="送らない").click()
    sato.sees("あとで読んでください", "dropped")
    assert "あとで読んでください" not in stage.friends["ひなた"].reads()


def test_who_asked_not_to_be_written_to_first_is_answered_and_never_begun_with(stage: Stage) -> None:
    phone, sato = stage.phone("ひなた"), begin(stage)
    phone.send("安全の設定")
    phone.press("先に書かないで")
    expect(phone.says("こちらから先に書くことはしません")).to_be_visible()
    expect(sato.talk.locator(".safety-standing")).to_contain_text("こちらから先に書くことはしません")
    sato.answer("はい、お話を聞きます")
    expect(phone.says("はい、お話を聞きます")).to_be_visible()
    puts_it_down(stage.friends["ひなた"], sato)
    expect(sato.talk.get_by_text("「先に書かないで」と頼まれています")).to_be_visible()
    sato.answer("その後いかがですか")
    sato.sees("その後いかがですか", "held")
    phone.send("また来ました")
    sato.sees("また来ました")
    sato.answer("おかえりなさい")
    expect(phone.says("おかえりなさい")).to_be_visible()
    assert "その後いかがですか" not in stage.friends["ひなた"].reads()


def test_the_agreed_word_and_the_menu_make_the_telephone_harmless_and_tell_the_desks(stage: Stage) -> None:
    phone, sato = stage.phone("ひなた"), begin(stage)
    settings_of(sato)
    sato.talk.get_by_label("画面をかえる合言葉").fill(WORD)
    sato.talk.get_by_label("戻るボタン").select_option(label="「図書館」を2回で戻る")
    sato.press("合言葉を保存する")
    expect(sato.talk.get_by_text("合言葉を決めてあります")).to_be_visible()
    phone.send(WORD)
    expect(phone.says("のお知らせ】").first).to_be_visible()
    expect(sato.talk.get_by_role("alert")).to_contain_text("画面をかえる合図がありました")
    expect(stage.supervisor.lists.get_by_text("画面をかえる合図")).to_be_visible()
    sato.answer("だいじょうぶですか")
    sato.sees("だいじょうぶですか", "held")
    phone.press("天気")
    phone.press("図書館")
    phone.press("図書館")
    expect(phone.says("お知らせは以上です")).to_be_visible()
    assert "だいじょうぶですか" not in stage.friends["ひなた"].reads()
    expect(sato.talk.get_by_role("alert")).to_contain_text("画面が元に戻りました")
    sato.press("本人だと確かめた")
    expect(sato.talk.get_by_role("alert")).to_have_count(0)
    sato.says("だいじょうぶですか").get_by_role("button", name="いま送る").click()
    expect(phone.says("だいじょうぶですか")).to_be_visible()
    stage.phone("みお").send("だれかいますか")
    stage.phone("みお").press("ほか")
    stage.phone("みお").press("画面をかえる")
    expect(stage.phone("みお").says("のお知らせ】").first).to_be_visible()
    expect(stage.suzuki.lists.locator(".waiting").get_by_text("画面をかえる合図")).to_be_visible()


def test_who_wants_a_quiet_name_sees_no_other_on_the_telephone(stage: Stage, town: Town) -> None:
    page = stage.supervisor.page
    page.goto(f"{stage.supervisor.origin}/safety/channels/{town.channel.pk}/")
    page.get_by_role("textbox", name="ひかえめな名前").fill("みどり文庫")
    page.get_by_label("ひかえめなアイコン").select_option(label="本")
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("保存しました")).to_be_visible()
    phone, sato = stage.phone("ひなた"), begin(stage)
    speaker = phone.at.locator(".speaker")
    expect(speaker.filter(has_text="みどり文庫")).to_have_count(0)
    phone.send("安全の設定")
    phone.press("名前をひかえめに")
    expect(phone.says("ひかえめな名前で送ります")).to_be_visible()
    sato.answer("はい、みています")
    expect(phone.says("はい、みています")).to_be_visible()
    expect(speaker.last).to_contain_text("みどり文庫")
    expect(sato.talk.locator(".safety-standing")).to_contain_text("ひかえめな名前で送ります")


def test_the_screens_of_safety(town: Town, seats: Seats) -> None:
    supervisor, sato = seats(town.supervisor, **STILL), seats(town.sato, **STILL)
    supervisor.page.goto(f"{supervisor.origin}/safety/channels/{town.channel.pk}/")
    expect(supervisor.page.get_by_role("heading", level=1)).to_be_visible()
    is_open_to_all(supervisor)
    friend, _conversation = town.open_talk("きいてください")
    sato.open("きいてください")
    settings_of(sato)
    is_open_to_all(sato)
    friend.says("画面をかえる")
    expect(sato.talk.get_by_role("alert")).to_contain_text("画面をかえる合図がありました")
    sato.answer("だいじょうぶですか")
    is_open_to_all(sato)
    sato.press("安全だと確かめたので戻す")
    expect(sato.talk.get_by_role("alert")).to_contain_text("画面が元に戻りました")
    is_open_to_all(sato)


def test_who_holds_the_talk_asks_with_one_tap_and_the_friend_answers_with_one(stage: Stage) -> None:
    phone = stage.phone("ひなた")
    desk = begin(stage)
    phone.send("それでね")  # under a newer word the first buttons are gone
    desk.sees("それでね")
    desk.press("相手にたずねる")
    expect(desk.messages.filter(has_text="どなたですか").last).to_be_visible()
    phone.press("本人")
    expect(desk.talk.locator(".talk-speaker")).to_have_text("本人")
    expect(desk.page.get_by_role("button", name="相手にたずねる")).to_have_count(0)
