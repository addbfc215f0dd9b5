"""What the holder of a talk does in it: answers, sends again, reads, looks up the name."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Cause, may_write_now
from madoguchi.core import clock, live
from madoguchi.desk import answers
from madoguchi.desk.actions.moving import NotYours, changeable, held, told, wait_for_next
from madoguchi.desk.actions.settings import writing_rules
from madoguchi.desk.answers import Answer
from madoguchi.desk.models import Conversation, Duty, State
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


class MustAsk(NotYours):
    """In training: what this person writes waits for a supervisor's yes (`actions.preparing`), by whichever way it would go."""


def is_in_training(user: User) -> bool:
    return Duty.objects.filter(counsellor=user, is_trainee=True).exists()


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
    return say(actor, conversation_id, Answer(kind, shape, payload, insists=insists), key)


@transaction.atomic
def say(actor: User, conversation_id: int, answer: Answer, key: uuid.UUID) -> Message:
    """As `reply`, for an answer of any kind. Raises MustAsk."""
    if is_in_training(actor):
        raise MustAsk
    contact = threads.locked(_contact_of(actor, conversation_id))
    conversation = held(actor, conversation_id)
    known = conversation.last_message_id
    message = made_a_message(contact, conversation, actor, answer, key)
    if message.pk > known:
        record(
            actor,
            "desk.reply",
            conversation,
            message=message.number,
            kind=answer.kind,
            insists=answer.insists,
        )
    told(conversation, to_all=False)
    return message


def reply_text(actor: User, conversation_id: int, text: str, key: uuid.UUID, *, insists: str = "") -> Message:
    """Raises channels.line.messages.MessageError when LINE would not take the text."""
    return say(actor, conversation_id, answers.text(text, insists=insists), key)


def made_a_message(
    contact: Contact,
    conversation: Conversation,
    author: User,
    answer: Answer,
    key: uuid.UUID,
    cause: Cause = Cause.ANSWER,
) -> Message:
    """The answer becomes a message on its way; once, however often. Contact and conversation are locked by the caller, who
    records it."""
    known = conversation.last_message_id
    message = threads.say(
        contact,
        answer.kind,
        answer.shape,
        answer.payload,
        author=author,
        client_key=key,
        cause=Cause.INSISTED if answer.insists in Insists.values else cause,
    )
    if answer.full is not None and not hasattr(message, "attachment"):
        if answer.small is not None:
            threads.attach_picture(message, answer.full, answer.small, answer.token)
        else:
            threads.attach_file(message, answer.full, answer.content_type, answer.token)
    if message.pk > known:
        said(conversation, message)
        wrong = _to_correct(contact, answer.corrects)
        if wrong is not None:
            threads.put_right(message, wrong)
    return message


def _to_correct(contact: Contact, number: int | None) -> Message | None:
    ours = Message.objects.of(contact).filter(author_kind=Author.COUNSELLOR)
    return ours.filter(number=number).first() if number else None


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


def _sendable(actor: User, conversation_id: int) -> Conversation:
    """Locked, if what stands in this talk may be sent by the actor: who holds it, and for who is in training a supervisor."""
    conversation = changeable(actor, conversation_id)
    if is_in_training(actor):
        raise MustAsk
    if conversation.owner and conversation.owner != actor and not is_in_training(conversation.owner):
        raise NotYours
    return conversation


@transaction.atomic
def resend(actor: User, conversation_id: int, number: int) -> None:
    """Send a failed or uncertain message once more, because a person decided so: who holds the talk, and for who is in
    training a supervisor. Raises MustAsk."""
    contact = threads.locked(_contact_of(actor, conversation_id))
    conversation = _sendable(actor, conversation_id)
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
    live.publish(f"words-{actor.pk}")


@transaction.atomic
def show_typing(actor: User, conversation_id: int) -> None:
    """The holder is writing: the friend's telephone may show it. Not for who is in training, because nothing may come of it
    for a while; not where the house has switched it off, nor while nothing may reach the friend."""
    if not writing_rules(actor.organisation_id).shows_typing or is_in_training(actor):
        return
    contact = threads.locked(_contact_of(actor, conversation_id))
    held(actor, conversation_id)
    if may_write_now(contact, Cause.ANSWER, clock.of_database()).may_go:
        threads.show_typing(contact)


@transaction.atomic
def reveal(actor: User, conversation_id: int, contact: Contact) -> dict[str, str]:
    """The friend's LINE name, for the holder, on the record."""
    conversation = held(actor, conversation_id)
    record(actor, "desk.reveal", conversation)
    return contact.profile


@transaction.atomic
def send_held(actor: User, conversation_id: int, number: int, insists: str = "") -> bool:
    """A message that waits goes now. False: it may not, while the thread is harmless, or without a reason to insist."""
    conversation, message = _held_message(actor, conversation_id, number, _sendable)
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


def _held_message(
    actor: User, conversation_id: int, number: int, may: Callable[[User, int], Conversation] = held
) -> tuple[Conversation, Message]:
    """With its talk, both locked, for who holds the talk. Raises NotYours."""
    contact = threads.locked(_contact_of(actor, conversation_id))
    conversation = may(actor, conversation_id)
    message = Message.objects.select_for_update().filter(contact=contact, number=number).first()
    if message is None:
        raise NotYours
    message.contact = contact
    return conversation, message
