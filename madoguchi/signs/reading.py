"""A text as a rule sees it: the words in it, how it is spelled, and how it sounds, each with the way back to the original."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from madoguchi.signs.analysis import Token, analyse
from madoguchi.signs.folding import Written, as_written, fold, hiragana

_KANA = re.compile(r"[ぁ-んァ-ヶー]+")
_ENDS = frozenset("。!?\n！？")


@dataclass(frozen=True)
class Read:
    """`folded`: what was analysed, from the original. `tokens`: its words."""

    original: str = field(repr=False)
    folded: Written = field(repr=False)
    tokens: list[Token] = field(repr=False)

    @cached_property
    def spelled(self) -> str:
        """The folded text in hiragana, sign for sign."""
        return hiragana(self.folded.text)

    @cached_property
    def sounded(self) -> Written:
        """All words' sounds in a row, without what has none; each sign made from its word, or in kana from its own sign."""
        text, starts, ends = [], [], []
        for token in self.tokens:
            is_sign_by_sign = len(token.sound) == token.end - token.start
            for place, sign in enumerate(token.sound):
                if sign == "ー":
                    continue
                text.append(sign)
                starts.append(token.start + place if is_sign_by_sign else token.start)
                ends.append(token.start + place + 1 if is_sign_by_sign else token.end)
        return Written("".join(text), tuple(starts), tuple(ends))

    @cached_property
    def token_at(self) -> list[int]:
        """For each sign of the folded text, the number of its word."""
        found = [0] * len(self.folded.text)
        for number, token in enumerate(self.tokens):
            found[token.start : token.end] = [number] * (token.end - token.start)
        return found

    @cached_property
    def sound_starts(self) -> list[tuple[int, int]]:
        """(place in what is sounded, number of the word) where a word begins."""
        found, seen = [], -1
        for place, start in enumerate(self.sounded.starts):
            number = self.token_at[start]
            if number != seen:
                found.append((place, number))
                seen = number
        return found

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The span of the sentence around [start, end) of the folded text."""
        text = self.folded.text
        while start > 0 and text[start - 1] not in _ENDS:
            start -= 1
        while end < len(text) and text[end] not in _ENDS:
            end += 1
        return start, end


def read(text: str) -> list[Read]:
    """The text, and where it is written in katakana as others write in hiragana, that text once more in hiragana."""
    folded = fold(text)
    found = [Read(text, folded, analyse(folded.text))]
    kana = "".join(_KANA.findall(folded.text))
    katakana = sum(sign > "ん" and sign != "ー" for sign in kana)
    if katakana > len(kana) // 2 and katakana >= 4:
        soft = hiragana(folded.text).replace("ー", "あ")
        again = Written(soft, folded.starts, folded.ends)
        found.append(Read(text, again, analyse(soft)))
    return found


def sound_of(text: str) -> str:
    """How a word of a rule sounds, as `Read.sounded` writes it."""
    written = as_written(hiragana(text) if _KANA.fullmatch(text) else text)
    return Read(text, written, analyse(written.text)).sounded.text
