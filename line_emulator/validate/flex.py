"""Flex messages: sizes and the tree of components (LINE.md 3.3 and 3.5)."""

from collections.abc import Callable
from typing import Any

import orjson

from line_emulator.validate import actions
from line_emulator.validate.fields import Fields

BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
MOST_BUBBLES = 12
MOST_ANIMATED = 10
_SIZES = ("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")
_IN_BOX = ("box", "button", "image", "text", "separator", "filler", "icon", "video")


def flex(message: Fields) -> None:
    message.text("altText", 1500)
    contents = message.child("contents", required=True)
    if contents is None:
        return
    match contents.choice("type", ("bubble", "carousel"), required=True):
        case "bubble":
            _bubble(contents, in_carousel=False)
        case "carousel":
            _carousel(contents)
    if _animated(contents.given) > MOST_ANIMATED:
        message.note(f"animated images must be {MOST_ANIMATED} or fewer", "contents")


def _carousel(carousel: Fields) -> None:
    bubbles = carousel.children("contents", 1, MOST_BUBBLES)
    if len(orjson.dumps(carousel.given)) > CAROUSEL_BYTES:
        carousel.problems.add("must be 50 KB or less", carousel.path)
    for bubble in bubbles:
        _bubble(bubble, in_carousel=True)
    if len({bubble.given.get("size", "mega") for bubble in bubbles}) > 1:
        carousel.note("size must be the same in all bubbles", "contents")


def _bubble(bubble: Fields, *, in_carousel: bool) -> None:
    if in_carousel:
        bubble.choice("type", ("bubble",), required=True)
    if len(orjson.dumps(bubble.given)) > BUBBLE_BYTES:
        bubble.problems.add("must be 30 KB or less", bubble.path)
    bubble.choice("size", _SIZES)
    bubble.choice("direction", ("ltr", "rtl"))
    _action(bubble, actions.FLEX_OTHER, required=False)
    for block in ("header", "body", "footer"):
        box = bubble.child(block)
        if box is not None and box.choice("type", ("box",), required=True):
            _box(box)
    hero = bubble.child("hero")
    kinds = ("box", "image") if in_carousel else ("box", "image", "video")
    if hero is not None and (kind := hero.choice("type", kinds, required=True)):
        _COMPONENTS[kind](hero)


def _action(component: Fields, place: actions.Place, *, required: bool) -> None:
    action = component.child("action", required=required)
    if action is not None:
        actions.check(action, place)


def _box(box: Fields) -> None:
    layout = box.choice("layout", ("horizontal", "vertical", "baseline"), required=True)
    _action(box, actions.FLEX_OTHER, required=False)
    kinds = ("icon", "text", "filler", "separator") if layout == "baseline" else _IN_BOX
    for component in box.children("contents", 0, 10_000):
        kind = component.choice("type", kinds, required=True)
        if kind:
            _COMPONENTS[kind](component)


def _button(button: Fields) -> None:
    _action(button, actions.FLEX_BUTTON, required=True)
    button.choice("style", ("primary", "secondary", "link"))
    button.choice("height", ("sm", "md"))


def _image(image: Fields) -> None:
    image.link("url")
    image.choice("aspectMode", ("fit", "cover"))
    _action(image, actions.FLEX_OTHER, required=False)


def _video(video: Fields) -> None:
    video.link("url")
    video.link("previewUrl")
    other = video.child("altContent", required=True)
    if other is not None and (kind := other.choice("type", ("box", "image"), required=True)):
        _COMPONENTS[kind](other)


def _text(text: Fields) -> None:
    spans = text.children("contents", 0, 10_000, required=False)
    if not spans:
        text.text("text", 2000)
    for span in spans:
        if span.choice("type", ("span",), required=True):
            span.text("text", 2000)
    _action(text, actions.FLEX_OTHER, required=False)


def _icon(icon: Fields) -> None:
    icon.link("url")


def _nothing(_: Fields) -> None:
    """Separator and filler have nothing that could be wrong."""


_COMPONENTS: dict[str, Callable[[Fields], None]] = {
    "box": _box, "button": _button, "image": _image, "video": _video, "text": _text, "icon": _icon,
    "separator": _nothing, "filler": _nothing,
}  # fmt: skip


def _animated(part: Any) -> int:
    if isinstance(part, list):
        return sum(_animated(item) for item in part)
    if isinstance(part, dict):
        return (part.get("animated") is True) + sum(_animated(item) for item in part.values())
    return 0
