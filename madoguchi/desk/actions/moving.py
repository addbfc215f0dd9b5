"""Every change of a conversation's state goes through here: its version moves, its next moment is worked out, all are told."""

from typing import Any

from django.db.models.functions import Now

from madoguchi.accounts.models import Role, User
from madoguchi.core import clock, live
from madoguchi.desk import elapsing
from madoguchi.desk.models import Assignment, Conversation, HandOverEnd, Reception, State


class NotYours(Exception):
    """Only who holds the conversation may do this; it has changed hands or is closed."""


class NotNow(Exception):
    """The conversation is in no state for this."""


def told(conversation: Conversation, *, to_all: bool) -> None:
    """Hints about a conversation: to who reads it, and to every desk when the queue changed. When nothing has changed but its
    words, only its line is drawn anew: its holder's (`words-`), or in the queue each desk's in its own time (`lines-`)."""
    topics = [f"contact-{conversation.contact_id}"]
    if to_all:
        topics.append(f"desk-{conversation.organisation_id}")
        if conversation.owner_id:
            topics.append(f"mine-{conversation.owner_id}")
    elif conversation.owner_id:
        topics.append(f"words-{conversation.owner_id}")
    elif conversation.state == State.WAITING:
        topics.append(f"lines-{conversation.organisation_id}")
    live.publish(*topics)


def changed_hands(conversation: Conversation) -> None:
    """Whoever followed the talk hears this, and no more of it unless it may still be read."""
    told(conversation, to_all=True)
    live.publish(f"beside-{conversation.contact_id}")
    live.doubt(*(f"{kind}-{conversation.contact_id}" for kind in ("contact", "beside", "trouble", "looking")))


def held(actor: User, conversation_id: int) -> Conversation:
    """The conversation, locked, if the actor holds it now."""
    conversation = _locked(conversation_id)
    if conversation is None or not conversation.is_held_by(actor):
        raise NotYours
    return conversation


def changeable(actor: User, conversation_id: int) -> Conversation:
    """Locked, if the actor holds it or is a supervisor of who does."""
    seen = Conversation.objects.visible_to(actor).filter(pk=conversation_id).exists()
    conversation = _locked(conversation_id) if seen else None
    if conversation is None or not conversation.may_be_ended_by(actor):
        raise NotYours
    return conversation


def watched(actor: User, conversation_id: int) -> Conversation:
    """Locked, if it is open and the actor may read it: waiting, held by the actor, or anybody's for a supervisor."""
    seen = Conversation.objects.visible_to(actor).open().filter(pk=conversation_id).exists()
    conversation = _locked(conversation_id) if seen else None
    if conversation is None or not (
        conversation.is_held_by(actor) or not conversation.is_held or actor.has_role([Role.SUPERVISOR])
    ):
        raise NotYours
    return conversation


def _locked(conversation_id: int) -> Conversation | None:
    return Conversation.objects.select_for_update(of=("self",)).filter(pk=conversation_id).first()


def move(conversation: Conversation, state: State, **changes: Any) -> None:
    """Into a state: the caller has locked it, knows that it may, and records it. `changes`: further fields, with their values."""
    had_owner = conversation.owner_id is not None
    for name, value in changes.items():
        setattr(conversation, name, value)
    conversation.state, conversation.state_since = state, clock.of_database()
    conversation.version, conversation.nudged_at, conversation.left_at = conversation.version + 1, None, None
    wait_for_next(conversation)
    conversation.save(
        update_fields=[*changes, "state", "state_since", "version", "nudged_at", "left_at", *ELAPSING]
    )
    if had_owner and state in (State.WAITING, State.CLOSED):
        end_assignment(conversation)
        conversation.hand_overs.pending().update(end=HandOverEnd.WITHDRAWN, ended_at=Now())
    changed_hands(conversation)


ELAPSING = ("due_at", "leased_until")


def wait_for_next(conversation: Conversation) -> None:
    """Work out when something happens by itself; not saved."""
    reception = Reception.objects.filter(channel_id=conversation.channel_id).first()
    step = elapsing.next_step(conversation, reception) if reception else None
    conversation.due_at, conversation.leased_until = step.at if step else None, None


def begin_assignment(conversation: Conversation, counsellor: User, by: User | None) -> None:
    """From now on it is the counsellor's. `by`: whose word it was; None: the desk's own."""
    Assignment.objects.create(
        conversation=conversation,
        organisation_id=conversation.organisation_id,
        counsellor=counsellor,
        assigned_by=by,
    )


def end_assignment(conversation: Conversation) -> None:
    Assignment.objects.filter(conversation=conversation, ended_at=None).update(ended_at=Now())
