"""Japanese words from Japanese text: SudachiPy and its core dictionary, loaded once a process and only when it is needed.

The dictionary is one for all threads and is read from the file system's cache; an analyser keeps a state of its own
while it works, so each thread has one.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from sudachipy import Dictionary, SplitMode, Tokenizer

from madoguchi.signs.folding import hiragana

# Forms of one thing that the dictionary keeps apart, and that make no difference here.
_SAME = {
    "無い": "ない",
    "へん": "ない",
    "ず": "ない",
    "ぬ": "ない",
    "ん": "ない",
    "まへん": "ない",
    "ひん": "ない",
}
_SAME |= {
    "飛び下りる": "飛び降りる",
    "られる": "れる",
    "仕舞う": "しまう",
    "ちゃう": "しまう",
    "ちまう": "しまう",
    "じゃう": "しまう",
    "まう": "しまう",
}
_NEGATIONS = {"ず", "ぬ", "ん", "へん", "ひん", "まへん"}
_SYMBOLS = {"空白", "補助記号", "記号"}

LONGEST_PIECE, NEAR = 10_000, 500  # code points: at most 40,000 bytes
_ENDS = re.compile(r"[。!?\n！？]")
_LONE = re.compile("[\ud800-\udfff]")

_own = threading.local()
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an analysed text: [start, end) in code points of that text; `lemma` in its usual writing (しに -> 死ぬ),
    `base` as it is written here (しに -> しぬ), `sound` in hiragana as it is inflected here."""

    surface: str = field(repr=False)
    lemma: str = field(repr=False)
    base: str = field(repr=False)
    sound: str = field(repr=False)
    kind: str
    start: int
    end: int

    @property
    def is_symbol(self) -> bool:
        return self.kind in _SYMBOLS


def analyse(text: str) -> list[Token]:
    """The words of a folded text, in order, without a gap. However long it is: the analyser itself takes 49,149 bytes."""
    whole = _LONE.sub("？", text)  # half a sign that stands alone has no bytes
    tokens = [token for start, end in _pieces(whole) for token in _analysed(whole[start:end], start)]
    return [
        _as_denied(tokens, place) if token.surface == "へん" else token for place, token in enumerate(tokens)
    ]


def _as_denied(tokens: list[Token], place: int) -> Token:
    """「叩かれてへん」 is ない, which the dictionary takes for 変; 「頭が痛くてへんになる」 is not."""
    before, behind = (
        [token.surface for token in tokens[at : at + 1]] for at in (max(place - 1, 0), place + 1)
    )
    if place and before in (["て"], ["で"]) and behind not in (["に"], ["な"], ["だ"]):
        return replace(tokens[place], lemma="ない", kind="助動詞")
    return tokens[place]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of pieces short enough, cut behind the end of a sentence where there is one near."""
    start = 0
    while start < len(text):
        end = min(len(text), start + LONGEST_PIECE)
        if end < len(text):
            ends = [match.end() for match in _ENDS.finditer(text, end - NEAR, end)]
            end = ends[-1] if ends else end
        yield start, end
        start = end


def _analysed(text: str, start: int) -> Iterator[Token]:
    for part in _analyser().tokenize(text, SplitMode.C):
        surface, kind = part.surface(), part.part_of_speech()[0]
        lemma = part.normalized_form()
        if kind == "助動詞" or lemma not in _NEGATIONS:
            lemma = _SAME.get(lemma, lemma)
        base = part.dictionary_form()
        sound = "" if kind in _SYMBOLS else _sound(surface, part.reading_form())
        yield Token(surface, lemma, base, sound, kind, start + part.begin(), start + part.end())


def load() -> None:
    """Read the dictionary now, so that nobody's first word waits for it."""
    analyse("窓口")


def _sound(surface: str, reading: str) -> str:
    written = hiragana(surface)
    return written if all("ぁ" <= sign <= "ん" or sign == "ー" for sign in written) else hiragana(reading)


def _analyser() -> Tokenizer:
    analyser: Tokenizer | None = getattr(_own, "analyser", None)
    if analyser is None:
        analyser = _own.analyser = _dictionary().tokenizer(SplitMode.C)
    return analyser


def _dictionary() -> Dictionary:
    with _loading:
        return _loaded()


@cache
def _loaded() -> Dictionary:
    return Dictionary(dict="core")
