"""Who is at the desk, and what each may hold."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import live
from madoguchi.desk.models import Duty, DutyState


def locked_duty(counsellor: User) -> Duty:
    """The counsellor's row, locked; made when it is needed first."""
    rows = Duty.objects.select_for_update(of=("self",)).select_related("counsellor")
    found = rows.filter(counsellor=counsellor).first()
    if found is not None:
        return found
    Duty.objects.get_or_create(
        counsellor=counsellor, defaults={"organisation_id": counsellor.organisation_id}
    )
    return rows.get(counsellor=counsellor)


@transaction.atomic
def report(actor: User, state: DutyState) -> Duty:
    """The counsellor says: available, away, or done for today."""
    duty = locked_duty(actor)
    if duty.state != state:
        Duty.objects.filter(pk=duty.pk).update(state=state, changed_at=Now(), seen_at=Now())
        duty.state = state
        record(actor, "desk.report", duty, state=state)
        live.publish(f"desk-{actor.organisation_id}")
        live.wake("deal")
    return duty


def was_seen(actor: User) -> None:
    """An open desk of this person has just spoken to us."""
    Duty.objects.filter(counsellor=actor).update(seen_at=Now())


@transaction.atomic
def set_duty(actor: User, counsellor: User, values: dict[str, Any]) -> Duty:
    """A supervisor sets what a counsellor may hold, is good at, and whether in training. `values`: fields of Duty, checked."""
    duty = locked_duty(counsellor)
    for name, value in values.items():
        setattr(duty, name, value)
    duty.save(update_fields=list(values))
    record(actor, "desk.set_duty", duty, changed=sorted(values))
    live.publish(f"desk-{actor.organisation_id}")
    live.wake("deal")
    return duty
