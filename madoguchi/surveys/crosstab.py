"""Two questions against each other, as a table with row shares; what of it a reader may not see is hidden. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from madoguchi.surveys.charts import Cell, cell, hidden, labels, shown_cell
from madoguchi.surveys.counting import UNKNOWN, Column, Crossing


@dataclass(frozen=True)
class CrossTable:
    """`rows`: (label, persons, a cell for each column). The share of a cell is of its row's persons. An empty label: none given."""

    columns: list[tuple[str, Cell]]
    rows: list[tuple[str, Cell, list[Cell]]]
    persons: int


def cross_table(
    row: Column, column: Column, found: Crossing, *, sees_small: bool, areas: Mapping[str, str]
) -> CrossTable:
    ones, others = _lines(row, found.rows, areas), _lines(column, found.columns, areas)
    counts = [[found.cells[one, other] for other, _label in others] for one, _label in ones]
    away = set() if sees_small else _hidden_of(counts)
    rows = [
        (
            label,
            cell(found.rows[one], found.persons, sees_small=sees_small),
            [
                shown_cell(counts[y][x], found.rows[one], is_hidden=(y, x) in away)
                for x in range(len(others))
            ],
        )
        for y, (one, label) in enumerate(ones)
    ]  # fmt: skip
    totals = [
        (label, cell(found.columns[other], found.persons, sees_small=sees_small)) for other, label in others
    ]
    return CrossTable(totals, rows, found.persons)


def _lines(column: Column, given: Counter[str], areas: Mapping[str, str]) -> list[tuple[str, str]]:
    """What has a row or a column, those who gave none last."""
    known = labels(column, given, areas)
    return [*known, (UNKNOWN, "")] if given[UNKNOWN] else known


def _hidden_of(counts: list[list[int]]) -> set[tuple[int, int]]:
    """Small cells, and so many others that none can be worked out from the sums of its row or its column."""
    away = {(y, x) for y, line in enumerate(counts) for x in hidden(line, adds_up=False)}
    while True:
        more = {*_completed(counts, away, by_row=True), *_completed(counts, away, by_row=False)} - away
        if not more:
            return away
        away |= more


def _completed(
    counts: list[list[int]], away: set[tuple[int, int]], *, by_row: bool
) -> Iterator[tuple[int, int]]:
    """In each line where one cell alone is hidden, the smallest other."""
    for line in range(len(counts) if by_row else len(counts[0])):
        places = [
            (line, other) if by_row else (other, line)
            for other in range(len(counts[0]) if by_row else len(counts))
        ]
        shown = [(counts[y][x], (y, x)) for y, x in places if (y, x) not in away and counts[y][x]]
        if len(places) - sum(place not in away for place in places) == 1 and shown:
            yield min(shown)[1]
