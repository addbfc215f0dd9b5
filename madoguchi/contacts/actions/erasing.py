"""A friend deletes what is known of them: the value goes, and what the history says of it goes too."""

from django.db import transaction

from madoguchi.audit.actions import record
from madoguchi.contacts.actions.values import set_values
from madoguchi.contacts.models import Attribute, Change, Contact, Source, Values
from madoguchi.contacts.models.values import Stored


@transaction.atomic
def erase_value(contact: Contact, attribute: Attribute) -> None:
    """Clear a value, and blank it wherever the history repeats it. That there was a change, and when, stays.

    Other values that stood there before or after are not the friend's wish and are kept. Takes the contact's lock.
    """
    value = _stored(contact, attribute)
    if value is None:
        return
    set_values(contact, {attribute: None}, source=Source.FRIEND)
    for change in Change.objects.filter(contact=contact, attribute=attribute):
        change.contact = contact
        _blank(change, value)
    record(None, "contacts.erase_value", contact, attributes=[attribute.pk])


def _stored(contact: Contact, attribute: Attribute) -> Stored:
    kept = Values.objects.filter(contact=contact).first()
    if kept is None:
        return None
    kept.contact = contact
    return (kept.texts if attribute.is_sealed else kept.plain).get(str(attribute.pk))


def _blank(change: Change, value: Stored) -> None:
    before, after = (None if one == value else one for one in (change.before, change.after))
    change.sealed_before, change.sealed_after = change.seal("before", before), change.seal("after", after)
    change.save(update_fields=["sealed_before", "sealed_after"])
