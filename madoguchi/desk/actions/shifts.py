"""Who is on duty when: written by supervisors. The person's row is locked, so that no two shifts of one person overlap."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.audit.actions import record
from madoguchi.core import live
from madoguchi.desk.models import Shift

WEEK = timedelta(days=7)


@transaction.atomic
def add_shifts(actor: User, people: Iterable[int], times: list[tuple[datetime, datetime]]) -> tuple[int, int]:
    """Each of these times for each of these people: (how many were added, how many were left out because that person is on
    shift then already)."""
    ours = User.objects.select_for_update(of=("self",)).filter(
        pk__in=people, organisation_id=actor.organisation_id, roles__overlap=sorted(TALKERS)
    )
    fresh: list[Shift] = []
    left_out = 0
    for person in ours.order_by("pk"):
        for begin, end in times:
            if Shift.objects.between(begin, end).filter(counsellor=person).exists():
                left_out += 1
                continue
            fresh.append(
                Shift.objects.create(
                    organisation_id=actor.organisation_id, counsellor=person, begins_at=begin, ends_at=end
                )
            )
    if fresh:
        record(actor, "desk.add_shifts", actor, count=len(fresh))
        live.publish(f"desk-{actor.organisation_id}")
    return len(fresh), left_out


@transaction.atomic
def remove_shift(actor: User, shift_id: int) -> None:
    shift = Shift.objects.filter(organisation_id=actor.organisation_id, pk=shift_id).first()
    if shift is not None:
        record(actor, "desk.remove_shift", shift, counsellor=shift.counsellor_id)
        shift.delete()
        live.publish(f"desk-{actor.organisation_id}")


@transaction.atomic
def copy_week(actor: User, monday: datetime) -> tuple[int, int]:
    """The shifts that begin in the week before `monday` once more, a week later; counted as in `add_shifts`."""
    earlier = Shift.objects.filter(
        organisation_id=actor.organisation_id, begins_at__gte=monday - WEEK, begins_at__lt=monday
    )
    counts = [
        add_shifts(actor, [shift.counsellor_id], [(shift.begins_at + WEEK, shift.ends_at + WEEK)])
        for shift in earlier
    ]
    return sum(count[0] for count in counts), sum(count[1] for count in counts)
