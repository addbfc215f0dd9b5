"""LINE counts UTF-16 code units, but grapheme clusters in a few fields people read as labels (LINE.md 3.3)."""

import regex

_CLUSTER = regex.compile(r"\X")


def utf16(text: str) -> int:
    """Length in UTF-16 code units: an emoji beyond U+FFFF counts two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Length in grapheme clusters: a family emoji made of seven code points counts one."""
    return len(text) if text.isascii() and "\r\n" not in text else sum(1 for _ in _CLUSTER.finditer(text))


def utf16_at(text: str, index: int) -> str:
    """The character whose first UTF-16 unit stands at `index`; empty when there is none."""
    unit = text.encode("utf-16-le", "surrogatepass")[index * 2 : index * 2 + 2]
    return unit.decode("utf-16-le", "replace")
