"""What we say: stored with its frozen payload and its retry key before anything is sent."""

import uuid
from typing import Any

from madoguchi.accounts.models import User
from madoguchi.channels.line.events import Event
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Cause, Verdict, may_write_now
from madoguchi.core import clock, live
from madoguchi.threads import contents, quietly
from madoguchi.threads.actions.numbering import changed, next_number
from madoguchi.threads.models import Author, Message, State

REPLY_TOKEN_LIFE = clock.seconds(45)  # LINE promises a minute from the event; keep a margin for the way there


class KeyUsed(Exception):
    """The browser's key already stands for another message: what was written now is not sent, and must not look sent."""


def _said_before(
    contact: Contact, kind: str, shape: contents.Shape, payload: dict[str, Any], client_key: uuid.UUID | None
) -> Message | None:
    earlier = Message.objects.of(contact).filter(client_key=client_key).first() if client_key else None
    if earlier is None:
        return None
    earlier.contact = contact
    # A picture's or file's address is new each time, so it is known again by its digest.
    before, after = (
        (earlier.content, shape) if kind in ("image", "file") else (quietly.unnamed(earlier.payload), payload)
    )
    if earlier.kind != kind or before != after:
        raise KeyUsed
    return earlier


def say(
    contact: Contact,
    kind: str,
    shape: contents.Shape,
    payload: dict[str, Any],
    *,
    author: User | None = None,
    client_key: uuid.UUID | None = None,
    reply_to: Event | None = None,
    cause: Cause | None = None,
) -> Message:
    """Put something to the friend on its way: stored with its frozen payload and its retry key before it is sent.

    `cause`: why it is said; what says nothing and answers no event is ours, and keeps the friend's wishes (contacts.wishes).
    What may not go now is stored as held.

    With the same `client_key` again, the message that is already there is returned; KeyUsed if its words were others.
    With `reply_to`, a fresh reply token of that event is used (free of charge, once); without one, or later, it is a push.
    """
    earlier = _said_before(contact, kind, shape, payload, client_key)
    if earlier is not None:
        return earlier
    payload = quietly.named(contact, payload)
    message = _on_its_way(contact, kind, author, client_key)
    message.cause = cause or (Cause.ANSWER if reply_to else Cause.OURS)
    verdict = may_write_now(contact, message.cause, message.said_at)
    message.sealed_content = message.seal("content", shape)
    message.sealed_payload = message.seal("payload", payload)
    if not verdict.may_go:
        put_aside(message, verdict)
    elif reply_to:
        _use_reply_token(message, reply_to)
    message.save()
    live.wake("message" if verdict.may_go else "held")
    return message


def put_right(message: Message, wrong: Message) -> None:
    """`message`, which was just said, is the correction of an earlier one. That one is drawn anew and shows it."""
    message.corrects, wrong.contact = wrong, message.contact
    message.save(update_fields=["corrects"])
    changed(wrong)


def put_aside(message: Message, verdict: Verdict) -> None:
    """It waits, and is not on its way; not saved. A reason to insist was one for then."""
    message.cause = Cause.ANSWER if message.cause == Cause.INSISTED else message.cause
    message.state, message.due_at, message.leased_until = State.HELD, None, None
    message.held_because, message.held_until = verdict.because, verdict.until
    message.sealed_reply_token = message.reply_until = None


def _on_its_way(contact: Contact, kind: str, author: User | None, client_key: uuid.UUID | None) -> Message:
    number, revision = next_number(contact)
    now = clock.of_database()
    return Message(
        organisation_id=contact.organisation_id,
        contact=contact,
        number=number,
        revision=revision,
        author_kind=Author.COUNSELLOR if author else Author.AUTOMATIC,
        author=author,
        kind=kind,
        said_at=now,
        state=State.QUEUED,
        retry_key=uuid.uuid4(),
        client_key=client_key,
        due_at=now,
        queued_at=now,
    )


def _use_reply_token(message: Message, event: Event) -> None:
    if event.reply_token and event.happened_at and not event.is_standby:
        message.sealed_reply_token = message.seal("reply_token", event.reply_token)
        message.reply_until = event.happened_at + REPLY_TOKEN_LIFE
