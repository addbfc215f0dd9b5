"""Where somebody may be: pieces of what was said that look like a place, each with the line it stands in. Simple rules, and
hints only: a person reads the line. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_KANJI = "一-龥々ヶヵ"
_NAME = f"{_KANJI}ァ-ヴー"
_DIGIT = "0-9０-９"
_PREFECTURE = f"(?:東京都|北海道|京都府|大阪府|[{_KANJI}]{{2,3}}県)"
_SCHOOL = "小学校|中学校|高等学校|高校|中学|特別支援学校|幼稚園|保育園|保育所|こども園|学園|大学|児童館|学童"
_LANDMARK = "公園|病院|団地|マンション|アパート|ハイツ|ホテル|神社|交番|図書館|河川敷|ビル|橋"

KINDS: dict[str, str | Promise] = {
    "postcode": _("郵便番号"),
    "address": _("住所"),
    "station": _("駅"),
    "school": _("学校・園"),
    "landmark": _("目印"),
    "phone": _("電話番号"),
    "location": _("LINEで送られた位置"),
    "area": _("属性の地域"),
}
_RULES = (
    (
        "phone",
        re.compile(
            rf"(?<![{_DIGIT}])[0０][{_DIGIT}]{{1,4}}[-−ー－]?[{_DIGIT}]{{1,4}}[-−ー－]?[{_DIGIT}]{{4}}"
        ),
    ),
    ("postcode", re.compile(rf"〒?[{_DIGIT}]{{3}}[-−ー－][{_DIGIT}]{{4}}(?![{_DIGIT}−ー－-])")),
    ("station", re.compile(rf"[{_NAME}]{{1,8}}駅")),
    ("school", re.compile(rf"[{_NAME}{_DIGIT}]{{1,10}}?(?:{_SCHOOL})")),
    ("landmark", re.compile(rf"[{_NAME}{_DIGIT}A-Za-z]{{1,10}}?(?:{_LANDMARK})")),
    (
        "address",
        re.compile(
            rf"{_PREFECTURE}?[{_KANJI}]{{1,5}}?(?:市|区|町|村)(?![内立民場外営])"
            rf"[{_NAME}]{{0,8}}(?:[{_DIGIT}一二三四五六七八九十]+(?:丁目|番地?|号室?|[-−ー－])?)*"
        ),
    ),
)
# What ends like a place and is none.
_NO_PLACE = frozenset(
    (
        *(
            "都市",
            "地区",
            "学区",
            "区",
            "市",
            "町",
            "村",
            "下町",
            "市町村",
            "市区町村",
            "全区",
            "最寄駅",
            "地元駅",
        ),
        *("同じ中学", "同じ高校", "私立中学", "公立中学", "私立高校", "小中学校", "近所公園"),
    )
)


@dataclass(frozen=True)
class Hint:
    """`number`: the message that says it; None: it is known from elsewhere."""

    kind: str
    words: str = field(repr=False)
    number: int | None

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


def in_text(number: int, text: str) -> list[Hint]:
    """Each stretch of the text once, the surer rule first."""
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Hint]] = []
    for kind, rule in _RULES:
        for match in rule.finditer(text):
            start, end = match.span()
            if match[0] in _NO_PLACE or any(start < other_end and begin < end for begin, other_end in taken):
                continue
            taken.append((start, end))
            found.append((start, Hint(kind, match[0], number)))
    return [hint for _start, hint in sorted(found, key=lambda one: one[0])]


def in_messages(messages: Iterable[tuple[int, str, dict[str, object]]]) -> list[Hint]:
    """(number, kind, content) of each message the friend sent -> hints, the same words once, where they were said first."""
    hints: dict[tuple[str, str], Hint] = {}
    for number, kind, content in messages:
        if kind == "text":
            fresh = in_text(number, str(content.get("text", "")))
        elif kind == "location":
            fresh = [Hint("location", _spot(content), number)]
        else:
            continue
        for hint in fresh:
            hints.setdefault((hint.kind, hint.words), hint)
    return list(hints.values())


def _spot(content: dict[str, object]) -> str:
    named = " ".join(str(content[name]) for name in ("title", "address") if content.get(name))
    return f"{named} ({content.get('latitude')}, {content.get('longitude')})".strip()
