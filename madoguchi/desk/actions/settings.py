"""How a channel takes people in, and how an organisation's answers go out."""

from typing import Any

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.models import Channel
from madoguchi.core import live
from madoguchi.desk.actions.intake import reception_of
from madoguchi.desk.models import Reception, WritingRules


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


def writing_rules(organisation_id: int) -> WritingRules:
    """The organisation's rules; the defaults while nobody has set any."""
    found = WritingRules.objects.filter(organisation_id=organisation_id).first()
    return found or WritingRules(organisation_id=organisation_id)


@transaction.atomic
def set_writing_rules(actor: User, values: dict[str, Any]) -> WritingRules:
    """`values`: confirming, undo_seconds, shows_typing, checked by the form."""
    rules, _is_new = WritingRules.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults=values
    )
    record(actor, "desk.set_writing_rules", rules, changed=sorted(values))
    live.publish(f"desk-{rules.organisation_id}")
    return rules
