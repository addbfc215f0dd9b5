"""An answer as it will be said: what kind it is, how staff see it, the frozen message LINE takes, and the bytes behind it."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from madoguchi.channels.line import messages, stickers, templates
from madoguchi.channels.line.body import JsonObject
from madoguchi.core import braces
from madoguchi.desk import texts
from madoguchi.threads import actions as threads


@dataclass(frozen=True)
class Answer:
    """`token`: of the public address of its bytes, `full` and `small`. `corrects`: the number of the message it puts right.
    `insists`: why it goes although the friend should not be written to now."""

    kind: str
    shape: dict[str, Any] = field(repr=False)
    payload: JsonObject = field(repr=False)
    token: str = field(repr=False, default="")
    content_type: str = ""
    corrects: int | None = None
    insists: str = ""
    full: bytes | None = field(repr=False, default=None)
    small: bytes | None = field(repr=False, default=None)

    def as_json(self) -> dict[str, Any]:
        return asdict(replace(self, full=None, small=None))


@dataclass(frozen=True)
class Button:
    """What stands under a text: where it leads, and how staff see it. `name` is what the composer sends; `words`: a text to
    begin with."""

    name: str
    label: str
    words: str
    action: JsonObject = field(repr=False)


def call_189() -> Button:
    label = texts.CALL_189
    return Button("189", label, texts.CALL_189_WORDS, templates.uri_action(label, "tel:189"))


def text(
    words: str,
    *,
    choices: Sequence[str] = (),
    button: Button | None = None,
    corrects: int | None = None,
    quote_token: str = "",
    insists: str = "",
) -> Answer:
    """Words, with quick replies or a button that stays. Raises channels.line.messages.MessageError."""
    shape: dict[str, Any] = {"text": words}
    if button:
        payload = templates.buttons(words, words, [button.action])
        shape["button"] = button.label
    else:
        payload = messages.text(words, quote_token=quote_token or None)
    if choices:
        shape["choices"] = list(choices)
        payload = messages.with_quick_replies(
            payload, [templates.message_action(choice, choice) for choice in choices]
        )
    return Answer("text", shape, payload, corrects=corrects, insists=insists)


def reworded(answer: dict[str, Any], words: str) -> dict[str, Any]:
    """The same answer with other words: its buttons stay. Raises MessageError."""
    payload = dict(answer["payload"])
    if payload["type"] == "template":
        plain = templates.buttons(words, words, payload["template"]["actions"])
    else:
        plain = messages.text(words, quote_token=payload.get("quoteToken"))
    payload = {**plain, **({"quickReply": payload["quickReply"]} if "quickReply" in payload else {})}
    return {**answer, "shape": {**answer["shape"], "text": words}, "payload": payload}


def sticker(package_id: str, sticker_id: str) -> Answer:
    meaning = stickers.MEANINGS[package_id, sticker_id]
    shape = {"package_id": package_id, "sticker_id": sticker_id, "meaning": meaning}
    return Answer("sticker", shape, messages.sticker(package_id, sticker_id))


def picture(full: bytes, small: bytes, digest: str) -> Answer:
    token = secrets.token_urlsafe(32)
    payload = messages.image(threads.picture_address(token, "full"), threads.picture_address(token, "small"))
    return Answer("image", {"digest": digest}, payload, token, "image/jpeg", full=full, small=small)


def file(name: str, plain: bytes, content_type: str, digest: str) -> Answer:
    """LINE takes no files: the friend gets a link that lives thirty days."""
    token = secrets.token_urlsafe(32)
    words = braces.filled(texts.FILE, {"名前": name, "リンク": threads.file_address(token)})
    shape = {"file_name": name, "file_size": len(plain), "digest": digest}
    return Answer("file", shape, messages.text(words), token, content_type, full=plain)
