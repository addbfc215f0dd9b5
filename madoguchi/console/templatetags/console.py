"""What the templates of every app may ask of the console: an icon, a sticker's face, how long ago, a dialog."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from madoguchi.console import log_words, mending, spoken
from madoguchi.console.elapsed import in_words, until_in_words
from madoguchi.console.stickers import face_of
from madoguchi.contacts.handles import COLOURS

register = template.Library()
register.filter(spoken.said)
register.filter(spoken.name_hidden)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of img/icons.svg by its id: decoration, hidden from screen readers."""
    href = f"{static('console/img/icons.svg')}#{name}"
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def sticker_face(meaning: str) -> SafeString:
    """The drawn face nearest to a sticker's meaning (its keywords in any order, any language LINE sends)."""
    href = f"{static('console/img/stickers.svg')}#{face_of(meaning)}"
    return format_html('<svg class="sticker-face" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def seal(handle: str, size: str = "") -> SafeString:
    """The round mark by which a friend is told from another: a hue and a sign. ``size``: small, large or none."""
    classes = f"seal seal-{size}" if size else "seal"
    words = '<span class="{}" data-hue="{}" aria-hidden="true">{}</span>'
    return format_html(words, classes, hue(handle), first_kana(handle))


MOST_SPANS = 12  # a load that is drawn; a larger one is only a figure


@register.simple_tag
@cache
def spans(load: int, most: int) -> SafeString:
    """A load drawn: one piece a weight, as many as may be held, and those beyond."""
    count = max(most, load)
    pieces = range(count if count <= MOST_SPANS else 0)
    drawn = "".join(
        f'<i data-span="{"full" if place < load else "free"}"{" data-beyond" if place >= most else ""}></i>'
        for place in pieces
    )
    return SafeString(f'<span class="seat-spans" aria-hidden="true">{drawn}</span>')


@register.simple_tag
def elapsed(since: datetime, soon: int = 0, late: int = 0, label: str = "") -> SafeString:
    """How long since ``since``, ticking in the browser. From ``soon`` and ``late`` seconds on it changes colour (0: never)."""
    seconds = max(0, int((timezone.now() - since).total_seconds()))
    level = "late" if late and seconds >= late else "soon" if soon and seconds >= soon else ""
    moment = timezone.localtime(since).isoformat()
    return _ticking(in_words(seconds), moment, label, since=moment, soon=soon, late=late, level=level)


@register.simple_tag
def until(deadline: datetime, soon: int = 3600) -> SafeString:
    """How long is left until ``deadline``, ticking in the browser; coloured for the last ``soon`` seconds and beyond."""
    seconds = int((deadline - timezone.now()).total_seconds())
    level = "late" if seconds < 0 else "soon" if seconds < soon else ""
    moment = timezone.localtime(deadline).isoformat()
    return _ticking(until_in_words(seconds), moment, "", until=moment, soon=soon, level=level)


def _ticking(words: str, moment: str, label: str, **attributes: str | int) -> SafeString:
    """An <elapsed-time> with what it says at first. Drawn many times in a list, so without a template of its own."""
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    hidden = f'<span class="visually-hidden">{escape(label)}</span>' if label else ""
    time = f'<time datetime="{moment}">{escape(words)}</time>'
    return SafeString(f"<elapsed-time{said}>{hidden}{time}</elapsed-time>")


@register.simple_block_tag(takes_context=False)
def dialog(content: str, name: str, title: str) -> SafeString:
    """A modal dialog around what stands in the block; opened by an element with ``data-opens="<name>"``."""
    return SafeString(render_to_string("ui/dialog.html", {"id": name, "title": title, "content": content}))


@register.filter
def fours(secret: str) -> list[str]:
    """A secret that a person copies by eye, in groups of four signs."""
    return [secret[begin : begin + 4] for begin in range(0, len(secret), 4)]


register.simple_tag(log_words.names, name="log_names")
register.simple_tag(log_words.subject, name="log_subject")
register.simple_tag(log_words.details, name="log_details")


@register.filter
def mendable(field: BoundField) -> list[str]:
    """The errors of a form's field, said so that they can be mended."""
    return mending.words(field)


@register.filter
def hue(handle: str) -> int:
    """Which of the twelve hues of handle.css a handle's colour word names (0 to 11; the first for an unknown one)."""
    return next((index for index, colour in enumerate(COLOURS) if handle.startswith(colour)), 0)


@register.filter
def first_kana(handle: str) -> str:
    """The one sign a handle's seal shows: the first of its bird (あおいすずめ -> す)."""
    colour = next((colour for colour in COLOURS if handle.startswith(colour)), "")
    return handle.removeprefix(colour)[:1] or "？"
