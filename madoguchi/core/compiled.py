"""A query that is asked very often: put into SQL once a process, and then only given its values.

Putting a queryset into SQL costs Django more than PostgreSQL needs to answer it. `Compiled` takes a function from whole
numbers to a queryset of values, and works out once which of the statement's values are those numbers.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

_MARK = -7_000_000_001  # no row has such an id


class Compiled:
    """`build(*numbers)` -> a queryset of `values_list`. Called with numbers: its rows, as tuples. What else the queryset depends
    on must be the same for the life of the process; the moment is PostgreSQL's `Now()`."""

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._build = build
        self._statement = ""
        self._values: list[Any] = []

    def __call__(self, *numbers: int) -> list[tuple[Any, ...]]:
        if not self._statement:
            marks = [_MARK - place for place in range(len(numbers))]
            self._statement, values = self._build(*marks).query.sql_with_params()
            self._values = [marks.index(value) if value in marks else _Fixed(value) for value in values]
        given = [value.value if isinstance(value, _Fixed) else numbers[value] for value in self._values]
        with connection.cursor() as cursor:
            cursor.execute(self._statement, given)
            return list(cursor.fetchall())


class _Fixed:
    def __init__(self, value: Any) -> None:
        self.value = value
