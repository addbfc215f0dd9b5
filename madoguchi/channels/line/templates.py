"""Messages with buttons: confirm, buttons, carousel, and the actions that buttons do.

Texts and labels here count in graphemes, `data` and addresses in UTF-16 code units. A button never expires in
a chat's history: whoever gets its postback must be ready for an old one.
Limits: https://developers.line.biz/en/reference/messaging-api/#template-messages and #action-objects.
"""

from collections.abc import Sequence

from . import limits
from .body import JsonObject
from .limits import MessageError

LABEL_LIMIT = 20
DATA_LIMIT = 300
_MODES = ("date", "time", "datetime")


def message_action(label: str, text: str) -> JsonObject:
    """The friend says `text` (at most 300 graphemes)."""
    words = limits.letters("action.text", "送られる文", text, 300)
    return {"type": "message", "label": _label(label), "text": words}


def postback_action(label: str, data: str, *, display_text: str | None = None) -> JsonObject:
    """We get `data` (at most 300 UTF-16 code units); the chat shows `display_text` as the friend's words."""
    action: JsonObject = {"type": "postback", "label": _label(label), "data": _data(data)}
    if display_text is not None:
        action["displayText"] = limits.letters("action.displayText", "表示される文", display_text, 300)
    return action


def uri_action(label: str, uri: str) -> JsonObject:
    """Opens an http, https, line or tel address (at most 1,000 UTF-16 code units)."""
    return {"type": "uri", "label": _label(label), "uri": limits.link("action.uri", uri)}


def datetime_action(label: str, data: str, mode: str, *, initial: str | None = None) -> JsonObject:
    """A picker: `mode` is date, time or datetime; `initial` like 2026-04-01, 09:30, 2026-04-01t09:30."""
    if mode not in _MODES:
        raise MessageError("action.mode", "日時の選び方は日付、時刻、日時のどれかにしてください。")
    action: JsonObject = {"type": "datetimepicker", "label": _label(label), "data": _data(data), "mode": mode}
    return action if initial is None else {**action, "initial": initial}


def buttons(
    alt_text: str,
    text: str,
    actions: Sequence[JsonObject],
    *,
    title: str | None = None,
    image_url: str | None = None,
) -> JsonObject:
    """1 to 4 buttons under a text of at most 160 graphemes, 60 with a title or a picture."""
    limits.count("template.actions", "ボタン", actions, 1, 4)
    body = _panel("template", text, title, image_url, plain_limit=160)
    return _template(alt_text, {"type": "buttons", **body, "actions": list(actions)})


def confirm(alt_text: str, text: str, actions: Sequence[JsonObject]) -> JsonObject:
    """A question of at most 240 graphemes with exactly two answers."""
    limits.count("template.actions", "ボタン", actions, 2, 2)
    words = limits.letters("template.text", "質問の文", text, 240)
    return _template(alt_text, {"type": "confirm", "text": words, "actions": list(actions)})


def column(
    text: str, actions: Sequence[JsonObject], *, title: str | None = None, image_url: str | None = None
) -> JsonObject:
    """One card of a carousel: at most 120 graphemes (60 with a title or a picture), 1 to 3 buttons."""
    limits.count("column.actions", "カードのボタン", actions, 1, 3)
    return {**_panel("column", text, title, image_url, plain_limit=120), "actions": list(actions)}


def carousel(alt_text: str, columns: Sequence[JsonObject]) -> JsonObject:
    """1 to 10 cards, alike in the number of buttons and in having a title and a picture or not."""
    limits.count("template.columns", "カード", columns, 1, 10)
    for key, name in (("title", "タイトル"), ("thumbnailImageUrl", "画像")):
        if len({key in card for card in columns}) > 1:
            raise MessageError(
                "template.columns", f"{name}は全部のカードに付けるか、全部から外してください。"
            )
    if len({len(card["actions"]) for card in columns}) > 1:
        raise MessageError("template.columns", "カードのボタンの数をそろえてください。")
    return _template(alt_text, {"type": "carousel", "columns": list(columns)})


def _panel(
    place: str, text: str, title: str | None, image_url: str | None, *, plain_limit: int
) -> JsonObject:
    is_plain = title is None and image_url is None
    panel = {"text": limits.letters(f"{place}.text", "説明の文", text, plain_limit if is_plain else 60)}
    if title is not None:
        panel["title"] = limits.letters(f"{place}.title", "タイトル", title, 40)
    if image_url is not None:
        panel["thumbnailImageUrl"] = limits.address(f"{place}.thumbnailImageUrl", "画像のURL", image_url)
    return panel


def _template(alt_text: str, template: JsonObject) -> JsonObject:
    words = limits.units("altText", "通知に出る文", alt_text, 1500)
    return {"type": "template", "altText": words, "template": template}


def _label(label: str) -> str:
    return limits.letters("action.label", "ボタンの文字", label, LABEL_LIMIT)


def _data(data: str) -> str:
    return limits.units("action.data", "ボタンのデータ", data, DATA_LIMIT)
