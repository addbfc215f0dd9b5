"""What the holder of a talk does in it: answers, sends again, reads, looks up the name."""

import uuid
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.line import messages
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Cause
from madoguchi.core import clock, live
from madoguchi.desk.actions.moving import NotYours, held, told, wait_for_next
from madoguchi.desk.models import Conversation, State
from madoguchi.threads import actions as threads
from madoguchi.threads.models import Author, Message
from madoguchi.threads.models import State as Sent

ANSWERED = (
    *("last_message", "first_answered_at", "friend_spoke_at", "last_spoke_at", "nudged_at"),
    *("state", "state_since", "promised_at", "version", "due_at", "leased_until"),
)


class Insists(models.TextChoices):
    """Why a counsellor writes when the friend should not be written to."""

    DANGER = "danger", _("命や体の危険がある")
    PROMISED = "promised", _("この時間に書くと本人と約束した")
    ASKED = "asked", _("本人がいま書いてほしいと言った")


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
    *,
    insists: str = "",
) -> Message:
    """Say something to the friend. `key` is made by the browser: with the same one again nothing more is sent. `insists`: why
    it goes all the same when the friend should not be written to now (a value of Insists); without it, it is held."""
    contact = threads.locked(_contact_of(actor, conversation_id))
    conversation = held(actor, conversation_id)
    cause = Cause.INSISTED if insists in Insists.values else Cause.ANSWER
    message = threads.say(contact, kind, shape, payload, author=actor, client_key=key, cause=cause)
    if message.pk > conversation.last_message_id:
        said(conversation, message)
        record(actor, "desk.reply", conversation, message=message.number, kind=kind, insists=insists)
    told(conversation, to_all=False)
    return message


def reply_text(actor: User, conversation_id: int, text: str, key: uuid.UUID, *, insists: str = "") -> Message:
    """Raises channels.line.messages.MessageError when LINE would not take the text."""
    payload = messages.text(text)
    return reply(actor, conversation_id, "text", {"text": text}, payload, key, insists=insists)


def said(conversation: Conversation, message: Message) -> None:
    """What goes out answers the friend; what is held is only the last word that stands there."""
    if message.state != Sent.HELD:
        answered(conversation, message)
        return
    conversation.last_message = message
    conversation.save(update_fields=["last_message"])


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


@transaction.atomic
def send_held(actor: User, conversation_id: int, number: int, insists: str = "") -> bool:
    """A message that waits goes now. False: it may not, while the thread is harmless, or without a reason to insist."""
    conversation, message = _held_message(actor, conversation_id, number)
    is_insisted = insists in Insists.values
    if not threads.send_held(message, insists=is_insisted):
        return False
    if message.author_kind == Author.COUNSELLOR:
        answered(conversation, message)
    record(actor, "desk.send_held", conversation, message=number, insists=insists)
    told(conversation, to_all=False)
    return True


@transaction.atomic
def drop_held(actor: User, conversation_id: int, number: int) -> None:
    """A message that waits is never sent."""
    conversation, message = _held_message(actor, conversation_id, number)
    threads.drop_held(message)
    record(actor, "desk.drop_held", conversation, message=number)
    told(conversation, to_all=False)


def _held_message(actor: User, conversation_id: int, number: int) -> tuple[Conversation, Message]:
    """With its talk, both locked, for who holds the talk. Raises NotYours."""
    contact = threads.locked(_contact_of(actor, conversation_id))
    conversation = held(actor, conversation_id)
    message = Message.objects.select_for_update().filter(contact=contact, number=number).first()
    if message is None:
        raise NotYours
    message.contact = contact
    return conversation, message
