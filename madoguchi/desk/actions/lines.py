"""Other lines that a person can call: supervisors write them down."""

from typing import Any

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.desk.lines import READY
from madoguchi.desk.models import OtherLine


@transaction.atomic
def add_line(actor: User, values: dict[str, Any]) -> OtherLine:
    """At the end of the list."""
    last = OtherLine.objects.filter(organisation_id=actor.organisation_id).order_by("position").last()
    position = last.position + 1 if last else 0
    line = OtherLine.objects.create(organisation_id=actor.organisation_id, position=position, **values)
    record(actor, "desk.add_line", line)
    return line


@transaction.atomic
def change_line(actor: User, line: OtherLine, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(line, name, value)
    line.save(update_fields=list(values))
    record(actor, "desk.change_line", line)


@transaction.atomic
def remove_line(actor: User, line: OtherLine) -> None:
    record(actor, "desk.remove_line", line)
    line.delete()


@transaction.atomic
def raise_line(actor: User, line: OtherLine) -> None:
    """One place further up."""
    ours = list(OtherLine.objects.select_for_update().filter(organisation_id=actor.organisation_id))
    place = next((index for index, one in enumerate(ours) if one.pk == line.pk), 0)
    if place:
        ours[place - 1], ours[place] = ours[place], ours[place - 1]
    for position, one in enumerate(ours):
        one.position = position
    OtherLine.objects.bulk_update(ours, ["position"])
    record(actor, "desk.change_line", line)


@transaction.atomic
def install_lines(actor: User) -> int:
    """The ready-made lines that are not there yet, known again by their numbers; how many."""
    known = set(
        OtherLine.objects.filter(organisation_id=actor.organisation_id).values_list("number", flat=True)
    )
    fresh = [line for line in READY if line.number not in known]
    for line in fresh:
        add_line(actor, {"name": line.name, "number": line.number, "hours": line.hours, "note": line.note})
    return len(fresh)
