"""The main job: friends write on LINE, two counsellors answer, and the friends read it on their phones."""

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from faults.street import Street, wait_until
from tests.browser.desk.conftest import Seats
from tests.browser.wares import PICTURE
from tests.street import Friend, Town

if TYPE_CHECKING:
    from madoguchi.accounts.models import User

pytestmark = pytest.mark.browser


def test_three_friends_are_heard_answered_and_come_back(town: Town, suzuki: "User", seats: Seats) -> None:
    sato, colleague = seats(town.sato), seats(suzuki)
    child, mother, grandfather = (town.friend(name, follows=True) for name in ("ひなた", "ゆうママ", "そら"))
    child.says("学校に行けません")
    mother.says("夜泣きがつらいです")
    grandfather.says("孫のことで")
    for desk in (sato, colleague):
        expect(desk.row("学校に行けません")).to_be_visible()
        expect(desk.lists.get_by_text("3人")).to_be_visible()
    sato.take("学校に行けません")
    colleague.take("夜泣きがつらいです")
    expect(sato.row("夜泣きがつらいです")).to_have_count(0)
    sato.answer("こんにちは。\n読んでいますよ。")
    colleague.answer("おつかれさまです。")
    sato.sees("読んでいますよ", "accepted")
    assert "こんにちは。\n読んでいますよ。" in child.reads()
    assert "おつかれさまです。" in wait_until(lambda: _has(mother, "おつかれさまです。"), "on the phone")
    assert "おつかれさまです。" not in child.reads()
    sato.close("解消")
    child.says("また話したいです")
    expect(colleague.row("また話したいです")).to_be_visible()
    colleague.open("また話したいです")
    colleague.sees("読んでいますよ")
    expect(colleague.talk.get_by_role("complementary").get_by_text("解消", exact=True)).to_be_visible()


def _has(friend: Friend, words: str) -> list[str]:
    read = friend.reads()
    return read if words in read else []


def test_every_kind_of_a_friend_s_message_is_drawn(town: Town, seats: Seats) -> None:
    friend = town.friend(follows=True)
    friend.says("一行目\n二行目 https://example.com/a?b=1")
    desk = seats(town.sato)
    desk.open("一行目")
    for do, fields in ACTS:
        friend.act(do, **fields)
    friend.act("unsend", messageId=friend.says("消したい言葉"))
    town.settle()
    expect(desk.messages.locator("a[data-outside]").first).to_have_text("https://example.com/a?b=1")
    for kind in ("sticker", "image", "video", "audio", "file", "location", "postback", "unsent"):
        expect(desk.talk.locator(f'[data-kind="{kind}"]').first).to_be_visible()
    expect(desk.talk.get_by_text("泣く")).to_be_visible()
    expect(desk.talk.locator("audio")).to_be_hidden()
    desk.press("音声を聞く")
    expect(desk.talk.locator("audio")).to_be_visible()
    expect(desk.talk.get_by_role("link", name="健診のお知らせ.pdf")).to_be_visible()
    expect(desk.talk.get_by_text("消したい言葉")).to_have_count(0)
    expect(desk.talk.locator('[data-kind="unsupported"]')).to_contain_text("未対応の種類 beacon")
    expect(desk.talk.locator(".continues-set")).to_have_count(1)
    desk.talk.locator("a.bubble-picture").first.click()
    large = desk.page.get_by_role("dialog").get_by_role("img")
    wait_until(lambda: large.evaluate("image => image.complete && image.naturalWidth"), "the large picture")


ACTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("sticker", {"packageId": "11537", "stickerId": "52002750", "keywords": ["cry", "sad"]}),
    ("image", {}),
    ("video", {}),
    ("audio", {}),
    ("file", {"fileName": "健診のお知らせ.pdf"}),
    ("location", {"title": "第三公園", "address": "緑町4丁目", "latitude": 35.66, "longitude": 139.74}),
    ("postback", {"data": "menu=1"}),
    ("beacon", {"hwid": "d41d8cd98f"}),
    ("image", {"imageSet": {"id": "S1", "index": 1, "total": 2}}),
    ("image", {"imageSet": {"id": "S1", "index": 2, "total": 2}}),
)


