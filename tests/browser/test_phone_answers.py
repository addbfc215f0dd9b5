"""The practice phones: everything a survey may ask with is answered by taps."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opens
from tests.browser.hand import Phone, until
from tests.emulator.receiver import Receiver
from tests.emulator.stand import Account, Emulator

pytestmark = pytest.mark.browser
NARROW = {"width": 390, "height": 844}


def asked(*actions: dict[str, Any], text: str = "どうしますか") -> dict[str, Any]:
    items = [{"type": "action", "action": action} for action in actions]
    return {"type": "text", "text": text, "quickReply": {"items": items}}


@pytest.fixture
def heard(emulator: Emulator, receiver: Receiver) -> Account:
    return emulator.account(name="こども相談窓口", webhookUrl=receiver.url)


@pytest.fixture
def answering(heard: Account, opens: Opens) -> tuple[Phone, str]:
    """A narrow phone whose account hears what is answered, and its owner's id."""
    friend = heard.new_friend("はると")
    return Phone(opens(friend, f"&open={heard.id}", viewport=NARROW), "はると"), friend


def replies(phone: Phone) -> Locator:
    return phone.at.get_by_role("group", name="返信の候補")


def postbacks(receiver: Receiver) -> list[dict[str, Any]]:
    return [event["postback"] for event in receiver.events if event["type"] == "postback"]


def test_thirteen_quick_replies_lie_in_one_row_that_can_be_pushed(
    answering: tuple[Phone, str], heard: Account
) -> None:
    phone, friend = answering
    labels = [f"{n}番目のとても長い名前の答え" for n in range(1, 14)]
    heard.push(friend, asked(*({"type": "message", "label": label, "text": label} for label in labels)))
    first, last = (
        replies(phone).get_by_role("button", name=label, exact=True) for label in (labels[0], labels[-1])
    )
    expect(first).to_be_in_viewport()
    expect(last).not_to_be_in_viewport()
    assert replies(phone).evaluate("row => new Set([...row.children].map(chip => chip.offsetTop)).size") == 1
    last.click()
    expect(phone.says(labels[-1])).to_be_visible()
    expect(replies(phone)).to_have_count(0)


def test_a_postback_shows_its_words_and_opens_the_keyboard(
    answering: tuple[Phone, str], heard: Account, receiver: Receiver
) -> None:
    phone, friend = answering
    other = {"type": "postback", "label": "その他", "data": "q=9", "displayText": "ほかの答え"}
    heard.push(friend, asked(other | {"inputOption": "openKeyboard", "fillInText": "わたしの場合は"}))
    replies(phone).get_by_role("button", name="その他").click()
    field = phone.at.get_by_role("textbox", name="メッセージを入力")
    expect(field).to_have_value("わたしの場合は")
    expect(field).to_be_focused()
    expect(phone.says("ほかの答え")).to_be_visible()
    expect(replies(phone)).to_have_count(0)
    assert until(lambda: postbacks(receiver)) == [{"data": "q=9"}]


MOMENTS = [
    (
        {"mode": "date", "initial": "2014-04-02", "min": "2006-04-02"},
        "日付をえらぶ",
        "2015-12-24",
        {"date": "2015-12-24"},
    ),
    ({"mode": "time", "max": "17:00"}, "時刻をえらぶ", "09:30", {"time": "09:30"}),
    (
        {"mode": "datetime", "initial": "2026-12-01t10:00"},
        "日時をえらぶ",
        None,
        {"datetime": "2026-12-01T10:00"},
    ),
]


@pytest.mark.parametrize(("picker", "title", "filled", "params"), MOMENTS)
def test_a_picked_moment_is_posted_back(
    picker: dict[str, str], title: str, filled: str | None, params: dict[str, str],
    answering: tuple[Phone, str], heard: Account, receiver: Receiver,
) -> None:  # fmt: skip
    phone, friend = answering
    heard.push(friend, asked({"type": "datetimepicker", "label": "えらぶ", "data": "when", **picker}))
    replies(phone).get_by_role("button", name="えらぶ").click()
    sheet = phone.at.get_by_role("dialog", name=title)
    if filled:
        sheet.locator("input").fill(filled)
    sheet.get_by_role("button", name="送信").click()
    assert until(lambda: postbacks(receiver)) == [{"data": "when", "params": params}]
    expect(replies(phone)).to_have_count(0)


def test_a_picker_takes_nothing_outside_and_closing_it_keeps_the_question(
    answering: tuple[Phone, str], heard: Account, receiver: Receiver
) -> None:
    phone, friend = answering
    limits = {"min": "2026-04-01", "max": "2027-03-31"}
    heard.push(
        friend, asked({"type": "datetimepicker", "label": "えらぶ", "data": "d", "mode": "date", **limits})
    )
    replies(phone).get_by_role("button", name="えらぶ").click()
    sheet = phone.at.get_by_role("dialog", name="日付をえらぶ")
    expect(sheet).to_contain_text("2026年4月1日から2027年3月31日まで")
    sheet.locator("input").fill("2027-04-01")
    sheet.get_by_role("button", name="送信").click()
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="閉じる").click()
    expect(replies(phone).get_by_role("button", name="えらぶ")).to_be_visible()
    assert postbacks(receiver) == []


SHEETS = [
    ({"type": "location", "label": "場所"}, ["みどり公園"], "location"),
    ({"type": "camera", "label": "とる"}, ["撮って送る"], "image"),
    ({"type": "cameraRoll", "label": "えらぶ"}, ["子ねこ", "1枚を送る"], "image"),
]


@pytest.mark.parametrize(("action", "presses", "kind"), SHEETS)
def test_a_place_or_a_picture_is_asked_for_and_sent(
    action: dict[str, str], presses: list[str], kind: str, answering: tuple[Phone, str], heard: Account
) -> None:
    phone, friend = answering
    heard.push(friend, asked(action, {"type": "message", "label": "とばす", "text": "とばす"}))
    replies(phone).get_by_role("button", name=action["label"]).click()
    expect(replies(phone)).to_be_attached()
    for name in presses:
        phone.press(name)
    line = until(lambda: heard.thread(friend)[1:])[0]
    assert line["message"]["type"] == kind
    expect(replies(phone)).to_have_count(0)


def test_buttons_and_cards_can_be_pressed_again_and_again(
    answering: tuple[Phone, str], heard: Account, receiver: Receiver
) -> None:
    phone, friend = answering
    cards = [
        {"text": f"{n}組", "actions": [{"type": "postback", "label": f"{n}組です", "data": f"c{n}"}]}
        for n in (1, 2, 3)
    ]
    heard.push(
        friend, {"type": "template", "altText": "組", "template": {"type": "carousel", "columns": cards}}
    )
    for name in ("3組です", "1組です", "1組です"):
        phone.at.get_by_role("button", name=name).click()
    assert until(lambda: len(found := postbacks(receiver)) == 3 and found) == [
        {"data": "c3"}, {"data": "c1"}, {"data": "c1"},
    ]  # fmt: skip


def test_what_was_answered_elsewhere_is_gone_from_this_phone_too(
    answering: tuple[Phone, str], heard: Account
) -> None:
    phone, friend = answering
    heard.push(friend, asked({"type": "postback", "label": "つぎへ", "data": "n"}))
    expect(replies(phone)).to_be_visible()
    heard.act(friend, "tap", label="つぎへ")
    expect(replies(phone)).to_have_count(0)
    phone.page.reload()
    expect(phone.says("どうしますか")).to_be_visible()
    expect(replies(phone)).to_have_count(0)
