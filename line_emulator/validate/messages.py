"""A list of message objects, whole: types, quick replies, sender."""

from collections.abc import Callable

from line_emulator.validate import actions, flex, media, templates, texts
from line_emulator.validate.fields import Fields

MOST_MESSAGES = 5
_TYPES: dict[str, Callable[[Fields], None]] = {
    "text": texts.text, "textV2": texts.text_v2, "sticker": media.sticker, "image": media.image, "video": media.video,
    "audio": media.audio, "location": media.location, "imagemap": media.imagemap, "template": templates.template,
    "flex": flex.flex, "coupon": media.coupon,
}  # fmt: skip
_REFUSED_NAMES = ("line",)


def check(body: Fields) -> None:
    for message in body.children("messages", 1, MOST_MESSAGES):
        kind = message.choice("type", tuple(_TYPES), required=True)
        if kind:
            _TYPES[kind](message)
        _quick_reply(message)
        _sender(message)


def _quick_reply(message: Fields) -> None:
    quick = message.child("quickReply")
    for item in quick.children("items", 1, 13) if quick is not None else ():
        item.choice("type", ("action",), required=True)
        item.link("imageUrl", required=False)
        action = item.child("action", required=True)
        if action is not None:
            actions.check(action, actions.QUICK_REPLY)


def _sender(message: Fields) -> None:
    sender = message.child("sender")
    if sender is None:
        return
    name = sender.text("name", 20, required=False)
    if name and name.strip().lower() in _REFUSED_NAMES:
        sender.note("the name contains a word that can't be used", "name")
    sender.link("iconUrl", required=False)
