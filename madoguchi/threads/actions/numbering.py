"""Numbers and revisions of a thread, counted under its contact's lock: a reader that pulls after a revision misses nothing."""

from madoguchi.contacts.models import Contact
from madoguchi.threads.models import Message


def locked(contact_id: int) -> Contact:
    """The contact of a thread, locked until the transaction ends."""
    return Contact.objects.locked().select_related("channel").get(pk=contact_id)


def next_number(contact: Contact) -> tuple[int, int]:
    contact.last_number += 1
    contact.last_revision += 1
    contact.save(update_fields=["last_number", "last_revision", "active_at"])
    return contact.last_number, contact.last_revision


def changed(message: Message, *fields: str) -> None:
    """Save the fields and move the revision, so that every reader pulls the message again."""
    contact = message.contact
    contact.last_revision += 1
    contact.save(update_fields=["last_revision"])
    message.revision = contact.last_revision
    message.save(update_fields=[*fields, "revision"])


def shown_anew(message: Message) -> None:
    """What stands around a message has changed: every reader pulls it again."""
    changed(message)
