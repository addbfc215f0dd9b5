"""How figures are written on the pages about answers."""

from collections.abc import Iterable, Iterator

from django import template

from madoguchi.surveys.charts import Cell

register = template.Library()


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