def test_a_counsellor_sends_text_sticker_and_picture(town: Town, seats: Seats) -> None:
    friend = town.friend(follows=True)
    friend.says("きいてください")
    desk = seats(town.sato)
    desk.take("きいてください")
    desk.press("スタンプ")
    desk.talk.get_by_label("ありがとうございます").check(force=True)
    expect(desk.talk.locator('[data-side="counsellor"][data-kind="sticker"]')).to_have_count(0)
    expect(desk.talk.locator(".sticker-chosen output")).to_have_text("ありがとうございます")
    desk.press("このスタンプを送る")
    expect(desk.talk.locator('[data-side="counsellor"][data-kind="sticker"]')).to_be_visible()
    desk.page.locator("input[name=picture]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    desk.answer("この図を見てください")
    desk.sees("この図を見てください", "accepted")
    kinds = [
        line["message"]["type"] for line in town.account.thread(friend.user_id) if line["from"] == "account"
    ]
    assert kinds[-3:] == ["sticker", "image", "text"]
    picture = desk.talk.locator('[data-side="counsellor"] img')
    wait_until(lambda: picture.evaluate("image => image.complete && image.naturalWidth"), "the sent picture")


def test_both_desks_show_a_new_message(town: Town, suzuki: "User", seats: Seats) -> None:
    """How soon is measured by `./dev bench live`."""
    desks = [seats(town.sato), seats(suzuki)]
    for desk in desks:
        desk.is_connected()
    town.friend(follows=True).says("いま届きました")
    for desk in desks:
        expect(desk.row("いま届きました")).to_be_visible()


def test_a_grave_sign_calls_until_somebody_has_read_it(town: Town, suzuki: "User", seats: Seats) -> None:
    sato, colleague = seats(town.sato), seats(suzuki)
    town.friend(follows=True).says("もう死にたいです")
    for desk in (sato, colleague):
        expect(desk.lists.get_by_text("重大なサインが届いています")).to_be_visible()
    sato.page.keyboard.press("g")
    expect(sato.talk.get_by_role("alert")).to_contain_text("死にたい気持ち")
    sato.press("読んで確かめた")
    for desk in (sato, colleague):
        expect(desk.lists.get_by_text("重大なサインが届いています")).to_have_count(0)


def test_a_failed_message_says_why_and_is_sent_again(town: Town, seats: Seats) -> None:
    friend = town.friend(follows=True)
    friend.says("きいてください")
    desk = seats(town.sato)
    desk.take("きいてください")
    town.account.fault("monthlyLimit", count=1, path="push")
    desk.words.fill("届きますか")
    desk.page.keyboard.press("Control+Enter")
    desk.sees("届きますか", "failed")
    desk.press("もう一度送る")
    desk.sees("届きますか", "accepted")
    assert friend.reads().count("届きますか") == 1


def test_the_name_is_shown_on_the_record_and_the_phone_shows_read(town: Town, seats: Seats) -> None:
    from madoguchi.audit.models import Entry

    friend = town.friend("ひなた", follows=True)
    friend.says("きいてください")
    desk = seats(town.sato)
    desk.open("きいてください")
    expect(desk.talk.get_by_text("ひなた")).to_have_count(0)
    assert not _is_read(town, friend)
    desk.press("この相談を担当する")
    desk.press("LINEの名前を表示する")
    expect(desk.talk.get_by_text("ひなた")).to_be_visible()
    assert Entry.objects.filter(verb="desk.reveal", actor_id=town.sato.pk).count() == 1
    wait_until(lambda: _is_read(town, friend), "read on the phone")


def _is_read(town: Town, friend: Friend) -> bool:
    said = [line for line in town.account.thread(friend.user_id) if line["from"] == "friend"]
    return all(line["read"] for line in said)


def test_an_answer_that_failed_is_seen_from_another_talk(street: Street, town: Town, seats: Seats) -> None:
    for words in ("ひとりめです", "ふたりめです"):
        town.friend(follows=True).says(words)
        town.settle()
    desk = seats(town.sato)
    desk.take("ひとりめです")
    desk.take("ふたりめです")
    town.settle()
    town.account.fault("monthlyLimit", count=1, path="push")
    for worker in street.workers:  # nobody sends until the other talk is open
        street.kill(worker)
    desk.answer("届きますか")
    desk.open("ひとりめです")
    for worker in street.workers:
        street.start(worker)
    expect(desk.row("届きますか")).to_contain_text("失敗", timeout=60_000)  # the workers start again
    desk.open("届きますか")
    desk.press("もう一度送る")
    desk.sees("届きますか", "accepted")
