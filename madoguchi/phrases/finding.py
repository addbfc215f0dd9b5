"""Finding a phrase by any part of it, however it is typed: kana of both kinds, width, letters of either case, Roman letters
as one types them into an input method, and kanji by how they sound."""

import unicodedata

from django.db.models import Q

from madoguchi.phrases.models import PhraseQuerySet
from madoguchi.phrases.romaji import to_hiragana
from madoguchi.signs.reading import sound_of

_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LEFT_OUT = str.maketrans("", "", " 　\t\n、。・「」『』（）()!?！？")


def fold(text: str) -> str:
    """One spelling for all that is alike: NFKC, small letters, hiragana, no gaps."""
    spelled = unicodedata.normalize("NFKC", text).lower()
    return spelled.translate(_KATAKANA_TO_HIRAGANA).translate(_LEFT_OUT)


def sought_in(title: str, shortcut: str, text: str) -> str:
    """What a search looks in: each part as it is spelled, and how title and text sound."""
    parts = (title, shortcut, text, sound_of(title), sound_of(text))
    return "\n".join(fold(part) for part in parts if part)


def wanted(query: str) -> list[str]:
    """The spellings of a query, one of which has to be found; empty: everything is."""
    folded = fold(query)
    if not folded:
        return []
    return list(dict.fromkeys(one for one in (folded, to_hiragana(folded)) if one))


def found(phrases: PhraseQuerySet, query: str) -> PhraseQuerySet:
    """Those with the query in their title, shortcut, topic or text, however it is typed."""
    spellings = wanted(query[:60])
    if not spellings:
        return phrases
    hit = Q(topic__icontains=query.strip())
    for spelling in spellings:
        hit |= Q(folded__contains=spelling)
    return phrases.filter(hit)
