"""What is known of a friend is set here and nowhere else: cleaned, with a line of history for each real change."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.contacts.fit import clean
from madoguchi.contacts.models import Attribute, Change, Contact, Source, Values
from madoguchi.contacts.models.values import Stored
from madoguchi.core import clock, live

BY_THE_FRIEND = (Source.SURVEY, Source.FRIEND)


@transaction.atomic
def set_values(
    contact: Contact, values: Mapping[Attribute, object], *, source: str, actor: User | None = None
) -> list[Attribute]:
    """Set what is known of a friend; a value of None clears. Returns the attributes that really changed.

    Takes the contact's lock first, as everything does that writes about a friend. Raises Unfit before anything is
    written, and ValueError for an attribute of another organisation.
    """
    if any(attribute.organisation_id != contact.organisation_id for attribute in values):
        raise ValueError("an attribute of another organisation")
    locked = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    kept, _is_new = Values.objects.get_or_create(
        contact=locked, defaults={"organisation_id": locked.organisation_id}
    )
    kept.contact = locked
    plain, texts = dict(kept.plain), kept.texts
    changes = [
        (attribute, before, after)
        for attribute, value in values.items()
        for before in [(texts if attribute.is_sealed else plain).get(str(attribute.pk))]
        for after in [clean(attribute, value, before)]
        if before != after
    ]
    for attribute, _before, after in changes:
        _put(texts if attribute.is_sealed else plain, attribute, after)
    if changes:
        kept.plain, kept.sealed_texts, kept.updated_at = plain, kept.seal_texts(texts), clock.of_database()
        kept.save(update_fields=["plain", "sealed_texts", "updated_at"])
        _remember(locked, changes, source, actor)
    return [attribute for attribute, _before, _after in changes]


def _put(known: dict[str, Stored], attribute: Attribute, value: Stored) -> None:
    if value is None:
        known.pop(str(attribute.pk), None)
    else:
        known[str(attribute.pk)] = value


def _remember(
    contact: Contact, changes: list[tuple[Attribute, Stored, Stored]], source: str, actor: User | None
) -> None:
    rows = []
    for attribute, before, after in changes:
        row = Change(contact=contact, attribute=attribute, organisation_id=contact.organisation_id)
        row.source, row.actor = source, actor
        row.sealed_before, row.sealed_after = row.seal("before", before), row.seal("after", after)
        rows.append(row)
    Change.objects.bulk_create(rows)
    if source in BY_THE_FRIEND:
        Contact.objects.filter(pk=contact.pk).update(active_at=Now())
    changed = [attribute.pk for attribute, _before, _after in changes]
    record(actor, "contacts.set_values", contact, source=str(source), attributes=changed)
    live.publish(f"contact-{contact.pk}")
