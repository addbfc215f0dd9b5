"""Message objects LINE would refuse, and the property it would name."""

from typing import Any

import pytest

from tests.emulator.stand import TEXT, Account

FAMILY = "👨‍👩‍👧‍👦"
URL = "https://example.jp/a.jpg"
MESSAGE = {"type": "message", "label": "はい", "text": "はい"}
BUTTONS = {"type": "buttons", "text": "選んでください", "actions": [MESSAGE]}
CONFIRM = {"type": "confirm", "text": "よろしいですか", "actions": [MESSAGE, MESSAGE]}
COLUMN = {"text": "一", "actions": [MESSAGE]}
BUBBLE = {
    "type": "bubble",
    "body": {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "あ"}]},
}


def template(body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "template", "altText": "選択", "template": body | more}


def quick(action: dict[str, Any]) -> dict[str, Any]:
    return TEXT | {"quickReply": {"items": [{"type": "action", "action": action}]}}


def picker(**fields: Any) -> dict[str, Any]:
    return quick({"type": "datetimepicker", "label": "a", "data": "b", **fields})


def post(**fields: Any) -> dict[str, Any]:
    return quick({"type": "postback", "label": "a", "data": "b", **fields})


def flex(contents: dict[str, Any]) -> dict[str, Any]:
    return {"type": "flex", "altText": "案内", "contents": contents}


