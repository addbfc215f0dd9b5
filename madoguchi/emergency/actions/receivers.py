"""An organisation's own list of whom it notifies."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.emergency.models import Receiver


@transaction.atomic
def add_receiver(actor: User, values: dict[str, Any]) -> Receiver:
    """`values`: area, kind, name, phone, remark, checked by the form."""
    made = Receiver.objects.create(organisation_id=actor.organisation_id, **values)
    record(actor, "emergency.add_receiver", made)
    return made


@transaction.atomic
def change_receiver(actor: User, receiver: Receiver, values: dict[str, Any]) -> Receiver:
    """What was notified under the old name keeps it: a notice holds a copy."""
    for name, value in values.items():
        setattr(receiver, name, value)
    receiver.save(update_fields=list(values))
    record(actor, "emergency.change_receiver", receiver, changed=sorted(values))
    return receiver


@transaction.atomic
def archive_receiver(actor: User, receiver: Receiver) -> None:
    if receiver.archived_at is None:
        Receiver.objects.filter(pk=receiver.pk).update(archived_at=Now())
        record(actor, "emergency.archive_receiver", receiver)
