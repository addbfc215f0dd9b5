"""How a channel takes people in."""

from typing import Any

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.models import Channel
from madoguchi.core import live
from madoguchi.desk.actions.intake import reception_of
from madoguchi.desk.models import Reception


@transaction.atomic
def set_reception(actor: User | None, channel: Channel, values: dict[str, Any]) -> Reception:
    """Change hours, pause, capacity and texts. `values`: fields of Reception, already checked by the form."""
    reception = reception_of(channel)
    for name, value in values.items():
        setattr(reception, name, value)
    reception.save(update_fields=list(values))
    record(actor, "desk.set_reception", reception, changed=sorted(values))
    live.publish(f"desk-{reception.organisation_id}")
    return reception
