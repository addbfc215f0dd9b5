"""What a friend said on a page of ours and not in LINE's chat: it stands in the thread with all the rest."""

from madoguchi.contacts.models import Contact
from madoguchi.core import clock, live
from madoguchi.threads.actions.attachments import keep_bytes
from madoguchi.threads.actions.numbering import changed, next_number
from madoguchi.threads.contents import Shape
from madoguchi.threads.models import Attachment, AttachmentState, Author, Message, State


def write_down(contact: Contact, kind: str, shape: Shape) -> Message:
    """Keep a message of the friend's that came by a page. The contact is locked by the caller."""
    contact.active_at = clock.of_database()
    number, revision = next_number(contact)
    message = Message(
        organisation_id=contact.organisation_id,
        contact=contact,
        number=number,
        revision=revision,
        author_kind=Author.FRIEND,
        kind=kind,
        said_at=contact.active_at,
        state=State.RECEIVED,
    )
    message.sealed_content = message.seal("content", shape)
    message.save()
    live.publish(f"contact-{contact.pk}")
    return message


def keep_picture(contact: Contact, full: bytes, small: bytes) -> Message:
    """A picture that was given on a page, drawn anew already (threads.media.redraw). The contact is locked by the caller."""
    message = write_down(contact, "image", {})
    attachment = Attachment.objects.create(
        message=message,
        organisation_id=message.organisation_id,
        state=AttachmentState.READY,
        content_type="image/jpeg",
        size=len(full),
        is_shown=True,
        has_small=True,
    )
    keep_bytes(attachment, "full", full)
    keep_bytes(attachment, "small", small)
    return message


def take_back(message: Message) -> None:
    """The friend deleted it on a page: as unsending does, the content goes and the place in the thread stays. The contact
    is locked by the caller, and is the message's own."""
    message.sealed_content, message.unsent_at = None, clock.of_database()
    Attachment.objects.filter(message=message).delete()
    changed(message, "sealed_content", "unsent_at")
    live.publish(f"contact-{message.contact_id}")
