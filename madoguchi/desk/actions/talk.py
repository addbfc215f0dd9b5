"""What happens to a conversation: it opens with a friend's word, is taken, answered, given back, closed."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.line import messages
from madoguchi.contacts.models import Contact
from madoguchi.core import clock, live, walls
from madoguchi.core.work import Job
from madoguchi.desk.models import Assignment, Conversation, Outcome, State
from madoguchi.threads import actions as threads
from madoguchi.threads.models import Author, Message


class AlreadyTaken(Exception):
    """Somebody else was first; `by` is the name of who holds it now, empty when it has ended."""

    def __init__(self, by: str) -> None:
        super().__init__("already taken")
        self.by = by


class SomethingNew(Exception):
    """The friend wrote after the person decided to end, or a grave sign has not been looked at."""


class NotYours(Exception):
    """Only who holds the conversation may do this; it has changed hands or is closed."""


def told(conversation: Conversation, *, to_all: bool) -> None:
    """Hints about a conversation: to who reads it and to its holder's list; to every desk only when the queue changed,
    because each hint makes every follower pull."""
    topics = [f"contact-{conversation.contact_id}"]
    if conversation.owner_id:
        topics.append(f"mine-{conversation.owner_id}")
    if to_all:
        topics.append(f"desk-{conversation.organisation_id}")
    live.publish(*topics)


def changed_hands(conversation: Conversation) -> None:
    """Whoever followed the talk hears this, and no more of it unless it may still be read."""
    told(conversation, to_all=True)
    live.doubt(f"contact-{conversation.contact_id}", f"trouble-{conversation.contact_id}")


@transaction.atomic
def take(actor: User, conversation_id: int) -> Conversation:
    """Take a waiting conversation. Of two who take at once one wins; the other gets AlreadyTaken."""
    taken = Conversation.objects.filter(
        pk=conversation_id, organisation_id=actor.organisation_id, state=State.WAITING
    )
    won = taken.update(state=State.LIVE, owner=actor, taken_at=Now(), version=F("version") + 1)
    ours = Conversation.objects.filter(organisation_id=actor.organisation_id).select_related("owner")
    conversation = ours.get(pk=conversation_id)
    if not won and not conversation.is_held_by(actor):
        is_live = conversation.owner is not None and conversation.state == State.LIVE
        raise AlreadyTaken(conversation.owner.name if conversation.owner and is_live else "")
    if won:
        Assignment.objects.create(
            conversation=conversation,
            organisation_id=conversation.organisation_id,
            counsellor=actor,
            assigned_by=actor,
        )
        record(actor, "desk.take", conversation)
        changed_hands(conversation)
    return conversation


def held(actor: User, conversation_id: int) -> Conversation:
    """The conversation, locked, if the actor holds it now."""
    conversation = Conversation.objects.select_for_update(of=("self",)).filter(pk=conversation_id).first()
    if conversation is None or not conversation.is_held_by(actor):
        raise NotYours
    return conversation


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
    conversation.last_message = message
    conversation.first_answered_at = conversation.first_answered_at or clock.now()
    conversation.friend_spoke_at = None
    conversation.save(update_fields=["last_message", "first_answered_at", "friend_spoke_at"])


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
def close(actor: User, conversation_id: int, outcome: Outcome, *, through: int | None = None) -> Conversation:
    """End the conversation. The next word of the friend opens a new one.

    `through`: the last message the person had before the eyes when deciding to end; None when the caller has just read
    everything. Raises SomethingNew while a later word of the friend or a grave sign waits for a look.
    """
    conversation = _changeable(actor, conversation_id)
    if conversation.alerts.filter(acknowledged_at=None).exists() or _spoke_after(conversation, through):
        raise SomethingNew
    _end_assignment(conversation)
    conversation.state, conversation.outcome, conversation.closed_by = State.CLOSED, outcome, actor
    conversation.closed_at, conversation.version = clock.now(), conversation.version + 1
    conversation.save(update_fields=["state", "outcome", "closed_at", "closed_by", "version"])
    record(actor, "desk.close", conversation, outcome=outcome)
    changed_hands(conversation)
    return conversation


@transaction.atomic
def release(actor: User, conversation_id: int) -> Conversation:
    """Give the conversation back to the queue, with the wait it had before."""
    conversation = _changeable(actor, conversation_id)
    _back_to_the_queue(actor, conversation)
    return conversation


def _back_to_the_queue(actor: User | None, conversation: Conversation) -> None:
    _end_assignment(conversation)
    conversation.state, conversation.owner = State.WAITING, None
    conversation.version += 1
    conversation.save(update_fields=["state", "owner", "version"])
    record(actor, "desk.release", conversation)
    changed_hands(conversation)


def claim_left_alone(limit: int) -> list[Job]:
    """Live conversations whose holder was switched off or may not talk any more: nobody would hear the friend."""
    with walls.everywhere():
        left = Conversation.objects.left_alone().values_list("pk", "version")[:limit]
        return [Job(pk, version) for pk, version in left]


@transaction.atomic
def take_back(job: Job) -> None:
    """Give a conversation that was left alone back to the queue."""
    left = Conversation.objects.left_alone().select_for_update(of=("self",), skip_locked=True)
    conversation = left.filter(pk=job.pk, version=job.attempt).first()
    if conversation is not None:
        _back_to_the_queue(None, conversation)


def _changeable(actor: User, conversation_id: int) -> Conversation:
    """Locked, if the actor may end it now."""
    seen = Conversation.objects.visible_to(actor).filter(pk=conversation_id).exists()
    conversation = (
        Conversation.objects.select_for_update(of=("self",)).filter(pk=conversation_id).first()
        if seen
        else None
    )
    if conversation is None or not conversation.may_be_ended_by(actor):
        raise NotYours
    return conversation


def _spoke_after(conversation: Conversation, through: int | None) -> bool:
    if through is None:
        return False
    later = Message.objects.of(conversation.contact).filter(number__gt=through, unsent_at=None)
    return later.filter(author_kind=Author.FRIEND).exists()


def _end_assignment(conversation: Conversation) -> None:
    Assignment.objects.filter(conversation=conversation, ended_at=None).update(ended_at=Now())


@transaction.atomic
def reveal(actor: User, conversation_id: int, contact: Contact) -> dict[str, str]:
    """The friend's LINE name, for the holder, on the record."""
    conversation = held(actor, conversation_id)
    record(actor, "desk.reveal", conversation)
    return contact.profile
