"""Numbers and days gathered into the columns of a chart, and what sums them up. Pure."""

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

MOST_COLUMNS = 20
FEWER_COLUMNS = 12  # of spans, whose names are longer
MOST_MONTHS = 24
_STEPS = (1, 2, 5)


def facts(numbers: Counter[Decimal], *, sees_ends: bool) -> list[tuple[str, str]]:
    """Mean, median and ends. The lowest and the highest are single persons'."""
    count = numbers.total()
    if not count:
        return []
    mean = sum((number * times for number, times in numbers.items()), Decimal()) / count
    found = [(_("平均"), short(mean)), (_("中央値"), short(_median(numbers)))]
    if sees_ends:
        found += [(_("最小"), short(min(numbers))), (_("最大"), short(max(numbers)))]
    return found


def _median(numbers: Counter[Decimal]) -> Decimal:
    count = numbers.total()
    return (_at(numbers, (count - 1) // 2) + _at(numbers, count // 2)) / 2


def _at(numbers: Counter[Decimal], place: int) -> Decimal:
    """The number at this place of all, sorted."""
    for number in sorted(numbers):
        place -= numbers[number]
        if place < 0:
            return number
    raise IndexError(place)


def short(number: Decimal) -> str:
    """To a tenth."""
    return f"{number.quantize(Decimal('0.1')).normalize():,f}"


def of_numbers(numbers: Counter[Decimal]) -> list[tuple[str, int]]:
    """A column for each number while they are few; for each span of numbers otherwise. What lies far outside (a hundredth on
    either side) is in the first and the last."""
    if not numbers:
        return []
    count = numbers.total()
    low, high = _at(numbers, count // 100), _at(numbers, count - 1 - count // 100)
    if all(number == number.to_integral_value() for number in numbers) and high - low < MOST_COLUMNS:
        return list(_each(numbers, int(low), int(high)))
    return list(_spans(numbers, low, _step((high - low) / FEWER_COLUMNS), high))


def _each(numbers: Counter[Decimal], low: int, high: int) -> Iterator[tuple[str, int]]:
    below, above = _sum(numbers, None, Decimal(low)), _sum(numbers, Decimal(high + 1), None)
    if below:
        yield f"〜{low - 1:,}", below
    yield from ((f"{number:,}", numbers[Decimal(number)]) for number in range(low, high + 1))
    if above:
        yield f"{high + 1:,}〜", above


def _spans(
    numbers: Counter[Decimal], low: Decimal, step: Decimal, high: Decimal
) -> Iterator[tuple[str, int]]:
    begin = (low / step).to_integral_value(rounding="ROUND_FLOOR") * step
    ends = [begin]
    while ends[-1] <= high:
        ends.append(ends[-1] + step)
    if below := _sum(numbers, None, begin):
        yield f"〜{_edge(begin)}", below
    for one, other in itertools.pairwise(ends):
        yield f"{_edge(one)}〜", _sum(numbers, one, other)
    if above := _sum(numbers, ends[-1], None):
        yield f"{_edge(ends[-1])}〜", above


def _edge(number: Decimal) -> str:
    """Where a span begins, exactly: steps may be smaller than a tenth."""
    return f"{number.normalize():,f}"


def _sum(numbers: Counter[Decimal], low: Decimal | None, high: Decimal | None) -> int:
    return sum(
        count
        for number, count in numbers.items()
        if (low is None or number >= low) and (high is None or number < high)
    )


def _step(width: Decimal) -> Decimal:
    """The next round step (1, 2 or 5 times a power of ten) that is as wide."""
    power = Decimal(10) ** math.floor(math.log10(width)) if width > 0 else Decimal(1)
    return next((step * power for step in _STEPS if step * power >= width), 10 * power)


def of_days(days: Counter[date]) -> list[tuple[str, int]]:
    """A column for each month from the first to the last; years when these are too many, and spans of years."""
    if not days:
        return []
    months: Counter[int] = Counter()
    for day, count in days.items():
        months[day.year * 12 + day.month - 1] += count
    first, last = min(months), max(months)
    if last - first < MOST_MONTHS:
        return [(_month(month), months[month]) for month in range(first, last + 1)]
    years: Counter[int] = Counter()
    for month, count in months.items():
        years[month // 12] += count
    step = max(1, int(_step(Decimal(max(years) - min(years) + 1) / FEWER_COLUMNS)))
    begins = range(min(years) // step * step, max(years) + 1, step)
    return [
        (_("%(year)s年") % {"year": year} if step == 1 else f"{year}〜", sum(years[one] for one in range(year, year + step)))
        for year in begins
    ]  # fmt: skip


def _month(month: int) -> str:
    return _("%(year)s年%(month)s月") % {"year": month // 12, "month": month % 12 + 1}
