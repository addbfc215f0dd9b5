"""One message of each kind that an account may send, with what a phone must show of it."""

from collections.abc import Callable
from typing import Any

from tests.emulator.stand import Emulator

PICTURE = bytes.fromhex(  # a PNG, 8 by 8, one colour
    "89504e470d0a1a0a0000000d49484452000000080000000808020000004b6d29dc000000"
    "1449444154789c633c9162c4800d3061151db412001661016e20407bda0000000049454e44ae426082"
)
Message = dict[str, Any]
Ware = tuple[Callable[[Emulator], list[Message]], Any, str]


def _picture(emulator: Emulator) -> str:
    answer = emulator.send("POST", "/emu/media?fileName=p.png", PICTURE, {"Content-Type": "image/png"})
    return emulator.origin + str(answer.body["url"])


def _say(label: str) -> Message:
    return {"type": "message", "label": label, "text": label}


def _post(label: str) -> Message:
    return {"type": "postback", "label": label, "data": label, "displayText": label}


def _template(template: Message) -> list[Message]:
    return [{"type": "template", "altText": "お知らせ", "template": template}]


def _buttons(emulator: Emulator) -> list[Message]:
    actions = [
        _say("電話で話す"),
        {"type": "datetimepicker", "label": "日時をえらぶ", "data": "book", "mode": "datetime"},
        {"type": "uri", "label": "くわしく見る", "uri": "https://example.jp/"},
    ]
    return _template(
        {"type": "buttons", "title": "面談の予約", "text": "方法をえらんでください", "actions": actions}
    )


def _carousel(emulator: Emulator) -> list[Message]:
    columns = [{"title": name, "text": "毎週", "actions": [_post(name)]} for name in ("ひろば", "お話し会")]
    return _template({"type": "carousel", "columns": columns})


def _image_carousel(emulator: Emulator) -> list[Message]:
    url = _picture(emulator)
    return _template(
        {
            "type": "image_carousel",
            "columns": [{"imageUrl": url, "action": _say(name)} for name in ("春", "夏")],
        }
    )


def _imagemap(emulator: Emulator) -> list[Message]:
    area = {"x": 0, "y": 0, "width": 520, "height": 520}
    action = {"type": "message", "label": "相談する", "text": "相談したい", "area": area}
    size = {"width": 1040, "height": 520}
    return [
        {
            "type": "imagemap",
            "baseUrl": f"{emulator.origin}/map",
            "altText": "メニュー",
            "baseSize": size,
            "actions": [action],
        }
    ]


def _flex(emulator: Emulator) -> list[Message]:
    body = {
        "type": "box",
        "layout": "vertical",
        "contents": [
            {"type": "text", "text": "予約を受け付けました", "weight": "bold", "size": "xl", "wrap": True},
            {"type": "separator", "margin": "md"},
            {
                "type": "image",
                "url": _picture(emulator),
                "size": "full",
                "aspectRatio": "2:1",
                "aspectMode": "cover",
            },
        ],
    }
    footer = {
        "type": "box",
        "layout": "vertical",
        "contents": [{"type": "button", "style": "primary", "action": _post("変更する")}],
    }
    return [
        {
            "type": "flex",
            "altText": "予約の確認",
            "contents": {"type": "bubble", "body": body, "footer": footer},
        }
    ]


def _quick_reply(emulator: Emulator) -> list[Message]:
    items = [
        {"type": "action", "action": _say("心配")},
        {"type": "action", "action": {"type": "location", "label": "場所を送る"}},
    ]
    return [{"type": "text", "text": "どうしましたか", "quickReply": {"items": items}}]


def _emoji(emulator: Emulator) -> list[Message]:
    emoji = {"index": 0, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}
    return [{"type": "text", "text": "$ どうぞ", "emojis": [emoji]}]


def _media(kind: str, **more: Any) -> Callable[[Emulator], list[Message]]:
    def made(emulator: Emulator) -> list[Message]:
        preview = {} if kind == "audio" else {"previewImageUrl": _picture(emulator)}
        return [{"type": kind, "originalContentUrl": _picture(emulator), **preview, **more}]

    return made


def _plain(**message: Any) -> Callable[[Emulator], list[Message]]:
    return lambda _: [message]


INCOMING: dict[str, Ware] = {
    "link": (
        _plain(type="text", text="くわしくは https://example.jp/a?b=1 へ"),
        "link",
        "https://example.jp/a?b=1",
    ),
    "emoji": (_emoji, "img", "LINE絵文字 5ac1bfd5040ab15980c9b435/001"),
    "sticker": (
        _plain(type="sticker", packageId="8515", stickerId="16581243"),
        "img",
        "スタンプ：ありがとうございます",
    ),
    "sender": (
        _plain(type="text", text="担当です", sender={"name": "相談員 みなみ"}),
        "button",
        "相談員 みなみのプロフィール",
    ),
    "image": (_media("image"), "button", "写真を拡大"),
    "video": (_media("video"), "button", "動画を再生"),
    "audio": (_media("audio", duration=12_000), "button", "ボイスメッセージ 0:12 を再生"),
    "location": (
        _plain(type="location", title="緑センター", address="緑市1-2", latitude=35.6, longitude=139.7),
        "group",
        "位置情報：緑センター",
    ),
    "buttons": (_buttons, "link", "くわしく見る"),
    "confirm": (
        lambda _: _template(
            {"type": "confirm", "text": "伝えますか", "actions": [_post("はい"), _say("いいえ")]}
        ),
        "button",
        "はい",
    ),
    "carousel": (_carousel, "button", "お話し会"),
    "image_carousel": (_image_carousel, "button", "夏"),
    "imagemap": (_imagemap, "button", "相談する"),
    "flex": (_flex, "button", "変更する"),
    "quick reply": (_quick_reply, "button", "場所を送る"),
}
"""kind -> (the messages, the role and the name of something that must be seen in the talk)."""
