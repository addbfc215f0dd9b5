"""How figures are written on the pages about answers."""

import re
from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madoguchi.surveys.charts import Cell

register = template.Library()

_MONTH = re.compile(r"(\d+年)(\d+月)")


@register.filter
def grouped(count: int | None) -> str:
    """12345 -> 12,345."""
    return "" if count is None else f"{count:,}"


@register.filter
def percent(share: float) -> str:
    """To a tenth, as the statistics of the desks are given: 20.6%."""
    return f"{share:.1f}%"


@register.filter
def plain(number: float | None) -> str:
    """For an attribute of a drawing: with a point, whatever the language."""
    return f"{number or 0:.2f}"


@register.filter
def from_top(width: float) -> str:
    return plain(100 - width)


@register.filter
def running(parts: Iterable[tuple[str, Cell]]) -> Iterator[tuple[str, Cell, str]]:
    """Each part with the percent at which it begins, one after the other."""
    begin = 0.0
    for state, cell in parts:
        yield state, cell, plain(begin)
        begin += cell.share or 0


@register.filter
def said(count: int, repeats: bool) -> str:
    """How many friends; how many answers, where one friend may have given several."""
    words = _("%(count)s件") if repeats else _("%(count)s人")
    return words % {"count": grouped(count)}


@register.filter
def figure(count: int, repeats: bool) -> SafeString:
    """The same with what is counted in small letters."""
    before, _count, after = said(count, repeats).partition(grouped(count))
    return format_html("{}{}<small>{}</small>", before, grouped(count), after)


@register.filter
def stacked(label: str, is_first: bool) -> str | SafeString:
    """A month under its column: the year stands below the first, and below each January."""
    found = _MONTH.fullmatch(label)
    if found is None:
        return label
    year, month = found.groups()
    return format_html("{}<br>{}", month, year) if is_first or month == "1月" else month
