"""A talk through all its states: held back, promised, summed up, ended with an outcome or with one tap, gone on with, found again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Stage
from tests.browser.desk.hand import Desk
from tests.street import Town

pytestmark = pytest.mark.browser


def does(desk: Desk, act: str) -> None:
    """An act from the talk's menu."""
    desk.talk.get_by_label("この相談の操作").click()
    desk.press(act)


def test_a_talk_goes_through_its_states_and_ends_with_an_outcome(stage: Stage) -> None:
    desk, phone = stage.sato, stage.phone("ひなた")
    phone.send("はなしたいです")
    expect(desk.lists.locator(".waiting")).to_contain_text("はなしたいです")
    desk.take("はなしたいです")
    does(desk, "保留にする")
    expect(desk.talk.get_by_text("保留中です")).to_be_visible()
    phone.send("もどりました")
    expect(desk.talk.get_by_text("保留中です")).to_have_count(0)
    does(desk, "あとで答える")
    desk.page.get_by_label("1時間後").check()
    desk.press("約束する")
    expect(desk.talk.get_by_text("までに答える約束です")).to_be_visible()
    desk.answer("お待たせしました")
    expect(desk.talk.get_by_text("までに答える約束です")).to_have_count(0)
    does(desk, "まとめに移す")
    expect(desk.talk.get_by_text("まとめ中です")).to_be_visible()
    desk.close("解消")
    expect(desk.lists.get_by_text("お待たせしました")).to_have_count(0)
    expect(phone.says("お待たせしました")).to_be_visible()


def test_what_is_no_consultation_ends_with_one_tap_and_nothing_is_said(stage: Stage) -> None:
    stage.phone("みお").send("あああああ")
    stage.sato.open("あああああ")
    friend = stage.friends["みお"]
    said = friend.reads()
    stage.sato.press("無言・いたずら・間違いとして終える")
    expect(stage.sato.page.get_by_text("「相談ではなかった」で終えました")).to_be_visible()
    expect(stage.suzuki.lists.get_by_text("あああああ")).to_have_count(0)
    talk = friend.conversation()
    assert (talk.state, talk.outcome, friend.reads()) == ("closed", "no_consultation", said)


def test_who_has_gone_quiet_hears_a_gentle_word_first_and_a_grave_talk_is_left_to_people(
    stage: Stage, town: Town
) -> None:
    desk = stage.sato
    for name, words in (("そら", "うーん"), ("ゆうママ", "もう死にたい")):
        stage.phone(name).send(words)
        desk.take(words)
        desk.answer(f"{name}さん、きいています")
    long_ago(town, "last_spoke_at")
    expect(stage.phone("そら").says("急がなくて大丈夫です")).to_be_visible()
    long_ago(town, "nudged_at")
    desk.open("急がなくて大丈夫です")
    expect(desk.talk.get_by_text("まとめ中です")).to_be_visible()
    grave = stage.friends["ゆうママ"]
    assert (grave.conversation().state, grave.conversation().due_at) == ("live", None)
    assert not [words for words in grave.reads() if "急がなくて大丈夫です" in words]
    stage.phone("そら").send("まだいます")
    expect(desk.talk.get_by_text("まとめ中です")).to_have_count(0)


def long_ago(town: Town, since: str) -> None:
    """Nobody has said a word for hours, and all talks' clocks have run out."""
    from datetime import timedelta

    from madoguchi.core import clock
    from madoguchi.desk.models import Conversation

    ours = Conversation.objects.filter(channel=town.channel)
    ours.update(**{since: clock.now() - timedelta(hours=6)}, due_at=clock.now())


def test_an_ended_talk_has_its_number_and_is_gone_on_with_and_its_friend_known_again(stage: Stage) -> None:
    desk, phone = stage.sato, stage.phone("ひなた")
    phone.send("はじめまして")
    desk.take("はじめまして")
    desk.answer("こんにちは")
    desk.close("解消")
    number = stage.friends["ひなた"].conversation().number
    desk.page.goto(f"{desk.origin}/desk/history/?q={number}")
    expect(desk.page.get_by_role("row").filter(has_text="解消")).to_have_count(1)
    desk.page.get_by_role("link", name=str(number), exact=True).click()
    desk.press("この相談を続ける")
    desk.answer("言い忘れたことがあります")
    expect(phone.says("言い忘れたことがあります")).to_be_visible()
    desk.close("他窓口を案内")
    phone.send("また来ました")
    stage.suzuki.take("また来ました")
    before = stage.suzuki.page.get_by_role("region", name="これまでの相談")
    expect(before).to_contain_text("これまでに1回の相談があります")
    expect(before).to_contain_text("他窓口を案内")
    expect(before).to_contain_text(re.compile(rf"相談 {number}.*佐藤"))
    expect(stage.suzuki.talk.get_by_role("heading", level=1)).to_contain_text(str(number + 1))
