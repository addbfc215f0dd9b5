"""What is known of a friend, read by code. A screen reads through `actions.look`, on the record."""

from collections.abc import Iterable

from madoguchi.contacts.fit import opened
from madoguchi.contacts.models import Attribute, Contact, Values


def values_of(contact: Contact, attributes: Iterable[Attribute] | None = None) -> dict[Attribute, object]:
    """The current values: {attribute: a code, a list of codes, a number, a date or a text}, in the attributes' order.
    An unknown value is missing. `attributes`: only these (such as those a reader may see); None: all of the organisation."""
    if attributes is None:
        attributes = Attribute.objects.of(contact.organisation_id).in_order()
    kept = Values.objects.filter(contact=contact).first()
    if kept is None:
        return {}
    kept.contact = contact
    known = {**kept.plain, **kept.texts}
    return {each: opened(each, known[str(each.pk)]) for each in attributes if str(each.pk) in known}
