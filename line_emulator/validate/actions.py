"""Action objects (LINE.md 3.3): what a button does."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from line_emulator import moments
from line_emulator.validate.fields import MISSING, Fields

_SCHEMES = frozenset({"http", "https", "line", "tel"})
_ORDINARY = ("postback", "message", "uri", "datetimepicker", "clipboard")


@dataclass(slots=True, frozen=True)
class Place:
    """Where an action stands decides which types and how long a label it may have."""

    types: tuple[str, ...]
    label: int
    is_label_required: bool


QUICK_REPLY = Place(
    ("postback", "message", "uri", "datetimepicker", "camera", "cameraRoll", "location", "clipboard"),
    20,
    is_label_required=True,
)
TEMPLATE = Place(_ORDINARY, 20, is_label_required=True)
DEFAULT_ACTION = Place(_ORDINARY, 20, is_label_required=False)
IMAGE_CAROUSEL = Place(_ORDINARY, 12, is_label_required=False)
FLEX_BUTTON = Place(_ORDINARY, 40, is_label_required=True)
FLEX_OTHER = Place(_ORDINARY, 40, is_label_required=False)


def check(action: Fields, place: Place) -> None:
    kind = action.choice("type", place.types, required=True)
    if kind is None:
        return
    action.text("label", place.label, required=place.is_label_required, clusters=True, missing=MISSING)
    match kind:
        case "postback":
            _postback(action)
        case "message":
            action.text("text", 300, clusters=True, missing=MISSING)
        case "uri":
            _uri(action, is_quick_reply=place is QUICK_REPLY)
        case "datetimepicker":
            _moment(action)
        case "clipboard":
            action.text("clipboardText", 1000, missing=MISSING)


def _postback(action: Fields) -> None:
    action.text("data", 300, least=0, missing=MISSING)
    action.text("displayText", 300, required=False, clusters=True)
    action.text("text", 300, required=False, clusters=True)
    if action.has("displayText") and action.has("text"):
        action.note("displayText and text can't be specified at the same time", "displayText")
    option = action.choice("inputOption", ("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"))
    action.text("fillInText", 300, required=False, clusters=True)
    if action.has("fillInText") and option != "openKeyboard":
        action.note("must be specified with inputOption openKeyboard", "fillInText")


def _uri(action: Fields, *, is_quick_reply: bool) -> None:
    _scheme(action, "uri", required=True)
    other = action.child("altUri")
    if other is not None and not is_quick_reply:
        _scheme(other, "desktop", required=True)


def _scheme(action: Fields, name: str, *, required: bool) -> None:
    value = action.text(name, 1000, required=required, missing=MISSING)
    if not value:
        return
    try:
        scheme = urlsplit(value).scheme
    except ValueError:
        scheme = ""
    if scheme not in _SCHEMES or re.search(r"\s", value):
        action.note("invalid uri scheme" if scheme and scheme not in _SCHEMES else "invalid uri", name)


def _moment(action: Fields) -> None:
    action.text("data", 300, least=0, missing=MISSING)
    mode = action.choice("mode", moments.MODES, required=True)
    found: dict[str, datetime] = {}
    for name in ("initial", "min", "max"):
        value = action.text(name, 30, required=False)
        if not value or mode is None:
            continue
        moment = moments.read(mode, value)
        if moment is None:
            action.note(f"invalid {mode} format", name)
        else:
            found[name] = moment
    _in_order(action, found)


def _in_order(action: Fields, found: dict[str, datetime]) -> None:
    low, high = found.get("min", datetime.min), found.get("max", datetime.max)  # noqa: DTZ901  (LINE names no zone)
    if low >= high:
        action.note("max must be later than min", "max")
    elif not low <= found.get("initial", low) <= high:
        action.note("initial must be between min and max", "initial")
