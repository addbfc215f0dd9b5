"""Furigana, written 漢字《かんじ》 (｜ marks where the word begins when it is not all kanji), as each place can show it."""

import re

from madoguchi.surveys.definition import Wording, Words

_RUBY = re.compile(r"(?:｜([^｜《》\n]{1,30})|([々〇\u3400-\u9fff\uf900-\ufaff]{1,20}))《([^《》\n]{1,60})》")


def with_readings(text: str) -> str:
    """For LINE, which has no ruby: 漢字（かんじ）."""
    return _RUBY.sub(lambda match: f"{match[1] or match[2]}（{match[3]}）", text)


def bare(text: str) -> str:
    """Without readings: for buttons, where each letter counts, and for staff."""
    return _RUBY.sub(lambda match: match[1] or match[2], text)


def pieces(text: str) -> list[tuple[str, str]]:
    """(word, reading) in order, an empty reading for what has none: for <ruby>."""
    found, at = [], 0
    for match in _RUBY.finditer(text):
        if match.start() > at:
            found.append((text[at : match.start()], ""))
        found.append((match[1] or match[2], match[3]))
        at = match.end()
    return [*found, (text[at:], "")] if at < len(text) else found


def label(words: Words, wording: Wording) -> str:
    """What a button says."""
    return bare(words.worded(wording)).strip()


def labels(words: Words) -> list[str]:
    """What a button says in each of its wordings, each once."""
    return list(dict.fromkeys(label(words, wording) for wording in Wording))
