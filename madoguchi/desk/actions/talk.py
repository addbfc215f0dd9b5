"""What the holder of a talk does in it: answers, sends again, reads, looks up the name."""

import uuid
from typing import Any

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.line import messages
from madoguchi.contacts.models import Contact
from madoguchi.core import clock, live
from madoguchi.desk.actions.moving import NotYours, held, told, wait_for_next
from madoguchi.desk.models import Conversation, State
from madoguchi.threads import actions as threads
from madoguchi.threads.models import Message

ANSWERED = (
    *("last_message", "first_answered_at", "friend_spoke_at", "last_spoke_at", "nudged_at"),
    *("state", "state_since", "promised_at", "version", "due_at", "leased_until"),
)


def must_hold(actor: User, conversation_id: int) -> None:
    """Raise NotYours unless the actor holds it at this moment: before work that is lost otherwise. `held` decides later."""
    holding = Conversation.objects.held_by(actor).filter(organisation_id=actor.organisation_id)
    if not holding.filter(pk=conversation_id).exists():
        raise NotYours


@transaction.atomic
def reply(
    actor: User,
    conversation_id: int,
    kind: str,
    shape: dict[str, Any],
    payload: dict[str, Any],
    key: uuid.UUID,
) -> Message:
    """Say something to the friend. `key` is made by the browser: with the same one again nothing more is sent."""
    contact = threads.locked(_contact_of(actor, conversation_id))
    conversation = held(actor, conversation_id)
    message = threads.say(contact, kind, shape, payload, author=actor, client_key=key)
    if message.pk > conversation.last_message_id:
        answered(conversation, message)
        record(actor, "desk.reply", conversation, message=message.number, kind=kind)
    told(conversation, to_all=False)
    return message


def reply_text(actor: User, conversation_id: int, text: str, key: uuid.UUID) -> Message:
    """Raises channels.line.messages.MessageError when LINE would not take the text."""
    payload = messages.text(text)
    return reply(actor, conversation_id, "text", {"text": text}, payload, key)


def answered(conversation: Conversation, message: Message) -> None:
    """A promise is kept by an answer, and the talk goes on."""
    now = clock.of_database()
    conversation.last_message = message
    conversation.first_answered_at = conversation.first_answered_at or now
    conversation.friend_spoke_at, conversation.last_spoke_at, conversation.nudged_at = None, now, None
    conversation.promised_at = None
    if conversation.state in (State.HOLD, State.LATER):
        conversation.state, conversation.state_since = State.LIVE, now
        conversation.version += 1
    wait_for_next(conversation)
    conversation.save(update_fields=ANSWERED)


def _contact_of(actor: User, conversation_id: int) -> int:
    found = Conversation.objects.filter(pk=conversation_id, organisation_id=actor.organisation_id)
    contact_id = found.values_list("contact_id", flat=True).first()
    if contact_id is None:
        raise NotYours
    return contact_id


@transaction.atomic
def resend(actor: User, conversation_id: int, number: int) -> None:
    """Send a failed or uncertain message once more, because a person decided so."""
    contact = threads.locked(_contact_of(actor, conversation_id))
    conversation = held(actor, conversation_id)
    message = Message.objects.select_for_update().filter(contact=contact, number=number).first()
    if message is None:
        raise NotYours
    message.contact = contact
    if not threads.resend(message):
        return
    record(actor, "desk.resend", conversation, message=number)
    told(conversation, to_all=False)


@transaction.atomic
def read(actor: User, conversation_id: int, number: int) -> None:
    """The holder has opened the talk and read up to this message: the phone may show 既読."""
    contact = threads.locked(_contact_of(actor, conversation_id))
    conversation = held(actor, conversation_id)
    if number <= conversation.seen_number:
        return
    conversation.seen_number = min(number, contact.last_number)
    conversation.save(update_fields=["seen_number"])
    threads.read_up_to(contact, conversation.seen_number)
    record(actor, "desk.read_mark", conversation, message=conversation.seen_number)
    live.publish(f"mine-{actor.pk}")


@transaction.atomic
def reveal(actor: User, conversation_id: int, contact: Contact) -> dict[str, str]:
    """The friend's LINE name, for the holder, on the record."""
    conversation = held(actor, conversation_id)
    record(actor, "desk.reveal", conversation)
    return contact.profile
