"""Hints: "something about this topic changed". Never content, never the source of truth.

`publish` is a NOTIFY inside the transaction, so a hint is delivered on commit and dropped on rollback. `wake` does the
same for the workers. The reading side, one LISTEN for a whole web process, is in `core.stream`.
"""

from django.db import connection

HINTS = "madoguchi_hints"
WORK = "madoguchi_work"
DOUBT = "?"  # in front of a topic: who may follow it has changed


def publish(*topics: str) -> None:
    """Tell every tab that follows one of `topics` (such as `conversation-42`) to look again after this commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, topic) FROM unnest(%s::text[]) AS topic", [HINTS, list(topics)])


def doubt(*topics: str) -> None:
    """Ask anew, after this commit, of every tab that follows one of `topics` whether it still may. What is published before,
    in the same transaction, is the last that it hears unless it does."""
    publish(*(DOUBT + topic for topic in topics))


def wake(kind: str) -> None:
    """Tell idle workers that a row of this kind of work is due after this commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [WORK, kind])
