"""The words of a rule, and the small language they are written in.

`…` stands for up to twelve signs (six words) of the same sentence, and `(a|b)` for one of several; `(a|)` may be missing.
In a spelling `。` is the end of a sentence and `#` a number. Nothing else means anything but itself, so whoever can write
Japanese can write a rule, and no rule can be slow.

lemma     a phrase as it stands in a dictionary (首を吊る): found inflected, in kanji or kana, with other particles
sound     kana (しにた): found however it is written, where a word begins
spelling  signs (垢バレ): found exactly so, katakana as hiragana
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product

from madoguchi.signs.analysis import Token, analyse
from madoguchi.signs.folding import fold, hiragana
from madoguchi.signs.reading import sound_of

GAP = "…"
LONGEST_GAP, LONGEST_GAP_WORDS = 12, 6
MOST_WAYS = 400
_CHOICE = re.compile(r"\(([^()]*)\)")
_SENTENCE = r"[^。!?！？\n]"
_PARTS = re.compile(r"[()|…。#]|[^()|…。#]+")
_SIGNS = {
    "(": "(?:",
    ")": ")",
    "|": "|",
    GAP: f"{_SENTENCE}{{0,{LONGEST_GAP}}}?",
    "。": r"(?:[。!?！？\n]|$)",
    "#": "[0-9一二三四五六七八九十]{1,3}",
}
_WIDE = str.maketrans("（）｜＃", "()|#")
# What a phrase may have or lack between its words: particles, and forms that only colour a verb.
_THIN_KINDS = {"助詞", "空白", "補助記号", "記号", "副詞", "感動詞", "接頭辞", "連体詞"}
_THIN_LEMMAS = {"た", "だ", "です", "ます", "てる", "しまう", "居る", "とる", "事", "物", "ねん", "様"}
_STRESS = {"本当", "マジ", "まじ"}
_KEPT_KINDS = {"副詞", "連体詞", "接頭辞"}
_COLOURS = {"しまう"}  # thin in a text, but 「叩いてしまう」 is not 「叩く」
_ENDS = frozenset("。!?！？\n")


class Kind(StrEnum):
    LEMMA = "lemma"
    SOUND = "sound"
    SPELLING = "spelling"


class NotAWord(Exception):
    """What was written can never be found: nothing but gaps or particles, a bracket left open, too many ways."""


@dataclass(frozen=True, slots=True)
class Word:
    kind: Kind
    text: str


def is_thin(token: Token) -> bool:
    """Whether it makes no difference inside a phrase. The end of a sentence always does."""
    if token.surface and token.surface[-1] in _ENDS:
        return False
    if token.kind in _THIN_KINDS or token.lemma in _STRESS:
        return True
    return token.lemma in _THIN_LEMMAS and token.kind != "名詞"


def ways(text: str) -> list[str]:
    """All that the choices of a word allow. Raises NotAWord."""
    parts = _CHOICE.split(_plain(text))
    if any("(" in part or ")" in part for part in parts):
        raise NotAWord
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST_WAYS:
        raise NotAWord
    return ["".join(made) for made in product(*choices)]


@lru_cache(maxsize=20000)
def lemmas(phrase: str) -> tuple[tuple[str, ...], ...]:
    """The lemmas of one way, part by part between its gaps. Raises NotAWord."""
    parts = []
    for part in phrase.split(GAP):
        tokens = [token for token in analyse(fold(part).text) if not token.is_symbol]
        made = tuple(
            token.lemma
            for token in tokens
            if token.lemma in _COLOURS or token.kind in _KEPT_KINDS or not is_thin(token)
        )
        parts.append(made or tuple(token.lemma for token in tokens))
    found = tuple(part for part in parts if part)
    if not found:
        raise NotAWord
    return found


def sound_pattern(way: str) -> str:
    parts = [sound_of(part) for part in way.split(GAP) if part.strip()]
    if not "".join(parts):
        raise NotAWord
    return f"{_SENTENCE}{{0,{LONGEST_GAP}}}?".join(re.escape(part) for part in parts)


def spelling_pattern(text: str) -> str:
    """A regular expression over `Read.spelled`: nothing in it repeats without a bound. Raises NotAWord."""
    made, depth = [], 0
    for part in _PARTS.findall(_plain(text)):
        depth += (part == "(") - (part == ")")
        if depth < 0:
            raise NotAWord
        made.append(_SIGNS.get(part) or _literally(hiragana(fold(part).text)))
    if depth or not re.search(r"[^\s()|…。#]", text):
        raise NotAWord
    return f"(?:{''.join(made)})"


def first_signs(text: str) -> frozenset[str] | None:
    """The signs that a spelling may begin with; None: any sign may be its first."""
    parts = _PARTS.findall(_plain(text))
    found, may_be_empty, _rest = _firsts(parts, 0)
    return None if may_be_empty or "" in found else frozenset(found)


def _firsts(parts: list[str], at: int) -> tuple[set[str], bool, int]:
    """What the choices from `at` to their bracket may begin with ("" for any sign), whether they may be nothing, and the end."""
    found: set[str] = set()
    may_be_empty, is_open = False, True  # of all ways; whether nothing of this way has been read yet
    while at < len(parts) and parts[at] != ")":
        part, signs, may_go_on = parts[at], set[str](), False
        if part == "|":
            may_be_empty, is_open, at = may_be_empty or is_open, True, at + 1
            continue
        if part == "(":
            signs, may_go_on, at = _firsts(parts, at + 1)
        elif part in (GAP, "。"):
            signs = {""}
        else:
            signs = set("0123456789一二三四五六七八九十") if part == "#" else {hiragana(fold(part).text)[:1]}
        found |= signs if is_open else set()
        is_open, at = is_open and may_go_on, at + 1
    return found, may_be_empty or is_open, at


def _literally(text: str) -> str:
    """Latin letters stand alone: 「DV」 is not in 「DVD」."""
    begin, end = (r"(?<![a-z])" if text[:1].isascii() and text[:1].isalpha() else ""), ""
    if text[-1:].isascii() and text[-1:].isalpha():
        end = r"(?![a-z])"
    return f"{begin}{re.escape(text)}{end}"


def _plain(text: str) -> str:
    return text.translate(_WIDE).replace("...", GAP)


def check(word: Word) -> None:
    """Raises NotAWord for what could never be found, and for a single kana or sign, which would be found everywhere."""
    for way in ways(word.text):
        bare = way.replace(GAP, "").strip()
        if len(bare) < 2 and not re.fullmatch(r"[一-龠]", bare):
            raise NotAWord
        if word.kind == Kind.LEMMA:
            lemmas(way)
        elif word.kind == Kind.SOUND:
            sound_pattern(way)
    if word.kind == Kind.SPELLING:
        spelling_pattern(word.text)
