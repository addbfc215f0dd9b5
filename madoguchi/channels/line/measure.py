"""How LINE counts: UTF-16 code units, except graphemes in labels and in the texts of templates and actions.

See https://developers.line.biz/en/docs/messaging-api/text-character-count/. An emoji is two units or more and
one grapheme; か and a separate dakuten are two units and one grapheme.
"""

import itertools

import regex

_GRAPHEME = regex.compile(r"\X")


def length_utf16(text: str) -> int:
    """UTF-16 code units: 1 for most characters, 2 for those beyond U+FFFF (most emoji, rare kanji)."""
    return len(text) + sum(character > "\uffff" for character in text)


def graphemes(text: str) -> int:
    """What a reader would call one character (extended grapheme clusters)."""
    return sum(1 for _ in _GRAPHEME.finditer(text))


def first_graphemes(text: str, most: int) -> str:
    """The first `most` characters as a reader would count them."""
    return "".join(match[0] for match in itertools.islice(_GRAPHEME.finditer(text), most))


def slice_utf16(text: str, index: int, length: int) -> str:
    """The part that LINE means by `index` and `length`, for emoji and mentions; out of range is cut off."""
    units = text.encode("utf-16-le", "surrogatepass")
    start, end = max(index, 0) * 2, max(index + length, 0) * 2
    return units[start:end].decode("utf-16-le", "replace")
