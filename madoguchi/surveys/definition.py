"""What a survey asks, as plain data: the one shape that the builder edits, a version freezes and a file carries.

`from_json` takes any JSON value and says in words, with the place, what is wrong with it; `to_json` is its inverse.
Nothing here knows the database or LINE.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

FORMAT = 1
END = "end"  # where a path may lead besides another question's key
KEY = re.compile(r"q[a-z0-9]{1,11}\Z")
CODE = re.compile(r"[A-Za-z0-9_-]{1,20}\Z")
UNKEPT = re.compile("[\x00\ud800-\udfff]")  # what the database's JSON cannot hold


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    POSTCODE = "postcode"
    PLACE = "place"
    PICTURE = "picture"
    CONFIRMATION = "confirmation"


CHOICES = frozenset({Kind.SINGLE, Kind.MULTIPLE})
RANGED = frozenset({Kind.NUMBER, Kind.DATE, Kind.DATETIME})  # those with a lowest and a highest answer


class Wording(StrEnum):
    """How the friend wants to be asked: ordinary Japanese, plain Japanese with furigana, English."""

    JA = "ja"
    PLAIN = "plain"
    EN = "en"


class Malformed(ValueError):
    """Not a survey's JSON. `place` names where, as in `questions[2].options[0].code`; `message_ja` says how to mend it."""

    def __init__(self, place: str, message_ja: str) -> None:
        super().__init__(place)
        self.place = place
        self.message_ja = message_ja


@dataclass(frozen=True, slots=True)
class Words:
    """A text in its wordings; `plain` and `en` fall back on `ja`. Furigana is written 漢字《かんじ》."""

    ja: str = ""
    plain: str = ""
    en: str = ""

    def worded(self, wording: Wording) -> str:
        return {Wording.JA: self.ja, Wording.PLAIN: self.plain, Wording.EN: self.en}[wording] or self.ja


@dataclass(frozen=True, slots=True)
class Option:
    """`to`: the key of the question this choice leads to, END, or empty for the question's own next one."""

    code: str
    label: Words
    to: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`attribute`: the key of the attribute that the answer is kept in, if any. `low` and `high`: as the answer is
    written, 0 or 2026-04-01 or 2026-04-01T09:30. `to`: as an option's, when none of those chosen leads elsewhere."""

    key: str
    kind: Kind
    text: Words
    is_required: bool = True
    options: tuple[Option, ...] = ()
    to: str = ""
    attribute: str = ""
    low: str = ""
    high: str = ""

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Definition:
    title: Words
    intro: Words = field(default_factory=Words)
    closing: Words = field(default_factory=Words)
    questions: tuple[Question, ...] = ()

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)

    def after(self, key: str) -> str:
        """The key of the question that stands below `key`, or END."""
        keys = [question.key for question in self.questions]
        at = keys.index(key) + 1
        return keys[at] if at < len(keys) else END

    def new_key(self) -> str:
        """A key that no question has had as far as this definition knows."""
        used = {question.key for question in self.questions}
        return next(key for number in range(1, 10_000) if (key := f"q{number}") not in used)


def to_json(definition: Definition) -> dict[str, Any]:
    """Plain JSON; what is empty is left out."""
    return {
        "format": FORMAT,
        "title": _words_json(definition.title),
        "intro": _words_json(definition.intro),
        "closing": _words_json(definition.closing),
        "questions": [_question_json(question) for question in definition.questions],
    }


def _words_json(words: Words) -> dict[str, str]:
    return {name: text for name in ("ja", "plain", "en") if (text := getattr(words, name))}


def _question_json(question: Question) -> dict[str, Any]:
    made: dict[str, Any] = {
        "key": question.key,
        "kind": question.kind.value,
        "text": _words_json(question.text),
        "required": question.is_required,
    }
    if question.options:
        made["options"] = [
            {"code": option.code, "label": _words_json(option.label)} | _set(to=option.to)
            for option in question.options
        ]
    return made | _set(to=question.to, attribute=question.attribute, low=question.low, high=question.high)


def _set(**texts: str) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def from_json(given: Any) -> Definition:
    """Raises Malformed. What is well formed may still have problems: see check.problems."""
    top = _object("", given)
    if top.get("format") != FORMAT:
        raise Malformed(
            "format", "この形式のアンケートではありません。Madoguchiで書き出したファイルを選んでください。"
        )
    _known("", top, ("format", "title", "intro", "closing", "questions"))
    return Definition(
        title=_words("title", top.get("title")),
        intro=_words("intro", top.get("intro")),
        closing=_words("closing", top.get("closing")),
        questions=tuple(
            _question(f"questions[{at}]", item)
            for at, item in enumerate(_list("questions", top.get("questions", [])))
        ),
    )


def _question(place: str, given: Any) -> Question:
    made = _object(place, given)
    _known(place, made, ("key", "kind", "text", "required", "options", "to", "attribute", "low", "high"))
    kind = _text(f"{place}.kind", made.get("kind"))
    if kind not in list(Kind):
        raise Malformed(f"{place}.kind", f"質問の種類は {'、'.join(Kind)} のどれかにしてください。")
    required = made.get("required", True)
    if not isinstance(required, bool):
        raise Malformed(f"{place}.required", "true か false にしてください。")
    options = _list(f"{place}.options", made.get("options", []))
    return Question(
        key=_matching(f"{place}.key", made.get("key"), KEY, "q で始まる英小文字と数字（12文字まで）"),
        kind=Kind(kind),
        text=_words(f"{place}.text", made.get("text")),
        is_required=required,
        options=tuple(_option(f"{place}.options[{at}]", item) for at, item in enumerate(options)),
        **{name: _text(f"{place}.{name}", made.get(name, "")) for name in ("to", "attribute", "low", "high")},
    )


def _option(place: str, given: Any) -> Option:
    made = _object(place, given)
    _known(place, made, ("code", "label", "to"))
    code = _matching(f"{place}.code", made.get("code"), CODE, "英数字と _ -（20文字まで）")
    return Option(code, _words(f"{place}.label", made.get("label")), _text(f"{place}.to", made.get("to", "")))


def _words(place: str, given: Any) -> Words:
    made = _object(place, given if given is not None else {})
    _known(place, made, ("ja", "plain", "en"))
    return Words(**{name: _text(f"{place}.{name}", text) for name, text in made.items()})


def _object(place: str, given: Any) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise Malformed(place, "{ } で囲んだ項目の集まりにしてください。")
    return given


def _list(place: str, given: Any) -> list[Any]:
    if not isinstance(given, list):
        raise Malformed(place, "[ ] で囲んだ一覧にしてください。")
    return given


def _text(place: str, given: Any) -> str:
    if not isinstance(given, str) or UNKEPT.search(given):
        raise Malformed(place, "文字で書いてください。")
    return given


def _matching(place: str, given: Any, pattern: re.Pattern[str], shape: str) -> str:
    text = _text(place, given)
    if not pattern.match(text):
        raise Malformed(place, f"{shape}にしてください。")
    return text


def _known(place: str, given: Mapping[str, Any], names: Iterable[str]) -> None:
    unknown = sorted(set(given) - set(names))
    if unknown:
        raise Malformed(f"{place}.{unknown[0]}".lstrip("."), "知らない項目です。取り除いてください。")
