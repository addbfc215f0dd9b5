"""Hints: "something about this topic changed". Never content, never the source of truth.

`publish` is a NOTIFY inside the transaction, so a hint is delivered on commit and dropped on rollback. `wake` does the
same for the workers. The reading side, one LISTEN for a whole web process, is in `core.stream`.
"""

from django.db import connection

HINTS = "madoguchi_hints"
WORK = "madoguchi_work"


def publish(*topics: str) -> None:
    """Tell every tab that follows one of `topics` (such as `conversation-42`) to look again after this commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, topic) FROM unnest(%s::text[]) AS topic", [HINTS, list(topics)])


def wake(kind: str) -> None:
    """Tell idle workers that a row of this kind of work is due after this commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [WORK, kind])
