"""Words that were said with a friend, as HTML: escaped, web addresses as links, LINE's own emoji as small chips."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madoguchi.desk.texts import NAME_SHOWN_TO_STAFF

ADDRESS = re.compile(r"(https?://[!-~]+)")


def linked(text: str) -> SafeString:
    """A friend's words, escaped, with their web addresses as links. A press asks first and says where it leads
    (outside_link.js)."""
    parts = ADDRESS.split(text)
    return format_html_join(
        "", "{}", ((_link(part) if place % 2 else part,) for place, part in enumerate(parts))
    )


def _link(address: str) -> SafeString:
    plain = address.rstrip(".,:;!?)]}'\"")
    link = '<a href="{}" target="_blank" rel="noopener noreferrer nofollow" data-outside>{}</a>{}'
    return format_html(link, plain, plain, address[len(plain) :])


def said(content: dict[str, Any]) -> SafeString:
    """The content of a text message (`threads.contents`): LINE's own emoji come as words in brackets, such as `(sad)`, with
    their places in UTF-16 units, and are shown as chips."""
    return format_html_join("", "{}", ((piece,) for piece in _pieces(content)))


def _pieces(content: dict[str, Any]) -> Iterator[SafeString]:
    units, done = str(content.get("text", "")).encode("utf-16-le", "surrogatepass"), 0

    def between(begin: int, end: int) -> str:
        return units[2 * begin : 2 * end].decode("utf-16-le", "replace")

    for begin, length in sorted((each["index"], each["length"]) for each in content.get("emojis") or ()):
        if begin < done or 2 * (begin + length) > len(units):
            continue
        yield linked(between(done, begin))
        done = begin + length
        chip = '<span class="line-emoji" title="{}">{}</span>'
        yield format_html(chip, _("LINEの絵文字"), between(begin, done).strip("()"))
    yield linked(between(done, len(units) // 2))


def name_hidden(shown: SafeString) -> SafeString:
    """What went out by itself, with the place where the friend read the own LINE name explained."""
    why = _("ここには友だちのLINEの名前が入って届いています。この画面では隠しています。")
    mark = format_html(
        '<span class="name-hidden" title="{}">{}<span class="visually-hidden">（{}）</span></span>',
        why,
        NAME_SHOWN_TO_STAFF,
        why,
    )
    return SafeString(shown.replace(NAME_SHOWN_TO_STAFF, mark))
