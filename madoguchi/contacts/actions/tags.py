"""Tags: which there are, and which friend has which."""

from django.db import IntegrityError, transaction

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.contacts.actions.attributes import InUse
from madoguchi.contacts.models import Contact, Purpose, Tag, Tagging
from madoguchi.core import live


class NameTaken(Exception):
    """There is a tag (or an origin) of this name already."""


@transaction.atomic
def add_tag(actor: User, name: str, colour: str, purpose: str = Purpose.CONSULTATION) -> Tag:
    """Raises NameTaken."""
    try:
        with transaction.atomic():
            added = Tag.objects.create(
                organisation_id=actor.organisation_id, name=name, colour=colour, purpose=purpose
            )
    except IntegrityError:
        raise NameTaken from None
    record(actor, "contacts.add_tag", added)
    return added


@transaction.atomic
def change_tag(actor: User, known: Tag, name: str, colour: str, purpose: str) -> None:
    """A tag that friends have stays where it is: one of consultations is not shown to more people. Raises NameTaken, InUse."""
    was_for_talk = (
        Tag.objects.select_for_update(of=("self",)).get(pk=known.pk).purpose == Purpose.CONSULTATION
    )
    if was_for_talk and purpose != Purpose.CONSULTATION and Tagging.objects.filter(tag=known).exists():
        raise InUse
    try:
        with transaction.atomic():
            Tag.objects.filter(pk=known.pk).update(name=name, colour=colour, purpose=purpose)
    except IntegrityError:
        raise NameTaken from None
    record(actor, "contacts.change_tag", known)


@transaction.atomic
def remove_tag(actor: User, known: Tag) -> None:
    """Take it from all friends and forget it."""
    record(actor, "contacts.remove_tag", known, friends=Tagging.objects.filter(tag=known).count())
    Tag.objects.filter(pk=known.pk).delete()


@transaction.atomic
def tag(actor: User | None, contact: Contact, wanted: Tag) -> bool:
    """Put a tag on a friend; False when it is there already. `actor` None: the system."""
    if wanted.organisation_id != contact.organisation_id:
        raise ValueError("a tag of another organisation")
    row = {"organisation_id": contact.organisation_id, "tagged_by": actor}
    _tagging, is_new = Tagging.objects.get_or_create(contact=contact, tag=wanted, defaults=row)
    if is_new:
        record(actor, "contacts.tag", contact, tag=wanted.pk)
        live.publish(f"contact-{contact.pk}", f"beside-{contact.pk}")
    return is_new


@transaction.atomic
def untag(actor: User | None, contact: Contact, unwanted: Tag) -> bool:
    """Take a tag from a friend; False when there is none."""
    gone, _kinds = Tagging.objects.filter(contact=contact, tag=unwanted).delete()
    if gone:
        record(actor, "contacts.untag", contact, tag=unwanted.pk)
        live.publish(f"contact-{contact.pk}", f"beside-{contact.pk}")
    return bool(gone)
