"""Tables of friends: taken in whole or not at all, and written out for a reason that is kept."""

import json
from collections.abc import Iterator

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts import keys
from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.contacts.actions.look import tags_of, visible
from madoguchi.contacts.actions.values import set_values_of_many
from madoguchi.contacts.columns import FOR_THE_EYE, HANDLE, NUMBER, heading_of, named, write_cell
from madoguchi.contacts.models import Contact, ContactQuerySet, Export, Import, Source, Values
from madoguchi.contacts.planning import Plan, plan
from madoguchi.core import clock, seal, walls
from madoguchi.core.csv import Cell
from madoguchi.core.work import Job

WAITS = clock.seconds(24 * 3600)  # so long a table waits for whoever brought it
_STEP = 1000


class TakenIn(Exception):
    """This table was taken in already: the button was pressed twice."""


class Faulty(Exception):
    """The table has problems, or has nothing to change; `plan` says which. Nothing has been written."""

    def __init__(self, found: Plan) -> None:
        super().__init__("faulty table")
        self.plan = found


@transaction.atomic
def prepare(actor: User, rows: list[list[str]]) -> Import:
    """Keep a table sealed until it is confirmed. The actor's own earlier ones that nobody confirmed are forgotten."""
    Import.objects.filter(by=actor, applied_at=None).delete()
    key, wrapped, epoch = keys.new_data_key(actor.organisation_id)
    kept = Import(organisation_id=actor.organisation_id, by=actor, wrapped_key=wrapped, key_epoch=epoch)
    kept.sealed_rows = seal.seal(key, json.dumps(rows, ensure_ascii=False).encode(), kept.place())
    kept.save()
    return kept


@transaction.atomic
def preview(actor: User, waiting: Import) -> Plan:
    """What it would change. Whose lines these are and what is known of them is read for it, so it is on the record."""
    made = plan(waiting.rows, actor)
    record(actor, "contacts.preview_import", waiting, friends=[line.contact.pk for line in made.lines])
    return made


@transaction.atomic
def take_in(actor: User, waiting: Import) -> Plan:
    """Write all of it, or nothing: it is checked again, because something may have changed since the preview. Raises
    Faulty and TakenIn."""
    locked = Import.objects.select_for_update(of=("self",)).get(pk=waiting.pk)
    if locked.applied_at:
        raise TakenIn
    made = plan(locked.rows, actor)
    if not made.is_sound:
        raise Faulty(made)
    set_values_of_many({line.contact: line.values for line in made.lines}, source=Source.IMPORT, actor=actor)
    locked.sealed_rows, locked.wrapped_key, locked.applied_at = None, None, clock.of_database()
    locked.save(update_fields=["sealed_rows", "wrapped_key", "applied_at"])
    attributes = [attribute.pk for attribute in made.attributes]
    record(actor, "contacts.take_in", locked, friends=len(made.lines), attributes=attributes)
    return made


@transaction.atomic
def discard(actor: User, waiting: Import) -> None:
    Import.objects.filter(pk=waiting.pk, by=actor, applied_at=None).delete()


def claim_forgotten(limit: int) -> list[Job]:
    """Tables that nobody confirmed in a day."""
    with walls.everywhere():
        waiting = Import.objects.filter(applied_at=None, created_at__lt=Now() - WAITS)
        return [Job(pk, 1) for pk in waiting.values_list("pk", flat=True)[:limit]]


@transaction.atomic
def forget(job: Job) -> None:
    Import.objects.filter(pk=job.pk, applied_at=None, created_at__lt=Now() - WAITS).delete()


@transaction.atomic
def write_out(actor: User, found: ContactQuerySet, reason: str) -> tuple[Export, list[list[Cell]]]:
    """The table of these friends with what the actor may see, for a reason that is kept; the export's number in every line."""
    key, wrapped, epoch = keys.new_data_key(actor.organisation_id)
    export = Export(organisation_id=actor.organisation_id, by=actor, wrapped_key=wrapped, key_epoch=epoch)
    export.sealed_reason = seal.seal(key, reason.encode(), export.place())
    export.save()
    attributes = [each for each in visible(actor) if each.archived_at is None]
    every = named(attributes)
    *before, last = FOR_THE_EYE
    rows: list[list[Cell]] = [
        [NUMBER, HANDLE, *before, *(heading_of(each, every) for each in attributes), last]
    ]
    for step in _steps(found):
        ids = [contact.pk for contact in step]
        known = {row.contact_id: row for row in Values.objects.filter(contact__in=ids)}
        tags = tags_of(actor, ids)
        for contact in step:
            values = _values(known.get(contact.pk), contact)
            shown = [write_cell(each, values.get(str(each.pk))) for each in attributes]
            rows.append(
                [*_about(contact), "、".join(tag.name for tag in tags[contact.pk]), *shown, export.pk]
            )
    export.friends = len(rows) - 1
    export.save(update_fields=["friends"])
    record(
        actor,
        "contacts.write_out",
        export,
        friends=export.friends,
        attributes=[each.pk for each in attributes],
    )
    return export, rows


def _steps(found: ContactQuerySet) -> Iterator[list[Contact]]:
    """All of them, so many at a time, after the number: nobody twice and nobody left out while others come."""
    last = 0
    while step := list(found.select_related("origin").order_by("pk").filter(pk__gt=last)[:_STEP]):
        yield step
        last = step[-1].pk


def _values(row: Values | None, contact: Contact) -> dict[str, object]:
    if row is None:
        return {}
    row.contact = contact
    return {**row.plain, **row.texts}


def _about(contact: Contact) -> list[Cell]:
    state = "ブロック" if contact.blocked_at else "届く" if contact.followed_at else "不明"
    followed = clock.jst(contact.followed_at).date() if contact.followed_at else None
    origin = contact.origin.name if contact.origin else ""
    return [contact.pk, contact.handle, state, followed, clock.jst(contact.active_at).date(), origin]
