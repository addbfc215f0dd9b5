"""What a friend said, in the transaction of the event that brought it, with the contact locked (`contacts.meet`)."""

from typing import Any

from madoguchi.channels.line.events import Event
from madoguchi.contacts.models import Contact
from madoguchi.core import clock, live
from madoguchi.threads import contents
from madoguchi.threads.actions.numbering import changed, next_number
from madoguchi.threads.models import Attachment, AttachmentState, Author, Message, State

BY_HAND = {"message", "unsend", "postback", "follow", "accountLink", "videoPlayComplete"}


def _heard(contact: Contact, event: Event, kind: str, **fields: Any) -> Message:
    said_at = event.happened_at or clock.now()
    if event.kind in BY_HAND:  # a beacon that is passed says of nobody that they look at the telephone
        contact.active_at = max(contact.active_at, said_at)  # an old event may come late
    number, revision = next_number(contact)
    return Message(
        organisation_id=contact.organisation_id,
        contact=contact,
        number=number,
        revision=revision,
        author_kind=Author.FRIEND,
        kind=kind,
        said_at=said_at,
        event_id=event.event_id,
        state=State.RECEIVED,
        **fields,
    )


def receive(contact: Contact, event: Event) -> Message | None:
    """Keep a message a friend sent. None when it was here before: heard already, or unsent before it came."""
    content = event.content
    line_message_id = (content.message_id if content else None) or ""
    if (
        line_message_id
        and Message.objects.of(contact)
        .filter(author_kind=Author.FRIEND, line_message_id=line_message_id)
        .exists()
    ):
        return None
    kind, shape = contents.of(content) if content else (event.kind, {})
    return _keep(contact, event, kind, shape, line_message_id)


def note(contact: Contact, event: Event, kind: str, shape: contents.Shape | None = None) -> Message:
    """Keep something that happened in the thread without being a message: follow, postback, an event not understood."""
    return _keep(contact, event, kind, shape or {})


def _keep(
    contact: Contact, event: Event, kind: str, shape: contents.Shape, line_message_id: str = ""
) -> Message:
    message = _heard(contact, event, kind, line_message_id=line_message_id)
    message.sealed_content = message.seal("content", shape)
    message.save()
    if kind in contents.MEDIA_KINDS and line_message_id:
        _expect_attachment(message, is_external="external_url" in shape)
    return message


def _expect_attachment(message: Message, *, is_external: bool) -> None:
    """The bytes are fetched at once, in the worker. A stranger's address is never called."""
    Attachment.objects.create(
        message=message,
        organisation_id=message.organisation_id,
        state=AttachmentState.MISSING if is_external else AttachmentState.PREPARING,
        due_at=None if is_external else clock.of_database(),
    )
    live.wake("attachment")


def unsend(contact: Contact, event: Event) -> Message:
    """Hide the message and forget its content; a tombstone stays, also when the unsending comes first."""
    line_message_id = event.unsent_message_id or ""
    if not line_message_id:  # it names nothing that could be taken back
        return note(contact, event, "unsend")
    said = (
        Message.objects.of(contact).filter(author_kind=Author.FRIEND, line_message_id=line_message_id).first()
    )
    if said is None:
        said = _heard(
            contact,
            event,
            "unsent",
            line_message_id=line_message_id,
            unsent_at=event.happened_at or clock.now(),
        )
        said.save()
        return said
    said.contact = contact
    said.sealed_content, said.unsent_at = None, event.happened_at or clock.now()
    Attachment.objects.filter(message=said).delete()
    changed(said, "sealed_content", "unsent_at")
    return said
