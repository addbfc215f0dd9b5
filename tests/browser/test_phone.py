"""The practice phones: what a friend does on one arrives at the platform as LINE would have it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Opens
from tests.browser.hand import Phone, until, window
from tests.browser.wares import PICTURE
from tests.emulator.stand import Account, Emulator

pytestmark = pytest.mark.browser


def test_the_window_says_that_this_is_not_line(phone: Phone) -> None:
    expect(phone.page.get_by_role("note")).to_contain_text("練習用の電話です。LINEには届きません")


def test_two_phones_talk_side_by_side(opens: Opens, account: Account, friend: str) -> None:
    mother = account.new_friend("さくらの母")
    page = opens(f"{friend},{mother}", f"&open={account.id}")
    child, parent = Phone(page, "はると"), Phone(page, "さくらの母")
    child.send("学校に行けません")
    parent.send("娘のことで相談です")
    expect(parent.says("娘のことで相談です")).to_be_visible()
    expect(parent.says("学校に行けません")).to_have_count(0)
    assert until(lambda: account.texts(friend)) == ["学校に行けません"]
    assert until(lambda: account.texts(mother)) == ["娘のことで相談です"]


def test_a_new_person_gets_a_phone_and_the_address_remembers_it(opens: Opens, emulator: Emulator) -> None:
    page = opens(emulator.friend("だれか"))
    page.get_by_role("button", name="電話をふやす").click()
    page.get_by_role("textbox", name="新しい人の名前").fill("みなと")
    page.get_by_role("button", name="この名前ではじめる").click()
    expect(page.get_by_role("region", name="みなとの電話")).to_be_visible()
    page.reload()
    expect(page.get_by_role("region", name="みなとの電話")).to_be_visible()


@pytest.mark.parametrize("way", ["リンク", "ID", "QRコード", "一覧"])
def test_an_account_is_added(way: str, opens: Opens, emulator: Emulator, account: Account) -> None:
    account.set(name=f"窓口{account.id}")
    friend, basic_id = emulator.friend("ゆい"), account.channel["basicId"]
    phone = Phone(opens(friend), "ゆい")
    phone.press("友だちを追加")
    phone.press(way, "tab")
    if way in ("リンク", "ID"):
        phone.at.get_by_role("textbox").fill(
            f"https://line.me/R/ti/p/{basic_id}" if way == "リンク" else basic_id[1:]
        )
        phone.press("さがす")
    else:
        phone.press(f"窓口{account.id}")
    phone.press("追加")
    expect(phone.at.get_by_role("textbox", name="メッセージを入力")).to_be_visible()
    assert emulator.get(f"/emu/friends/{friend}")["accounts"] == {account.id: "friend"}


def test_a_link_to_an_account_opens_on_the_first_phone(
    opens: Opens, emulator: Emulator, account: Account
) -> None:
    friend, basic_id = emulator.friend("ゆい"), account.channel["basicId"]
    page = opens(friend)
    page.goto(f"{emulator.origin}/?phones={friend}&add={basic_id}")
    expect(Phone(page, "ゆい").at.get_by_role("heading", name="こども相談窓口")).to_be_visible()
    expect(Phone(page, "ゆい").at.get_by_text("まだ友だちではありません")).to_be_visible()


SENDING = {
    "sticker": ["スタンプと絵文字", "スタンプ「ありがとう」を送る"],
    "image": ["カメラ", "撮って送る"],
    "video": ["メニューをひらく", "動画", "見本の動画"],
    "audio": ["ボイスメッセージ", "見本の声"],
    "file": ["メニューをひらく", "ファイル", "そうだんメモ.txt"],
    "location": ["メニューをひらく", "位置情報", "みどり公園"],
}
SHOWN = {
    "sticker": "スタンプ：ありがとう",
    "image": "写真を拡大",
    "video": "動画を再生",
    "audio": "ボイスメッセージ 0:04 を再生",
    "file": "ファイル そうだんメモ.txt を保存",
    "location": "位置情報：みどり公園",
}


@pytest.fixture(scope="module")
def sending(browser: Browser, emulator: Emulator) -> Iterator[tuple[Phone, Account, str]]:
    """A phone with a talk open, its account and the id of its owner."""
    account = emulator.account()
    friend = account.new_friend("はると")
    with window(browser, f"{emulator.origin}/?phones={friend}&open={account.id}") as page:
        yield Phone(page, "はると"), account, friend


@pytest.mark.parametrize("kind", SENDING)
def test_every_kind_is_sent_and_shown(kind: str, sending: tuple[Phone, Account, str]) -> None:
    phone, account, friend = sending
    before = len(account.thread(friend))
    for name in SENDING[kind]:
        phone.press(name)
    (line,) = until(lambda: account.thread(friend, after=before))
    assert line["message"]["type"] == kind
    expect(phone.at.get_by_role("log").get_by_label(SHOWN[kind])).to_be_visible()


def test_pictures_chosen_together_are_one_set(phone: Phone, account: Account, friend: str) -> None:
    phone.press("写真をえらぶ")
    for name in ("夕やけ", "子ねこ", "海と空"):
        phone.press(name)
    phone.press("3枚を送る")
    expect(phone.at.get_by_role("group", name="写真3枚").get_by_role("img")).to_have_count(3)
    sets = [line["message"]["imageSet"] for line in account.thread(friend)]
    assert len({each["id"] for each in sets}) == 1
    assert [(each["index"], each["total"]) for each in sets] == [(1, 3), (2, 3), (3, 3)]


def test_a_file_of_this_computer_arrives_byte_for_byte(
    phone: Phone, account: Account, friend: str, tmp_path: Path
) -> None:
    own = tmp_path / "写真.png"
    own.write_bytes(PICTURE)
    phone.press("写真をえらぶ")
    phone.at.get_by_label("写真のファイルをえらぶ").set_input_files(own)
    (line,) = until(lambda: account.thread(friend))
    assert account.emulator.send("GET", line["content"]["url"]).raw == PICTURE


def test_line_emoji_go_with_their_places(phone: Phone, account: Account, friend: str) -> None:
    phone.write("ありがとう")
    phone.press("スタンプと絵文字")
    phone.press("絵文字", "tab")
    phone.press("絵文字 (love)")
    phone.press("送信")
    (line,) = until(lambda: account.thread(friend))
    assert line["message"]["text"] == "ありがとう(love)"
    assert [(each["index"], each["length"]) for each in line["message"]["emojis"]] == [(5, 6)]
    expect(phone.at.get_by_role("log").get_by_label("(love)")).to_be_visible()


def test_enter_after_an_emoji_picked_by_mouse_sends_the_message(
    phone: Phone, account: Account, friend: str
) -> None:
    phone.press("スタンプと絵文字")
    phone.press("絵文字", "tab")
    phone.press("絵文字 🍀")
    phone.press("絵文字 🌸")
    phone.page.keyboard.press("Enter")
    assert until(lambda: account.texts(friend)) == ["🍀🌸"]


def test_what_the_platform_refuses_is_said_in_the_phones_own_words(
    phone: Phone, account: Account, friend: str
) -> None:
    said = phone.page.evaluate(
        """async () => {
          const { inWords } = await import("/phone/platform/refusals.js");
          return ["this person blocks the account", "unheard of", "電話の回線がつながりません"].map((message) => inWords({ message }));
        }"""
    )
    assert said == [
        "ブロックしているので、送れません。",
        "いまはできない操作でした。",
        "電話の回線がつながりません",
    ]


def test_enter_never_sends_while_an_input_method_composes(
    phone: Phone, account: Account, friend: str
) -> None:
    field = phone.at.get_by_role("textbox", name="メッセージを入力")
    field.fill("こんに")
    for composing in ({"isComposing": True}, {"keyCode": 229}):
        field.dispatch_event("keydown", {"key": "Enter", **composing})
    field.press("Shift+Enter")
    field.press_sequentially("ちは")
    field.press("Enter")
    assert until(lambda: account.texts(friend)) == ["こんに\nちは"]


def test_enter_breaks_the_line_when_so_set(phone: Phone, account: Account, friend: str) -> None:
    phone.page.get_by_text("Enterで送信").click()
    field = phone.at.get_by_role("textbox", name="メッセージを入力")
    field.press_sequentially("一\n二")
    assert account.texts(friend) == []
    field.press("Control+Enter")
    assert until(lambda: account.texts(friend)) == ["一\n二"]


def test_what_is_unsent_leaves_only_a_note(phone: Phone, account: Account, friend: str) -> None:
    phone.send("まちがえました")
    phone.choose("まちがえました", "送信取消")
    expect(phone.says("メッセージの送信を取り消しました")).to_be_visible()
    expect(phone.says("まちがえました")).to_have_count(0)
    assert account.thread(friend)[0]["unsent"]


def test_a_long_press_with_a_finger_opens_the_menu(opens: Opens, account: Account, friend: str) -> None:
    account.act(friend, "text", text="長押しして")
    page = opens(friend, f"&open={account.id}", viewport={"width": 390, "height": 844}, has_touch=True)
    place = Phone(page, "はると").says("長押しして").bounding_box()
    assert place
    finger = page.context.new_cdp_session(page)
    points = [{"x": place["x"] + 5, "y": place["y"] + 5}]
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
    page.wait_for_timeout(600)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.get_by_role("dialog").get_by_role("button", name="送信取消").click()
    expect(Phone(page, "はると").says("メッセージの送信を取り消しました")).to_be_visible()


def test_a_press_that_the_browser_took_over_leaves_the_next_one_alone(
    opens: Opens, account: Account, friend: str
) -> None:
    account.act(friend, "text", text="長押しして")
    page = opens(friend, f"&open={account.id}", viewport={"width": 390, "height": 844}, has_touch=True)
    message = Phone(page, "はると").says("長押しして")
    message.dispatch_event(
        "pointerdown", {"pointerType": "touch", "clientX": 9, "clientY": 9, "bubbles": True}
    )
    expect(page.get_by_role("dialog")).to_be_visible()
    message.dispatch_event("pointercancel", {"pointerType": "touch", "bubbles": True})
    page.get_by_role("dialog").get_by_role("button", name="送信取消").click()
    expect(Phone(page, "はると").says("メッセージの送信を取り消しました")).to_be_visible()


def test_a_reply_quotes_the_message_it_answers(phone: Phone, account: Account, friend: str) -> None:
    account.push(friend, {"type": "text", "text": "いつごろからですか"})
    phone.choose("いつごろからですか", "リプライ")
    phone.send("2学期からです")
    asked, answer = until(lambda: len(lines := account.thread(friend)) == 2 and lines)
    assert answer["message"]["quotedMessageId"] == asked["id"]
    expect(phone.at.get_by_role("log").get_by_role("blockquote")).to_contain_text("いつごろからですか")


def test_blocking_and_unblocking(phone: Phone, account: Account, friend: str) -> None:
    phone.press("トークのメニュー")
    phone.press("ブロック")
    expect(phone.at.get_by_text("このアカウントをブロックしています。")).to_be_visible()
    expect(phone.at.get_by_role("textbox", name="メッセージを入力")).to_be_hidden()
    account.push(friend, {"type": "text", "text": "届かないはず"})
    phone.press("ブロック解除")
    phone.send("もどりました")
    until(lambda: account.texts(friend) == ["もどりました"])
    expect(phone.says("届かないはず")).to_have_count(0)
