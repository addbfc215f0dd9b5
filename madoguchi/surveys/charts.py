"""From counts to what a page draws: bars, columns, shares of whom, and what of it a reader may not see.

Where small counts are hidden, one hidden cell alone could be worked out from the sum: then the next smallest is hidden too.
Pure: knows neither the database nor a request.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from madoguchi.surveys import spans, wording
from madoguchi.surveys.counting import Column, Tally
from madoguchi.surveys.definition import Kind, Wording

SMALL = 5
MOST_BARS = 20  # more fold away


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, and its share of `base` in percent. A hidden count is None: there are some, but fewer than may be seen, or as
    many as would give away the others."""

    count: int | None
    share: float | None = None

    @property
    def is_hidden(self) -> bool:
        return self.count is None


@dataclass(frozen=True, slots=True)
class Bar:
    """`width`: percent of the longest."""

    label: str
    cell: Cell
    width: float


@dataclass(frozen=True)
class Drawn:
    """`bars`: choices, the rest in `more`; `columns`: numbers or months in their order. `facts`: (name, value)."""

    bars: list[Bar] = field(default_factory=list)
    more: list[Bar] = field(default_factory=list)
    columns: list[Bar] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Chart:
    """One question: who was asked, and what became of them; the shares of the drawn are of those who answered."""

    column: Column
    number: int
    tally: Tally
    asked: Cell
    answered: Cell
    skipped: Cell
    left: Cell
    drawn: Drawn

    @property
    def has_words(self) -> bool:
        """Whether there is something of people's own to read."""
        return self.column.question.kind in (Kind.TEXT, Kind.PLACE)

    @property
    def kind(self) -> str:
        return str(self.column.question.kind)

    @property
    def text(self) -> str:
        return wording.bare(self.column.question.text.ja)


def hidden(counts: Sequence[int], *, adds_up: bool) -> set[int]:
    """The places of the counts that may not be seen. `adds_up`: they make up a sum that is seen."""
    small = {place for place, count in enumerate(counts) if 0 < count < SMALL}
    others = [place for place, count in enumerate(counts) if count and place not in small]
    if adds_up and len(small) == 1 and others:
        small.add(min(others, key=lambda place: counts[place]))
    return small


def cell(count: int, base: int, *, sees_small: bool) -> Cell:
    """A count by itself."""
    return shown_cell(count, base, is_hidden=not sees_small and 0 < count < SMALL)


def shown_cell(count: int, base: int, *, is_hidden: bool) -> Cell:
    return Cell(None) if is_hidden else Cell(count, 100 * count / base if base else None)


def bars(counts: Iterable[tuple[str, int]], base: int, *, sees_small: bool, adds_up: bool) -> list[Bar]:
    """One bar for each label, in the order given."""
    given = list(counts)
    away = set() if sees_small else hidden([count for _label, count in given], adds_up=adds_up)
    longest = max((count for place, (_label, count) in enumerate(given) if place not in away), default=0)
    return [
        Bar(
            label,
            shown_cell(count, base, is_hidden=place in away),
            0.0 if place in away or not longest else 100 * count / longest,
        )
        for place, (label, count) in enumerate(given)
    ]


def chart(column: Column, number: int, tally: Tally, *, sees_small: bool, areas: Mapping[str, str]) -> Chart:
    """`areas`: names of area codes."""
    beside = [
        cell(count, tally.asked, sees_small=sees_small)
        for count in (tally.answered, tally.skipped, tally.left)
    ]
    # All three but one would give the one away.
    all_seen = not any(one.is_hidden for one in beside)
    asked = Cell(tally.asked) if all_seen else Cell(None)
    is_seen = sees_small or tally.answered >= SMALL
    drawn = _drawn(column, tally, sees_small=sees_small, areas=areas) if is_seen else Drawn()
    answered, skipped, left = beside
    return Chart(column, number, tally, asked, answered, skipped, left, drawn)


def _drawn(column: Column, tally: Tally, *, sees_small: bool, areas: Mapping[str, str]) -> Drawn:
    match column.question.kind:
        case Kind.SINGLE | Kind.MULTIPLE | Kind.CONFIRMATION:
            counts = [(label, tally.codes[code]) for code, label in labels(column, tally.codes, areas)]
            adds_up = column.question.kind != Kind.MULTIPLE
            return _folded(bars(counts, tally.answered, sees_small=sees_small, adds_up=adds_up))
        case Kind.POSTCODE:
            found = [(areas.get(code, code), count) for code, count in tally.codes.most_common()]
            return _folded(bars(found, tally.answered, sees_small=sees_small, adds_up=True))
        case Kind.NUMBER:
            made = bars(spans.of_numbers(tally.numbers), tally.answered, sees_small=sees_small, adds_up=True)
            return Drawn(columns=made, facts=spans.facts(tally.numbers, sees_ends=sees_small))
        case Kind.DATE | Kind.DATETIME:
            made = bars(spans.of_days(tally.days), tally.answered, sees_small=sees_small, adds_up=True)
            return Drawn(columns=made)
    return Drawn()


def _folded(made: list[Bar]) -> Drawn:
    return Drawn(bars=made[:MOST_BARS], more=made[MOST_BARS:])


def labels(column: Column, given: Iterable[str], areas: Mapping[str, str]) -> list[tuple[str, str]]:
    """(code, label) of all that can be chosen, and of what was given and can't be any more."""
    if column.question.kind is Kind.CONFIRMATION:
        return [("ok", _("確認しました"))]
    known = [(option.code, wording.label(option.label, Wording.JA)) for option in column.question.options]
    codes = {code for code, _label in known}
    return known + [(code, areas.get(code, code)) for code in sorted(given) if code and code not in codes]
