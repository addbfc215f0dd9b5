"""What is known of a friend is set here and nowhere else: cleaned, with a line of history for each real change."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record_each
from madoguchi.contacts.fit import clean
from madoguchi.contacts.models import Attribute, Change, Contact, Source, Values
from madoguchi.contacts.models.values import Stored
from madoguchi.core import clock, live

BY_THE_FRIEND = (Source.SURVEY, Source.FRIEND)
_STEP = 1000  # rows a statement

Wanted = Mapping[Attribute, object]


def set_values(
    contact: Contact, values: Wanted, *, source: str, actor: User | None = None
) -> list[Attribute]:
    """Set what is known of a friend; a value of None clears. Returns the attributes that really changed.

    Takes the contact's lock first, as everything does that writes about a friend. Raises Unfit before anything is
    written, and ValueError for an attribute of another organisation.
    """
    return set_values_of_many({contact: values}, source=source, actor=actor).get(contact.pk, [])


@transaction.atomic
def set_values_of_many(
    wanted: Mapping[Contact, Wanted], *, source: str, actor: User | None = None
) -> dict[int, list[Attribute]]:
    """The same for many friends, all of them or nobody, in hardly more statements than for one: their locks, taken in one
    order, are held for a second or two for thousands. Returns what changed by the contact's id."""
    for contact, values in wanted.items():
        if any(attribute.organisation_id != contact.organisation_id for attribute in values):
            raise ValueError("an attribute of another organisation")
    by_id = {contact.pk: values for contact, values in wanted.items()}
    locked = Contact.objects.locked().order_by("pk").filter(pk__in=by_id)
    people = {contact.pk: contact for contact in locked}
    kept = {row.contact_id: row for row in Values.objects.filter(contact__in=people)}
    found = [_changed(contact, kept.get(pk), by_id[pk]) for pk, contact in people.items()]
    changed = [each for each in found if each.changes]
    if changed:
        _write(changed)
        _remember(changed, source, actor)
    return {each.row.contact_id: [attribute for attribute, _b, _a in each.changes] for each in changed}


@dataclass(frozen=True)
class _Changed:
    """What is known of one friend, as it will be kept, and each attribute's (before, after)."""

    row: Values
    changes: list[tuple[Attribute, Stored, Stored]]


def _changed(contact: Contact, kept: Values | None, values: Wanted) -> _Changed:
    row = kept or Values(organisation_id=contact.organisation_id)
    row.contact = contact
    plain, texts = dict(row.plain), row.texts
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
        row.plain, row.sealed_texts = plain, row.seal_texts(texts)
    return _Changed(row, changes)


def _put(known: dict[str, Stored], attribute: Attribute, value: Stored) -> None:
    if value is None:
        known.pop(str(attribute.pk), None)
    else:
        known[str(attribute.pk)] = value


def _write(changed: list[_Changed]) -> None:
    now = clock.of_database()
    for each in changed:
        each.row.updated_at = now
        each.row.pk = None  # known by its contact
    Values.objects.bulk_create(
        [each.row for each in changed],
        batch_size=_STEP,
        update_conflicts=True,
        unique_fields=["contact"],
        update_fields=["plain", "sealed_texts", "updated_at"],
    )


def _remember(changed: list[_Changed], source: str, actor: User | None) -> None:
    Change.objects.bulk_create(
        [_change(each.row.contact, *change, source, actor) for each in changed for change in each.changes],
        batch_size=_STEP,
    )
    people = [each.row.contact for each in changed]
    if source in BY_THE_FRIEND:
        Contact.objects.filter(pk__in=[contact.pk for contact in people]).update(active_at=Now())
    said = (
        {"source": str(source), "attributes": [attribute.pk for attribute, _b, _a in each.changes]}
        for each in changed
    )
    record_each(actor, "contacts.set_values", zip(people, said, strict=True))
    live.publish(*(f"beside-{contact.pk}" for contact in people))


def _change(
    contact: Contact, attribute: Attribute, before: Stored, after: Stored, source: str, actor: User | None
) -> Change:
    row = Change(contact=contact, attribute=attribute, organisation_id=contact.organisation_id)
    row.source, row.actor = source, actor
    row.side = contact.side if source in BY_THE_FRIEND else ""
    row.sealed_before, row.sealed_after = row.seal("before", before), row.seal("after", after)
    return row
