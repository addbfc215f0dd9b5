"""The practice phones: what they show of what accounts send, and that they miss nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Opens
from tests.browser.hand import Phone, findings, until, window
from tests.browser.wares import INCOMING
from tests.emulator import stand
from tests.emulator.receiver import Receiver
from tests.emulator.stand import Account, Emulator

pytestmark = pytest.mark.browser
HEAR = """async () => {
  window.heard = [];
  const { on } = await import("/phone/platform/live.js");
  on("message", (said) => heard.push(said));
}"""
WIDE = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def shown(browser: Browser, emulator: Emulator) -> Iterator[Phone]:
    """A phone that was sent one of each kind."""
    account = emulator.account(name="こども相談窓口")
    friend = account.new_friend("はると")
    with window(browser, f"{emulator.origin}/?phones={friend}&open={account.id}") as page:
        for kind, (messages, _, _) in INCOMING.items():
            assert account.push(friend, *messages(emulator)).status == 200, kind
        yield Phone(page, "はると")


@pytest.mark.parametrize("kind", INCOMING)
def test_every_kind_that_accounts_send_is_drawn(kind: str, shown: Phone) -> None:
    _, role, name = INCOMING[kind]
    talk = shown.at.get_by_role("region", name="トーク")
    expect(talk.get_by_role(role, name=name).first).to_be_visible()


def test_pictures_from_accounts_are_loaded(shown: Phone) -> None:
    picture = shown.at.get_by_role("log").get_by_role("img", name="写真").first
    expect(picture).to_be_visible()
    until(lambda: picture.evaluate("image => image.complete && image.naturalWidth") == 8)


def test_a_quick_reply_is_sent_by_a_tap_and_goes(phone: Phone, account: Account, friend: str) -> None:
    action = {"type": "message", "label": "心配", "text": "心配です"}
    items = {"items": [{"type": "action", "action": action}]}
    account.push(friend, {"type": "text", "text": "前の問い", "quickReply": items})
    account.push(friend, {"type": "text", "text": "いまの気持ちは？", "quickReply": items})
    replies = phone.at.get_by_role("group", name="返信の候補")
    expect(replies).to_have_count(1)
    replies.get_by_role("button", name="心配").click()
    expect(phone.says("心配です")).to_be_visible()
    expect(replies).to_have_count(0)
    assert account.texts(friend)[-1] == "心配です"


def test_a_press_on_a_quick_reply_outlives_what_is_drawn_meanwhile(
    phone: Phone, account: Account, friend: str
) -> None:
    items = {
        "items": [{"type": "action", "action": {"type": "message", "label": "はい", "text": "はいです"}}]
    }
    before = [
        {"type": "text", "text": "ながい話です。" * 40}
    ] * 3  # the talk is scrolled: its end stays where it is
    account.push(friend, *before, {"type": "text", "text": "つづけますか", "quickReply": items})
    phone.at.get_by_role("group", name="返信の候補").get_by_role("button", name="はい").hover()
    phone.page.mouse.down()
    account.api("POST", "/v2/bot/chat/loading/start", {"chatId": friend, "loadingSeconds": 20})
    expect(phone.at.get_by_role("img", name="こども相談窓口が入力しています")).to_be_visible()
    phone.page.mouse.up()
    expect(phone.says("はいです")).to_be_visible()


def test_a_date_is_picked_and_posted_back(opens: Opens, emulator: Emulator, receiver: Receiver) -> None:
    account = emulator.account(webhookUrl=receiver.url)
    friend = account.new_friend("はると")
    phone = Phone(opens(friend, f"&open={account.id}"), "はると")
    account.push(friend, *INCOMING["buttons"][0](emulator))
    phone.press("日時をえらぶ")
    phone.at.get_by_label("日時をえらぶ", exact=True).locator("input").fill("2026-11-24T10:30")
    phone.press("送信")
    events = until(lambda: [each for each in receiver.events if each["type"] == "postback"])
    assert events[0]["postback"] == {"data": "book", "params": {"datetime": "2026-11-24T10:30"}}


def test_dots_show_until_the_next_message(phone: Phone, account: Account, friend: str) -> None:
    account.api("POST", "/v2/bot/chat/loading/start", {"chatId": friend, "loadingSeconds": 20})
    dots = phone.at.get_by_role("img", name="こども相談窓口が入力しています")
    expect(dots).to_be_visible()
    account.push(friend, {"type": "text", "text": "お待たせしました"})
    expect(phone.says("お待たせしました")).to_be_visible()
    expect(dots).to_have_count(0)


def test_read_shows_only_when_the_account_has_read(
    opens: Opens, emulator: Emulator, receiver: Receiver
) -> None:
    account = emulator.account(webhookUrl=receiver.url)
    friend = account.new_friend("はると")
    phone = Phone(opens(friend, f"&open={account.id}"), "はると")
    phone.send("読んでくれますか")
    read = phone.at.get_by_role("log").get_by_text("既読")
    (event,) = until(lambda: [each for each in receiver.events if each["type"] == "message"])
    expect(read).to_be_hidden()
    account.api("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": event["message"]["markAsReadToken"]})
    expect(read).to_be_visible()


def test_the_list_counts_what_is_unread_until_the_talk_is_opened(
    opens: Opens, account: Account, friend: str
) -> None:
    phone = Phone(opens(friend), "はると")
    for text in ("ひとつめ", "ふたつめ"):
        account.push(friend, {"type": "text", "text": text})
    expect(phone.at.get_by_label("未読2件")).to_be_visible()
    phone.press("こども相談窓口")
    expect(phone.says("ふたつめ")).to_be_visible()
    until(lambda: account.thread(friend)[-1]["read"])
    phone.press("トーク一覧にもどる")
    expect(phone.at.get_by_role("list", name="トーク一覧")).to_contain_text("ふたつめ")
    expect(phone.at.get_by_label("未読")).to_have_count(0)


def test_a_phone_that_lost_its_line_catches_up(browser: Browser, tmp_path: Path) -> None:
    emulator = stand.start("--data", str(tmp_path))
    account = emulator.account(name="窓口")
    friend = account.new_friend("はると")
    port = emulator.origin.rsplit(":", 1)[1]
    with window(browser, f"{emulator.origin}/?phones={friend}&open={account.id}") as page:
        phone = Phone(page, "はると")
        phone.send("切れる前")
        expect(phone.says("切れる前")).to_be_visible()
        emulator.kill()
        expect(phone.at.get_by_text("圏外")).to_be_visible()
        again = stand.start("--data", str(tmp_path), "--port", port)
        Account(again, account.channel).push(friend, {"type": "text", "text": "留守のあいだの返事"})
        expect(phone.says("留守のあいだの返事")).to_be_visible(timeout=10_000)
        expect(phone.says("切れる前")).to_have_count(1)
        again.kill()


def test_only_the_talks_of_these_phones_travel_to_the_window(
    opens: Opens, account: Account, friend: str
) -> None:
    stranger = account.new_friend("ゆい")
    page = opens(friend, f"&open={account.id}")
    page.locator("html[data-line=up]").wait_for()
    page.evaluate(HEAR)
    account.act(stranger, "text", text="だれにも見せないで")
    account.act(friend, "text", text="わたしの")
    until(lambda: page.evaluate("heard.length"))
    assert [said["chatId"] for said in page.evaluate("heard")] == [friend]


def test_a_forgetful_platform_leaves_phones_without_owners(browser: Browser) -> None:
    emulator = stand.start()
    account = emulator.account()
    friend = account.new_friend("はると")
    with window(browser, f"{emulator.origin}/?phones={friend}&open={account.id}") as page:
        expect(Phone(page, "はると").at).to_be_visible()
        emulator.post("/emu/reset")
        expect(page.get_by_role("heading", name="だれの電話？")).to_be_visible()
    emulator.kill()


def test_the_drawer_shows_the_last_webhook_and_sets_faults(
    opens: Opens, emulator: Emulator, receiver: Receiver
) -> None:
    account = emulator.account(webhookUrl=receiver.url)
    friend = account.new_friend("はると")
    phone = Phone(opens(friend, f"&open={account.id}"), "はると")
    phone.press("開発者のひきだし")
    phone.send("見えるはず")
    expect(phone.at.get_by_label("Webhookの本文")).to_contain_text("見えるはず")
    expect(phone.at.get_by_role("region", name="最後のWebhook")).to_contain_text("200")
    phone.at.get_by_text("二重に届く").click()
    until(
        lambda: (
            [each["kind"] for each in emulator.get(f"/emu/channels/{account.id}/faults")["faults"]]
            == ["duplicate"]
        )
    )


def test_a_narrow_window_shows_one_phone_at_a_time(opens: Opens, account: Account, friend: str) -> None:
    mother = account.new_friend("さくらの母")
    page = opens(f"{friend},{mother}", f"&open={account.id}", viewport={"width": 390, "height": 844})
    child, parent = Phone(page, "はると"), Phone(page, "さくらの母")
    expect(child.at).to_be_visible()
    expect(parent.at).to_be_hidden()
    page.get_by_role("navigation", name="電話をえらぶ").get_by_role("button", name="さくらの母").click()
    expect(parent.at).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_long_talk_opens_at_its_end(phone: Phone, account: Account, friend: str) -> None:
    acts = [
        {"userId": friend, "channelId": account.id, "do": "text", "text": f"{n}件目"} for n in range(1, 201)
    ]
    account.emulator.post("/emu/acts", {"acts": acts})
    phone.page.reload()
    expect(phone.says("200件目")).to_be_in_viewport()
    expect(phone.at.get_by_role("listitem").filter(has_text="件目")).to_have_count(200)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(scheme: str, opens: Opens, account: Account, friend: str) -> None:
    for messages, _, _ in INCOMING.values():
        account.push(friend, *messages(account.emulator))
    for kind in ("text", "image", "video", "audio", "file"):
        account.act(friend, kind, **({"text": "はい https://example.jp/"} if kind == "text" else {}))
    account.push(friend, *INCOMING["quick reply"][0](account.emulator))
    others = [account.new_friend(name) for name in ("ゆい", "みお", "そうた")]
    page = opens(
        ",".join([friend, *others]),
        f"&open={account.id}",
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,
        viewport=WIDE,
    )
    Phone(page, "はると").press("スタンプと絵文字")
    Phone(page, "ゆい").press("トーク一覧にもどる")
    Phone(page, "みお").press("開発者のひきだし")
    Phone(page, "そうた").press("トーク一覧にもどる")
    Phone(page, "そうた").press("友だちを追加")
    expect(Phone(page, "はると").at.get_by_role("group", name="返信の候補")).to_be_visible()
    assert findings(page) == []
