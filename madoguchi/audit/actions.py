"""The one write of the audit log. It runs inside the transaction of the act or read it records: no row, no content."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db import connection, models

from madoguchi.audit.models import Entry


class Actor(Protocol):
    """A member of staff, as the log needs to know one."""

    pk: Any
    name: Any
    organisation_id: int


class OutsideTransaction(Exception):
    """An entry must stand or fall with what it records."""


def record(actor: Actor | None, verb: str, subject: models.Model, **detail: Any) -> None:
    """Record that `actor` (None: the system) did `verb` to `subject`. `detail`: ids, counts and states only."""
    record_each(actor, verb, [(subject, detail)])


def record_each(
    actor: Actor | None, verb: str, subjects: Iterable[tuple[models.Model, dict[str, Any]]]
) -> None:
    """The same for many subjects, each with its own detail, in few statements."""
    if not connection.in_atomic_block:
        raise OutsideTransaction(verb)
    entries = [_entry(actor, verb, subject, detail) for subject, detail in subjects]
    Entry.objects.bulk_create(entries, batch_size=1000)


def _entry(actor: Actor | None, verb: str, subject: models.Model, detail: dict[str, Any]) -> Entry:
    return Entry(
        organisation_id=getattr(subject, "organisation_id", subject.pk),
        actor_id=actor.pk if actor else None,
        actor_name=actor.name if actor else "",
        verb=verb,
        subject_kind=subject.__class__.__name__.lower(),  # a lazy object's own class is somebody else's
        subject_id=subject.pk,
        detail=detail,
    )
