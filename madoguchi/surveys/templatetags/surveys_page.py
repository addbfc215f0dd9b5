"""What the pages that a friend fills are written with: our words and the organisation's, with furigana where it is wanted."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from madoguchi.surveys import wording
from madoguchi.surveys.definition import Wording, Words
from madoguchi.surveys.furigana import with_furigana

register = template.Library()
_BREAK = mark_safe("<br>")


@register.simple_tag(takes_context=True)
def say(context: dict[str, Any], sentence: str) -> SafeString:
    """A sentence of our own, translated already; with furigana in the plain wording."""
    said = str(sentence)
    if context.get("wording") != Wording.PLAIN:
        return _ruby(said)
    return format_html(
        "<span>{}</span>", _ruby(with_furigana(said))
    )  # one piece, also between a button's gaps


@register.simple_tag(takes_context=True)
def worded(context: dict[str, Any], words: Words) -> SafeString:
    """The organisation's words in the friend's wording."""
    return _ruby(words.worded(Wording(context["wording"])).strip())


@register.filter
def worded_bare(words: Words, spoken: str) -> str:
    """As `worded`, for places that know no markup."""
    return wording.label(words, Wording(spoken))


def _ruby(text: str) -> SafeString:
    """Escaped, with <ruby> for what has a reading and <br> for line ends."""
    parts = (_piece(word, reading) for word, reading in wording.pieces(text))
    return format_html_join("", "{}", ((part,) for part in parts))


def _piece(word: str, reading: str) -> SafeString:
    if reading:
        return format_html("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>", word, reading)
    return format_html_join(_BREAK, "{}", ((line,) for line in word.split("\n")))