GOOD: dict[str, dict[str, Any]] = {
    "text of 5000 units": {"type": "text", "text": "😀" * 2500},
    "text with an emoji": {"type": "text", "text": "a$", "emojis": [{"index": 1, "productId": "5ac1", "emojiId": "001"}]},
    "text v2": {"type": "textV2", "text": "{x} {{y}}", "substitution": {"x": {"type": "emoji", "productId": "1", "emojiId": "2"}}},
    "sticker": {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    "image": {"type": "image", "originalContentUrl": URL, "previewImageUrl": "http://127.0.0.1:8000/p.jpg"},
    "video": {"type": "video", "originalContentUrl": URL, "previewImageUrl": URL, "trackingId": "a-1"},
    "audio": {"type": "audio", "originalContentUrl": URL, "duration": 3000},
    "location": {"type": "location", "title": "窓口", "address": "あおば市", "latitude": 35.6, "longitude": 139.7},
    "coupon": {"type": "coupon", "couponId": "01KABC"},
    "buttons": template(BUTTONS),
    "a label of 20 graphemes": template(BUTTONS, actions=[MESSAGE | {"label": FAMILY * 20}]),
    "confirm": template(CONFIRM),
    "carousel": template({"type": "carousel", "columns": [COLUMN, COLUMN]}),
    "image carousel": template({"type": "image_carousel", "columns": [{"imageUrl": URL, "action": MESSAGE}]}),
    "flex": flex(BUBBLE),
    "flex carousel": flex({"type": "carousel", "contents": [BUBBLE, BUBBLE]}),
    "imagemap": {
        "type": "imagemap", "baseUrl": URL, "altText": "地図", "baseSize": {"width": 1040, "height": 700},
        "actions": [{"type": "message", "text": "a", "area": {"x": 0, "y": 0, "width": 10, "height": 10}}],
    },
    "date picker": quick({"type": "datetimepicker", "label": "日時", "data": "d", "mode": "datetime", "initial": "2026-12-01t09:30"}),
    "date picker within limits": picker(data="あ" * 300, mode="date", initial="2028-02-29", min="1900-01-01", max="2100-12-31"),
    "time picker": picker(mode="time", initial="00:00", min="00:00", max="23:59"),
    "camera": quick({"type": "camera", "label": "カメラ"}),
    "camera roll": quick({"type": "cameraRoll", "label": "写真"}),
    "a place": quick({"type": "location", "label": FAMILY * 20}),
    "words to copy": quick({"type": "clipboard", "label": "写す", "clipboardText": "あ" * 1000}),
    "postback that opens the keyboard": post(inputOption="openKeyboard", fillInText=FAMILY * 300),
    "thirteen quick replies": TEXT | {"quickReply": {"items": [{"type": "action", "imageUrl": URL, "action": MESSAGE}] * 13}},
    "display text of 300 graphemes": post(displayText=FAMILY * 300),
    "sender": TEXT | {"sender": {"name": "相談員", "iconUrl": URL}},
}  # fmt: skip

BAD: dict[str, tuple[Any, str, str]] = {
    "no text": ({"type": "text"}, "text", "May not be empty"),
    "empty text": ({"type": "text", "text": ""}, "text", "May not be empty"),
    "5001 units": ({"type": "text", "text": "😀" * 2500 + "a"}, "text", "Length must be between 0 and 5000"),
    "emoji beside the $": (
        {"type": "text", "text": "😀$", "emojis": [{"index": 1, "productId": "1", "emojiId": "2"}]},
        "emojis[0].index", "index must be the position of a $ in text",
    ),
    "unknown placeholder": ({"type": "textV2", "text": "{x}"}, "text", "substitution for {x} must be specified"),
    "unknown type": ({"type": "hologram"}, "type", "Must be one of the following values: [text, "),
    "plain http": (
        {"type": "image", "originalContentUrl": "http://example.jp/a.jpg", "previewImageUrl": URL},
        "originalContentUrl", "invalid uri",
    ),
    "no preview": ({"type": "image", "originalContentUrl": URL}, "previewImageUrl", "must be specified"),
    "no duration": ({"type": "audio", "originalContentUrl": URL}, "duration", "must be specified"),
    "latitude": (
        {"type": "location", "title": "a", "address": "b", "latitude": 91, "longitude": 0}, "latitude", "Must be between",
    ),
    "long alt text": ({**template(BUTTONS), "altText": "あ" * 1501}, "altText", "Length must be between 0 and 1500"),
    "label of 21": (
        template(BUTTONS, actions=[MESSAGE | {"label": FAMILY * 21}]),
        "template.actions[0].label", "Length must be between 0 and 20",
    ),
    "no label": (
        template(BUTTONS, actions=[{"type": "message", "text": "a"}]), "template.actions[0].label", "must be specified",
    ),
    "five buttons": (template(BUTTONS, actions=[MESSAGE] * 5), "template.actions", "Size must be between 1 and 4"),
    "text beside a title": (
        template(BUTTONS, title="題", text="あ" * 61), "template.text", "Length must be between 0 and 60",
    ),
    "one confirm action": (template(CONFIRM, actions=[MESSAGE]), "template.actions", "Size must be between 2 and 2"),
    "uneven columns": (
        template({"type": "carousel", "columns": [COLUMN, COLUMN | {"actions": [MESSAGE] * 2}]}),
        "template.columns", "the number of actions must be the same in all columns",
    ),
    "eleven columns": (
        template({"type": "carousel", "columns": [COLUMN] * 11}), "template.columns", "Size must be between 1 and 10",
    ),
    "image carousel label": (
        template({"type": "image_carousel", "columns": [{"imageUrl": URL, "action": MESSAGE | {"label": "あ" * 13}}]}),
        "template.columns[0].action.label", "Length must be between 0 and 12",
    ),
    "long data": (
        quick({"type": "postback", "label": "a", "data": "あ" * 301}),
        "quickReply.items[0].action.data", "Length must be between 0 and 300",
    ),
    "fill-in without keyboard": (
        post(fillInText="c"),
        "quickReply.items[0].action.fillInText", "must be specified with inputOption openKeyboard",
    ),
    "rich menu switch": (
        quick({"type": "richmenuswitch"}), "quickReply.items[0].action.type", "Must be one of the following values",
    ),
    "camera in a template": (
        template(BUTTONS, actions=[{"type": "camera", "label": "a"}]),
        "template.actions[0].type", "Must be one of the following values",
    ),
    "javascript": (
        quick({"type": "uri", "label": "a", "uri": "javascript:alert(1)"}),
        "quickReply.items[0].action.uri", "invalid uri scheme",
    ),
    "date in the wrong form": (
        picker(mode="date", initial="1.12.2026"),
        "quickReply.items[0].action.initial", "invalid date format",
    ),
    "a day that does not exist": (
        picker(mode="date", initial="2026-02-29"),
        "quickReply.items[0].action.initial", "invalid date format",
    ),
    "a day after the last one": (
        picker(mode="date", max="2101-01-01"),
        "quickReply.items[0].action.max", "invalid date format",
    ),
    "midnight as 24:00": (
        picker(mode="time", max="24:00"),
        "quickReply.items[0].action.max", "invalid time format",
    ),
    "a moment without its time": (
        picker(mode="datetime", min="2026-01-01"),
        "quickReply.items[0].action.min", "invalid datetime format",
    ),
    "an end before the beginning": (
        picker(mode="date", min="2026-02-01", max="2026-01-31"),
        "quickReply.items[0].action.max", "max must be later than min",
    ),
    "an initial day outside": (
        picker(mode="date", initial="2026-03-01", max="2026-02-01"),
        "quickReply.items[0].action.initial", "initial must be between min and max",
    ),
    "a picker without a mode": (
        picker(), "quickReply.items[0].action.mode", "must be specified",
    ),
    "a quick reply label of 21": (
        quick({"type": "location", "label": FAMILY * 21}),
        "quickReply.items[0].action.label", "Length must be between 0 and 20",
    ),
    "a quick reply without a label": (
        quick({"type": "camera"}), "quickReply.items[0].action.label", "must be specified",
    ),
    "data of 301 units": (
        quick({"type": "postback", "label": "a", "data": "😀" * 150 + "a"}),
        "quickReply.items[0].action.data", "Length must be between 0 and 300",
    ),
    "no data": (quick({"type": "postback", "label": "a"}), "quickReply.items[0].action.data", "must be specified"),
    "display text beside text": (
        post(displayText="c", text="c"),
        "quickReply.items[0].action.displayText", "displayText and text can't be specified at the same time",
    ),
    "an empty row of quick replies": (
        TEXT | {"quickReply": {"items": []}}, "quickReply.items", "Size must be between 1 and 13",
    ),
    "a quick reply's picture over http": (
        TEXT | {"quickReply": {"items": [{"type": "action", "imageUrl": "http://example.jp/a.png", "action": MESSAGE}]}},
        "quickReply.items[0].imageUrl", "invalid uri",
    ),
    "a title of 41": (template(BUTTONS, title="あ" * 41), "template.title", "Length must be between 0 and 40"),
    "a question of 161": (template(BUTTONS, text="あ" * 161), "template.text", "Length must be between 0 and 160"),
    "a confirmation of 241": (template(CONFIRM, text="あ" * 241), "template.text", "Length must be between 0 and 240"),
    "a column of 121": (
        template({"type": "carousel", "columns": [COLUMN | {"text": "あ" * 121}]}),
        "template.columns[0].text", "Length must be between 0 and 120",
    ),
    "four actions in a column": (
        template({"type": "carousel", "columns": [COLUMN | {"actions": [MESSAGE] * 4}]}),
        "template.columns[0].actions", "Size must be between 1 and 3",
    ),
    "fourteen quick replies": (
        TEXT | {"quickReply": {"items": [{"type": "action", "action": {"type": "camera", "label": "a"}}] * 14}},
        "quickReply.items", "Size must be between 1 and 13",
    ),
    "long sender": (TEXT | {"sender": {"name": "あ" * 21}}, "sender.name", "Length must be between 0 and 20"),
    "fat bubble": (
        flex({**BUBBLE, "body": {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "あ" * 1000}] * 11}}),
        "contents", "must be 30 KB or less",
    ),
    "thirteen bubbles": (
        flex({"type": "carousel", "contents": [BUBBLE] * 13}), "contents.contents", "Size must be between 1 and 12",
    ),
    "button without action": (
        flex({"type": "bubble", "footer": {"type": "box", "layout": "vertical", "contents": [{"type": "button"}]}}),
        "contents.footer.contents[0].action", "must be specified",
    ),
    "imagemap width": (
        {"type": "imagemap", "baseUrl": URL, "altText": "a", "baseSize": {"width": 700, "height": 1}, "actions": []},
        "baseSize.width", "Must be between",
    ),
    "text mention": (
        {"type": "textV2", "text": "{u}", "substitution": {"u": {"type": "mention", "mentionee": {"type": "user", "userId": "x"}}}},
        "substitution.u.mentionee.userId", "invalid userId",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_line_accepts_is_accepted_and_arrives(account: Account, friend: str, name: str) -> None:
    assert account.validate(GOOD[name]).raw == b"{}"
    assert account.push(friend, GOOD[name]).status == 200
    assert account.thread(friend)[-1]["message"] == GOOD[name]


@pytest.mark.parametrize("name", BAD)
def test_what_line_refuses_is_refused_at_its_place(account: Account, friend: str, name: str) -> None:
    message, place, words = BAD[name]
    answer = account.push(friend, TEXT, message)
    details = {detail["property"]: detail["message"] for detail in answer.body["details"]}
    assert answer.status == 400
    assert answer.body["message"] == f"The request body has {len(details)} error(s)"
    assert details[f"messages[1].{place}"].startswith(words)
    assert account.thread(friend) == []


def test_the_number_of_messages_is_one_to_five(account: Account) -> None:
    for count in (0, 6):
        detail = {"message": "Size must be between 1 and 5", "property": "messages"}
        assert account.validate(*[TEXT] * count).body["details"] == [detail]


def test_all_errors_are_listed(account: Account) -> None:
    answer = account.validate({"type": "text"}, {"type": "audio", "originalContentUrl": "no", "duration": 1})
    assert answer.body == {
        "message": "The request body has 2 error(s)",
        "details": [
            {"message": "May not be empty", "property": "messages[0].text"},
            {"message": "invalid uri", "property": "messages[1].originalContentUrl"},
        ],
    }


def test_an_abyss_of_boxes_is_refused(account: Account, friend: str) -> None:
    box: dict[str, Any] = {"type": "box", "layout": "vertical", "contents": []}
    for _ in range(150):
        box = {"type": "box", "layout": "vertical", "contents": [box]}
    assert account.push(friend, flex({"type": "bubble", "body": box})).status == 400
    deep = b'{"messages":' + b"[" * 2000 + b"]" * 2000 + b"}"
    assert account.api("POST", "/v2/bot/message/validate/push", deep).status == 400


def test_loading_seconds_are_five_to_sixty_in_fives(account: Account, friend: str) -> None:
    for seconds, words in ((4, "Must be between 5 and 60"), (7, "must be a multiple of five")):
        answer = account.api(
            "POST", "/v2/bot/chat/loading/start", {"chatId": friend, "loadingSeconds": seconds}
        )
        assert answer.body["details"] == [{"message": words, "property": "loadingSeconds"}]
