"""Answering as a person would: what can be tapped now, and what each tap sends."""

from typing import Any

import pytest

from tests.emulator.receiver import Receiver
from tests.emulator.stand import TEXT, Account

YES = {"type": "postback", "label": "はい", "data": "q1=y", "displayText": "はい、そうです"}
NO = {"type": "message", "label": "いいえ", "text": "いいえ、ちがいます"}
DAY = {
    "type": "datetimepicker",
    "label": "日を選ぶ",
    "data": "day",
    "mode": "date",
    "min": "2026-04-01",
    "max": "2027-03-31",
}
WEB = {"type": "uri", "label": "くわしく", "uri": "https://example.jp/"}
PLACE = {"type": "location", "label": "場所を送る"}
CAMERA = {"type": "camera", "label": "写真をとる"}
ROLL = {"type": "cameraRoll", "label": "写真を選ぶ"}
COPY = {"type": "clipboard", "label": "番号をうつす", "clipboardText": "0120"}


def asked(*actions: dict[str, Any], text: str = "問い") -> dict[str, Any]:
    items = [{"type": "action", "action": action} for action in actions]
    return {"type": "text", "text": text, "quickReply": {"items": items}}


def template(**body: Any) -> dict[str, Any]:
    return {"type": "template", "altText": "選択", "template": body}


def choices(account: Account, friend: str) -> list[dict[str, Any]]:
    found = account.emulator.get(f"/emu/choices?userId={friend}&channelId={account.id}")
    return list(found["choices"])


def labels(account: Account, friend: str) -> list[str]:
    return [choice["label"] for choice in choices(account, friend)]


def refused(account: Account, friend: str, **fields: Any) -> int:
    act = {"userId": friend, "channelId": account.id, "do": "tap", **fields}
    return account.emulator.send("POST", "/emu/act", act).status


def test_a_tap_on_a_quick_reply_is_heard_and_takes_all_of_them_away(
    heard: Account, receiver: Receiver
) -> None:
    friend = heard.new_friend()
    heard.push(friend, asked(YES, NO))
    assert labels(heard, friend) == ["はい", "いいえ"]
    tapped = heard.act(friend, "tap", label="はい")
    assert tapped["action"] == YES
    assert receiver.wait_for(2)[1]["postback"] == {"data": "q1=y"}
    assert heard.texts(friend)[-1] == "はい、そうです"
    assert choices(heard, friend) == []
    assert refused(heard, friend, label="いいえ") == 409


@pytest.mark.parametrize("quiet", [{"type": "postback", "label": "次へ", "data": "n"}, WEB, COPY])
def test_quick_replies_go_with_a_tap_that_leaves_no_line(
    quiet: dict[str, Any], account: Account, friend: str
) -> None:
    account.push(friend, asked(quiet, NO))
    account.act(friend, "tap", index=0)
    assert len(account.thread(friend)) == 1
    assert choices(account, friend) == []
    account.push(friend, asked(NO))
    assert labels(account, friend) == ["いいえ"]


def test_a_newer_message_of_either_side_takes_quick_replies_away(account: Account, friend: str) -> None:
    account.push(friend, asked(YES), asked(NO))
    assert labels(account, friend) == ["いいえ"]
    account.act(friend, "text", text="ちょっと待って")
    assert choices(account, friend) == []
    account.push(friend, asked(YES))
    account.push(friend, TEXT)
    assert choices(account, friend) == []


def test_thirteen_quick_replies_can_each_be_tapped(account: Account, friend: str) -> None:
    actions = [{"type": "message", "label": f"{n}番", "text": f"{n}"} for n in range(1, 14)]
    for number in range(13):
        account.push(friend, asked(*actions))
        account.act(friend, "quickReply", index=number)
        assert account.texts(friend)[-1] == str(number + 1)


def test_buttons_stay_and_the_newer_message_comes_first(account: Account, friend: str) -> None:
    columns = [{"text": name, "actions": [YES | {"label": f"{name}を選ぶ"}]} for name in ("一", "二")]
    account.push(friend, template(type="buttons", text="前", actions=[NO, WEB]))
    account.push(friend, template(type="carousel", columns=columns))
    account.push(
        friend,
        template(type="confirm", text="今", actions=[YES, NO]) | {"quickReply": asked(DAY)["quickReply"]},
    )
    expected = ["日を選ぶ", "はい", "いいえ", "一を選ぶ", "二を選ぶ", "いいえ", "くわしく"]
    assert labels(account, friend) == expected
    assert [choice.get("column") for choice in choices(account, friend)] == [None] * 3 + [0, 1] + [None] * 2
    account.act(friend, "tap", label="二を選ぶ")
    account.act(friend, "tap", label="いいえ")
    assert labels(account, friend) == expected[1:]


