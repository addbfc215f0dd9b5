"""What friends answered, counted. Each figure is counted anew from the rows: nothing can drift from what was answered.

One pass over a survey's answers groups the equal ones; a hundred thousand friends with ten answers each are counted in
about half a second (bench/answers.py), and what a page draws follows from these few groups. Only answers on the path count.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, FilteredRelation, Q, Sum

from madoguchi.surveys.definition import CHOICES, Kind, Option, Question
from madoguchi.surveys.models import Answer, SubmissionQuerySet, Survey
from madoguchi.surveys.narrowing import Narrowing

CROSSED = CHOICES | {Kind.POSTCODE, Kind.CONFIRMATION}  # kinds whose answers are codes
VERSION = "submission__version__number"
UNKNOWN = ""  # instead of a code: skipped, not asked, or not yet


@dataclass(frozen=True)
class Column:
    """One question over all versions that ask it: the newest words, with every choice there ever was. `earlier`: (version,
    words) where an older version said it otherwise. A key that once belonged to another kind of question is another column."""

    question: Question
    versions: frozenset[int]
    is_current: bool
    earlier: tuple[tuple[int, str], ...] = ()

    @property
    def name(self) -> tuple[str, str]:
        return self.question.key, self.question.kind

    @property
    def can_be_crossed(self) -> bool:
        return self.question.kind in CROSSED


def columns(survey: Survey) -> list[Column]:
    """The survey's questions as the newest version has them, then those that only older versions asked."""
    versions = [(version.number, version.definition) for version in survey.versions.order_by("-number")]
    seen: dict[tuple[str, str], list[tuple[int, Question]]] = {}
    for number, definition in versions:
        for question in definition.questions:
            seen.setdefault((question.key, question.kind), []).append((number, question))
    newest = versions[0][0] if versions else 0
    return [_column(found, newest) for found in seen.values()]


def _column(found: list[tuple[int, Question]], newest: int) -> Column:
    number, question = found[0]
    earlier = tuple((old, one.text.ja) for old, one in found[1:] if one.text.ja != question.text.ja)
    options = {option.code: option for _number, one in reversed(found) for option in one.options}
    gone = [option for code, option in options.items() if question.option(code) is None]
    return Column(
        _with_options(question, (*question.options, *gone)),
        frozenset(old for old, _one in found),
        number == newest,
        earlier,
    )


def _with_options(question: Question, options: tuple[Option, ...]) -> Question:
    return Question(question.key, question.kind, question.text, question.is_required, options, attribute=question.attribute)  # fmt: skip


@dataclass(frozen=True)
class Overview:
    """`under_way`: begun, and neither finished, put off nor given up. `moves` rises with every answer."""

    begun: int
    finished: int
    paused: int
    dropped: int
    moves: int

    @property
    def under_way(self) -> int:
        return self.begun - self.finished - self.paused - self.dropped

    @property
    def version(self) -> str:
        """Another one when anything would be counted otherwise."""
        return f"{self.begun}-{self.finished}-{self.paused}-{self.dropped}-{self.moves}"


_PAUSED = Q(paused_at__isnull=False, finished_at=None, dropped_at=None)


def overview(submissions: SubmissionQuerySet) -> Overview:
    counted = submissions.aggregate(
        begun=Count("pk"),
        finished=Count("finished_at"),
        paused=Count("pk", filter=_PAUSED),
        dropped=Count("dropped_at", filter=Q(finished_at=None)),
        moves=Sum("revision", default=0),
    )
    return Overview(**counted)


@dataclass
class Tally:
    """What was answered to one question. `standing`: who was asked and has not answered, by what became of them:
    "under_way", "paused" or "dropped"."""

    answered: int = 0
    skipped: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    numbers: Counter[Decimal] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    standing: Counter[str] = field(default_factory=Counter)

    @property
    def left(self) -> int:
        return self.standing.total()

    @property
    def asked(self) -> int:
        return self.answered + self.skipped + self.left


Tallies = dict[tuple[str, str], Tally]
"""By a column's name."""


