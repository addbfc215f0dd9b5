"""One spelling for many: width, case, kana, stretched vowels, spaces inside words, emoji, and signs that stand for others.

Nothing is lost on the way: every sign of what was folded knows which code points of the original it came from, so
that a hit can be marked in the words as they were written.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1) if code not in (0x30F5, 0x30F6)}
_SMALL = dict(zip(map(ord, "ぁぃぅぇぉ"), "あいうえお", strict=True))
_EMOJI_WORDS = {"🔪": "包丁", "🗡": "包丁", "💊": "薬", "🩸": "血", "👊": "殴る", "🆘": "助けて"}
_SEPARATORS = r"[ 　・.…‥,、。*_/|\-~〜+\n]"
_WORDLIKE = r"[ぁ-んァ-ヶ一-龠々ー0-9]"

# Signs that stand for others, in the places where they do: (what is written, what is meant).
_LOOKALIKES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"タヒ|たひ(?=にた|ね|んだ|ぬ)"), "死"),
    (re.compile(r"4(?=にた(?:い(?![しす])|く|か))"), "死"),
    (re.compile(r"4(?=ね[。!ょよー]|ねって|ねと言)"), "死"),
    (re.compile(r"[○〇◯⚪×✕](?=にた(?:い(?![しす])|く|か))"), "死"),
    (re.compile(r"し[○〇◯×✕](?=た[いくか])"), "死に"),
    (re.compile(r"自[○〇◯×✕](?=し|する|したい|で|を|の|未|$)"), "自殺"),
    (re.compile(r"56(?=[さしすせそ])"), "殺"),
    (re.compile(r"5ろ(?=[さしすせそ])"), "殺"),
    (re.compile(r"[○〇◯×✕](?=され[たるてそ]|してや)"), "殺"),
    (re.compile(r"自殺?サツ|自さつ|じサツ|ジサツ|自刹|自札"), "自殺"),
    (re.compile(r"死に鯛"), "死にたい"),
    (re.compile(r"ころ助(?=れ)|頃(?=され[たるて])"), "ころさ"),
)
_SPACED_OUT = re.compile(
    rf"(?<!{_WORDLIKE}){_WORDLIKE}(?:{_SEPARATORS}{{1,3}}{_WORDLIKE}){{2,}}(?!{_WORDLIKE})"
)
_STRETCHED = re.compile(r"(?<=[ぁ-ん])[ー〜~]+|(?<=ー)ー+")
_REPEATED = re.compile(r"([あいうえおんっ])\1{2,}")


@dataclass(frozen=True)
class Written:
    """A text, and for each of its signs the span [start, end) of the text that it was made from, in code points."""

    text: str = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the former text that [start, end) of this one was made from; `end` > `start`."""
        return min(self.starts[start:end]), max(self.ends[start:end])

    def replaced(self, pattern: re.Pattern[str], made: Callable[[re.Match[str]], str]) -> "Written":
        """Each match replaced; what replaces it stands for the whole match."""
        text, starts, ends, at = [], [], [], 0
        for match in pattern.finditer(self.text):
            begin, end = match.span()
            if begin == end:
                continue
            new, (first, last) = made(match), self.span(begin, end)
            text += [self.text[at:begin], new]
            starts += [*self.starts[at:begin], *[first] * len(new)]
            ends += [*self.ends[at:begin], *[last] * len(new)]
            at = end
        if at == 0:
            return self
        rest = self.text[at:]
        return Written("".join([*text, rest]), (*starts, *self.starts[at:]), (*ends, *self.ends[at:]))


def fold(text: str) -> Written:
    """What the analyser reads: one width, one case, no stretching, nothing between the letters of a word."""
    folded = _widths(text)
    for pattern, meant in _LOOKALIKES:
        folded = folded.replaced(pattern, lambda _match, meant=meant: meant)  # type: ignore[misc]
    folded = _joined(folded)
    for pattern, meant in _LOOKALIKES if len(folded.text) < len(text) else ():
        folded = folded.replaced(pattern, lambda _match, meant=meant: meant)  # type: ignore[misc]
    folded = folded.replaced(_STRETCHED, lambda _match: "")
    return folded.replaced(_REPEATED, lambda match: match[1])


def hiragana(text: str) -> str:
    """The same number of signs: katakana as hiragana, small vowels as large ones."""
    return text.translate(_TO_HIRAGANA).translate(_SMALL)


def as_written(text: str) -> Written:
    places = range(len(text))
    return Written(text, tuple(places), tuple(place + 1 for place in places))


def _widths(text: str) -> Written:
    """NFKC sign by sign, voice marks with their kana; small hiragana vowels large; emoji as a word or a space."""
    signs, starts, ends, at = [], [], [], 0
    while at < len(text):
        end = at + 1
        while end < len(text) and text[end] in "ﾞﾟ\u3099\u309a":
            end += 1
        new = _sign(text[at:end])
        signs.append(new)
        starts += [at] * len(new)
        ends += [end] * len(new)
        at = end
    return Written("".join(signs), tuple(starts), tuple(ends))


def _sign(sign: str) -> str:
    if sign in _EMOJI_WORDS:
        return _EMOJI_WORDS[sign]
    if sign in "\n。、「」『』ーっ" or "ぁ" <= sign <= "ん":
        return sign.translate(_SMALL)
    kind = unicodedata.category(sign[0])
    if kind in ("Cf", "Mn", "Cc") or sign == "\ufe0f":
        return ""
    if kind == "So" and sign not in "○◯〇":
        return " "
    return unicodedata.normalize("NFKC", sign).lower()


def _joined(folded: Written) -> Written:
    """Letters written one by one, with something between them, are a word: し に た い."""
    inside = [range(*match.span()) for match in _SPACED_OUT.finditer(folded.text)]
    if not inside:
        return folded
    gaps = {place for run in inside for place in run if re.match(_SEPARATORS, folded.text[place])}
    kept = [place for place in range(len(folded.text)) if place not in gaps]
    return Written(
        "".join(folded.text[place] for place in kept),
        tuple(folded.starts[place] for place in kept),
        tuple(folded.ends[place] for place in kept),
    )
