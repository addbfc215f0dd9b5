"""What the buttons of safety carry, and the words that do the same: `w:<speaker>` who speaks, `h:on` and `h:<number>` harmless,
`c:<wish>` the menu of wishes. Buttons stay in a chat for ever, so each bears being pressed late and twice."""

from dataclasses import dataclass
from enum import StrEnum

from madoguchi.contacts.actions.safety import folded
from madoguchi.desk.asking_who import HIDE, WHO, WISHES


class Wish(StrEnum):
    MENU = "menu"
    ANY_TIME = "any"
    AFTER_SCHOOL = "h15-18"
    EVENING = "h17-21"
    DAYTIME = "h9-15"
    SILENT = "silent"
    NOT_SILENT = "speak"
    WORD = "word"
    QUIET = "quiet"
    NOT_QUIET = "loud"
    ERASE = "erase"


HIDE_WORDS = {folded(words) for words in ("画面をかえる", "画面を変える", "がめんをかえる")}
MENU_WORDS = {folded(words) for words in ("安全の設定", "あんぜんのせってい")}
PREFIXES = (WHO, "h:", "c:")


@dataclass(frozen=True, slots=True)
class Pressed:
    """`who`, `hide`, `text` (with the harmless text's number) or `wish`."""

    what: str
    value: str = ""
    number: int = -1


def read(data: str) -> Pressed | None:
    """None when it is no button of ours."""
    if data.startswith(WHO):
        return Pressed("who", data.removeprefix(WHO))
    if data == HIDE:
        return Pressed("hide")
    kind, _, value = data.partition(":")
    if kind == "h" and value.isdecimal() and len(value) < 3:
        return Pressed("text", number=int(value))
    if kind == "c" and value in list(Wish):
        return Pressed("wish", value)
    return None


def heard(words: str) -> Pressed | None:
    """Words that stand for a press."""
    known = folded(words) if len(words) <= 20 else ""
    if known in HIDE_WORDS:
        return Pressed("hide")
    return Pressed("wish", Wish.MENU) if known in MENU_WORDS else None


__all__ = ["HIDE", "WHO", "WISHES", "Pressed", "Wish", "heard", "read"]
