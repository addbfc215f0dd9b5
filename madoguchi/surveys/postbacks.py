"""What a survey's buttons carry: `s:<token>:<question>:<act>:<value>`, far below LINE's 300 code units.

The token is of one friend's submission (or, for START, of the survey) and cannot be guessed; whoever sends another's, or
one made up, is told kindly that the button no longer works. Buttons stay in a chat for ever, so each act must bear
being done late and twice.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

PREFIX = "s:"
_SHAPE = re.compile(r"s:([A-Za-z0-9_-]{1,40}):([a-z0-9]{0,12}):([a-z]{1,10}):([A-Za-z0-9_-]{0,20})\Z")


class Act(StrEnum):
    START = "start"  # the token is the survey's
    AGREE = "agree"
    WORDING = "wording"  # value: a Wording
    PICK = "pick"  # value: an option's code
    DONE = "done"  # of several choices
    PAGE = "page"  # value: which page of the choices
    WHEN = "when"  # a date or time, in the event's params
    SKIP = "skip"
    BACK = "back"
    LATER = "later"
    ASK = "ask"  # ask again where we were
    DROP = "drop"  # never again


# What the thread says of a press that names no choice.
NAMES = {
    Act.START: "アンケートに答える",
    Act.AGREE: "始める",
    Act.WORDING: "ことばを変える",
    Act.PICK: "確認しました",
    Act.DONE: "決定",
    Act.PAGE: "ほかの選択肢を見る",
    Act.WHEN: "日時を選んだ",
    Act.SKIP: "スキップ",
    Act.BACK: "1つ戻る",
    Act.LATER: "あとで",
    Act.ASK: "つづける",
    Act.DROP: "答えない",
}


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed."""

    token: str
    question: str
    act: Act
    value: str


def data(token: str, question: str, act: Act, value: str = "") -> str:
    return f"{PREFIX}{token}:{question}:{act}:{value}"


def read(text: str) -> Press | None:
    """None when it is no survey's button, or none that we ever made."""
    found = _SHAPE.match(text)
    if found is None or found[3] not in list(Act):
        return None
    return Press(found[1], found[2], Act(found[3]), found[4])