def tallies(survey: Survey, narrowing: Narrowing, wanted: Iterable[Column]) -> Tallies:
    """Every question's tally."""
    found: Tallies = {column.name: Tally() for column in wanted}
    kinds = _Kinds(wanted)
    answers = Answer.objects.filter(survey=survey, is_on_path=True, **narrowing.of_answers())
    groups = ("question", "is_skipped", "codes", "number", "on", *kinds.group)
    for row in answers.values(*groups).annotate(count=Count("pk")).order_by().iterator():
        tally = found.get((row["question"], kinds.of(row)))
        if tally is not None:
            _add(tally, row, row["count"])
    for name, state, count in _standing(narrowing.submissions(survey), kinds):
        if name in found:
            found[name].standing[state] += count
    return found


class _Kinds:
    """Which kind of question a row answers. Only where a key changed its kind is the version asked for."""

    def __init__(self, wanted: Iterable[Column]) -> None:
        self._by_key: dict[str, dict[int, str]] = {}
        for column in wanted:
            kept = self._by_key.setdefault(column.question.key, {})
            kept |= dict.fromkeys(column.versions, str(column.question.kind))
        self.is_one = all(len(set(kinds.values())) == 1 for kinds in self._by_key.values())
        self.group: tuple[str, ...] = () if self.is_one else (VERSION,)

    def of(self, row: dict[str, Any]) -> str:
        kinds = self._by_key.get(row["question"], {})
        return next(iter(kinds.values()), "") if self.is_one else kinds.get(row[VERSION], "")


def _add(tally: Tally, row: dict[str, Any], count: int) -> None:
    if row["is_skipped"]:
        tally.skipped += count
        return
    tally.answered += count
    for code in row["codes"]:
        tally.codes[code] += count
    if row["number"] is not None:
        tally.numbers[row["number"]] += count
    if row["on"] is not None:
        tally.days[row["on"]] += count


def _standing(submissions: SubmissionQuerySet, kinds: _Kinds) -> Iterator[tuple[tuple[str, str], str, int]]:
    """(column's name, what became of them, how many) of those who were asked and have not answered."""
    rows = submissions.filter(finished_at=None).exclude(stands_at="")
    for row in rows.values("stands_at", "version__number").annotate(
        all=Count("pk"), paused=Count("pk", filter=_PAUSED), dropped=Count("dropped_at")
    ):
        version = {"question": row["stands_at"], VERSION: row["version__number"]}
        name = (row["stands_at"], kinds.of(version))
        states = {"paused": row["paused"], "dropped": row["dropped"]}
        states["under_way"] = row["all"] - row["paused"] - row["dropped"]
        yield from ((name, state, count) for state, count in states.items())


@dataclass(frozen=True)
class Crossing:
    """How two questions go together. `cells`: {(row's code, column's code): persons}, UNKNOWN for who gave none.
    `rows`, `columns`: persons of each code, who may stand in several where several may be chosen."""

    cells: Counter[tuple[str, str]]
    rows: Counter[str]
    columns: Counter[str]
    persons: int


def crossing(survey: Survey, narrowing: Narrowing, row: Column, column: Column) -> Crossing:
    """Every submission looked at stands in it, with what it answered to both."""
    asked = narrowing.submissions(survey).filter(version__number__in=row.versions & column.versions)
    both = asked.annotate(one=_answer_to(row), other=_answer_to(column))
    made, persons = Crossing(Counter(), Counter(), Counter(), 0), 0
    for first, second, count in (
        both.values_list("one__codes", "other__codes").annotate(Count("pk")).order_by()
    ):
        persons += count
        ones, others = first or [UNKNOWN], second or [UNKNOWN]
        made.rows.update(dict.fromkeys(ones, count))
        made.columns.update(dict.fromkeys(others, count))
        made.cells.update({(one, other): count for one in ones for other in others})
    return Crossing(made.cells, made.rows, made.columns, persons)


def _answer_to(column: Column) -> FilteredRelation:
    counts = Q(answers__is_on_path=True, answers__is_skipped=False)
    return FilteredRelation("answers", condition=counts & Q(answers__question=column.question.key))
