"""The wall between organisations: which organisation's rows the running code may see.

Every query is scoped in Python; this is the second wall, kept by PostgreSQL. Each walled table has a row-level
security policy that compares its organisation with the setting `madoguchi.organisation` of the connection:
an id shows that organisation, `*` shows all (the webhook door, the worker, sign-in), and nothing at all shows
nothing. The wall is a context variable; `core.postgres` carries it to the connection before each statement.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import migrations

SETTING = "madoguchi.organisation"
EVERYWHERE = "*"

_wall: ContextVar[str] = ContextVar("wall", default="")


def current() -> str:
    """The organisation's id as text, `*` for all, or an empty string for none."""
    return _wall.get()


@contextmanager
def within(organisation_id: int | None) -> Iterator[None]:
    """See the rows of one organisation only; None sees no walled row at all."""
    token = _wall.set("" if organisation_id is None else str(int(organisation_id)))
    try:
        yield
    finally:
        _wall.reset(token)


@contextmanager
def everywhere() -> Iterator[None]:
    """See all organisations: only for work that starts before an organisation is known."""
    token = _wall.set(EVERYWHERE)
    try:
        yield
    finally:
        _wall.reset(token)


def wall_around(table: str, column: str = "organisation_id") -> migrations.RunSQL:
    """A migration step: rows of `table` are seen and written only inside their organisation's wall."""
    seen = _seen(column)
    return migrations.RunSQL(
        _enable(table) + f"CREATE POLICY wall ON {table} USING ({seen}) WITH CHECK ({seen});",
        f"DROP POLICY wall ON {table};" + _disable(table),
    )


def append_only(table: str) -> migrations.RunSQL:
    """A migration step: as `wall_around`, but rows can only be added and read, never changed or removed."""
    seen = _seen("organisation_id")
    return migrations.RunSQL(
        _enable(table) + f"CREATE POLICY wall_read ON {table} FOR SELECT USING ({seen});"
        f"CREATE POLICY wall_add ON {table} FOR INSERT WITH CHECK ({seen});",
        f"DROP POLICY wall_read ON {table}; DROP POLICY wall_add ON {table};" + _disable(table),
    )


def _seen(column: str) -> str:
    """The setting is read by sub-selects: once a statement, not once a row, which made counting five times slower."""
    setting = f"current_setting('{SETTING}', true)"
    one = f"NULLIF(NULLIF({setting}, ''), '{EVERYWHERE}')::bigint"
    return f"((SELECT {setting}) = '{EVERYWHERE}' OR {column} = (SELECT {one}))"


def _enable(table: str) -> str:
    return f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"


def _disable(table: str) -> str:
    return f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
