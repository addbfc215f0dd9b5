"""Roman letters as they are typed into an input method -> hiragana. Both ways of writing are known (shi, si), and what is not
finished yet at the end is left out: "omac" is おま."""

import re

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "y": "や ゆ よ", "r": "らりるれろ", "w": "わ   を", "g": "がぎぐげご", "z": "ざじずぜぞ",
    "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ", "l": "ぁぃぅぇぉ", "x": "ぁぃぅぇぉ",
}  # fmt: skip
_GLIDES = dict(zip("kstnhmrgzdbp", "きしちにひみりぎじぢびぴ", strict=True))
_SMALL = {"a": "ゃ", "u": "ゅ", "o": "ょ", "e": "ぇ", "i": "ぃ"}
_OTHERS = {"shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ", "-": "ー"}
_F = {"fa": "ふぁ", "fi": "ふぃ", "fe": "ふぇ", "fo": "ふぉ"}
_SPOKEN = {"sh": "し", "ch": "ち", "j": "じ", "cy": "ち", "jy": "じ"}


def _table() -> dict[str, str]:
    table = {
        start + vowel: kana
        for start, row in _ROWS.items()
        for vowel, kana in zip("aiueo", row, strict=True)
        if kana != " "
    }
    table |= {
        f"{start}y{vowel}": kana + small for start, kana in _GLIDES.items() for vowel, small in _SMALL.items()
    }
    table |= {
        start + vowel: kana + small for start, kana in _SPOKEN.items() for vowel, small in _SMALL.items()
    }
    return table | _OTHERS | _F


TABLE = _table()
_LONGEST = max(map(len, TABLE))
_DOUBLED = re.compile(r"([kstcpgzdbjhfmr])(?=\1)")
_SYLLABIC_N = re.compile(r"nn|n(?![aiueoyn])(?=.)|n'")
_LEFT_OVER = re.compile(r"[a-z]+\Z")


def to_hiragana(text: str) -> str:
    """`text` in small letters; what is no Roman letter stays. A lone n before a consonant is ん."""
    spelled = _SYLLABIC_N.sub("ん", _DOUBLED.sub("っ", text))
    return _LEFT_OVER.sub("", _converted(spelled))


def _converted(text: str) -> str:
    found, place = [], 0
    while place < len(text):
        length = next((size for size in range(_LONGEST, 0, -1) if text[place : place + size] in TABLE), 0)
        found.append(TABLE[text[place : place + length]] if length else text[place])
        place += length or 1
    return "".join(found)