def test_a_button_of_an_older_message_is_named_by_its_message(account: Account, friend: str) -> None:
    for text in ("前", "今"):
        say = {"type": "message", "label": "これ", "text": text}
        account.push(friend, template(type="buttons", text=text, actions=[say]))
    old = choices(account, friend)[1]["messageId"]
    account.act(friend, "tap", label="これ", messageId=old)
    assert account.thread(friend)[-1]["message"]["text"] == "前"


def test_flex_and_imagemap_can_be_tapped(account: Account, friend: str) -> None:
    button = {"type": "button", "action": NO}
    bubble = {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": [button]}}
    area = {"x": 0, "y": 0, "width": 10, "height": 10}
    link = {"type": "uri", "linkUri": "https://example.jp/", "area": area}
    size = {"width": 1040, "height": 700}
    url = "https://example.jp/map"
    account.push(friend, {"type": "flex", "altText": "案内", "contents": bubble})
    account.push(
        friend, {"type": "imagemap", "baseUrl": url, "altText": "a", "baseSize": size, "actions": [link]}
    )
    assert [(each["at"], each["action"]) for each in choices(account, friend)] == [
        ("imagemap", {"type": "uri", "uri": "https://example.jp/"}), ("flex", NO),
    ]  # fmt: skip


PICKED = [
    ({"mode": "date", "initial": "2026-06-01"}, {}, {"date": "2026-06-01"}),
    ({"mode": "date"}, {"value": "2026-02-28"}, {"date": "2026-02-28"}),
    ({"mode": "time", "initial": "09:30"}, {}, {"time": "09:30"}),
    ({"mode": "time"}, {"params": {"time": "23:59"}}, {"time": "23:59"}),
    ({"mode": "datetime", "initial": "2026-06-01t09:30"}, {}, {"datetime": "2026-06-01T09:30"}),
    ({"mode": "datetime"}, {"value": "2026-12-01t10:00"}, {"datetime": "2026-12-01T10:00"}),
    ({"mode": "date", "max": "1999-12-31"}, {}, {"date": "1999-12-31"}),
    ({"mode": "datetime", "min": "2100-01-01T00:00"}, {}, {"datetime": "2100-01-01T00:00"}),
]


@pytest.mark.parametrize(("picker", "given", "params"), PICKED)
def test_a_picker_posts_back_what_was_picked(
    picker: dict[str, Any], given: dict[str, Any], params: dict[str, str], heard: Account, receiver: Receiver
) -> None:
    friend = heard.new_friend()
    heard.push(friend, asked({"type": "datetimepicker", "label": "選ぶ", "data": "when", **picker}))
    heard.act(friend, "tap", label="選ぶ", **given)
    assert receiver.wait_for(2)[1]["postback"] == {"data": "when", "params": params}
    assert choices(heard, friend) == []


def test_a_picker_offers_nothing_outside_its_limits(account: Account, friend: str) -> None:
    account.push(friend, asked(DAY))
    assert refused(account, friend, label="日を選ぶ", value="2026-03-31") == 409
    assert refused(account, friend, label="日を選ぶ", value="2027-04-01") == 409
    assert refused(account, friend, label="日を選ぶ", value="2026-02-30") == 400
    assert labels(account, friend) == ["日を選ぶ"]
    account.act(friend, "tap", label="日を選ぶ", value="2027-03-31")


def test_a_place_and_pictures_are_sent_from_quick_replies(heard: Account, receiver: Receiver) -> None:
    friend = heard.new_friend()
    for action, more in (
        (PLACE, {}),
        (PLACE, {"latitude": 35.7, "longitude": 139.4}),
        (CAMERA, {}),
        (ROLL, {}),
    ):
        heard.push(friend, asked(action))
        heard.act(friend, "tap", index=0, **more)
        assert choices(heard, friend) == []
    messages = [event["message"] for event in receiver.wait_for(5)[1:]]
    assert [message["type"] for message in messages] == ["location", "location", "image", "image"]
    assert messages[0]["title"] == "みどり公園"
    assert (messages[1]["latitude"], messages[1].get("title")) == (35.7, None)


def test_an_old_or_forged_button_can_still_be_posted(heard: Account, receiver: Receiver) -> None:
    friend = heard.new_friend()
    heard.push(friend, asked(YES))
    heard.act(friend, "tap", action={"type": "postback", "label": "x", "data": "forged"})
    assert receiver.wait_for(2)[1]["postback"] == {"data": "forged"}
    assert labels(heard, friend) == ["はい"]


def test_what_cannot_be_tapped_says_so(account: Account, friend: str) -> None:
    assert refused(account, friend, label="はい") == 409
    account.push(friend, asked(YES))
    assert refused(account, friend, index=1) == 409
    assert refused(account, friend) == 400
    assert refused(account, friend, action={"type": "richmenuswitch"}) == 400
    account.act(friend, "block")
    assert refused(account, friend, label="はい") == 409
    path = f"/emu/choices?channelId={account.id}&userId=nobody"
    assert account.emulator.send("GET", path).status == 404
