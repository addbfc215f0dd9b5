"""A query that is asked very often: put into SQL once a process, and then only given its values.

Putting a queryset into SQL costs Django more than PostgreSQL needs to answer it. `Compiled` takes a function from values to
a queryset, and works out once which of the statement's values are those. All else is Django's own: what the rows become, also
with `select_related`, and what goes with them.
"""

from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

_MARK = 2_000_000_001  # stands for a value while the statement is made: no query has such a constant, and it fits an integer

Found = TypeVar("Found")


class Compiled(Generic[Found]):
    """`build(*values)` -> a queryset; called with the values: its rows. What else the queryset depends on must be the same for
    the life of the process; the moment is PostgreSQL's `Now()`. `kinds`: of the values, where they are no whole numbers."""

    def __init__(self, build: Callable[..., "QuerySet[Any, Found]"], *kinds: Callable[[int], object]) -> None:
        self._build, self._kinds = build, kinds
        self._made: tuple[QuerySet[Any, Found], Any, str, list[Any]] | None = None

    def __call__(self, *values: object) -> list[Found]:
        queryset, compiler, statement, slots = self._made or self._make(len(values))
        given = tuple(values[slot] if isinstance(slot, _Place) else slot for slot in slots)
        compiler = copy(compiler)
        compiler.connection = connections[compiler.using]
        compiler.as_sql = lambda *_args, **_options: (statement, given)
        found = queryset.all()
        found.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
        return list(found)

    def _make(self, count: int) -> "tuple[QuerySet[Any, Found], Any, str, list[Any]]":
        kinds = self._kinds or (int,) * count
        marks = [kind(_MARK + place) for place, kind in enumerate(kinds)]
        queryset = self._build(*marks)
        compiler = queryset.query.get_compiler(queryset.db)
        statement, values = compiler.as_sql()
        slots = [_Place(marks.index(value)) if value in marks else value for value in values]
        self._made = (queryset, compiler, statement, slots)
        return self._made


def moment(mark: int) -> datetime:
    """The kind of a value that is a point in time."""
    return datetime.fromtimestamp(mark, UTC)


def among(column: str, values: object) -> RawSQL:
    """Whether `column` (as SQL calls it) is one of `values`, a list: the same statement however long it is."""
    return RawSQL(f"{column} = ANY(%s)", (values,), output_field=BooleanField())  # noqa: S611 - the column is ours


class _Place(int):
    """Where a value stands among those that are given."""
