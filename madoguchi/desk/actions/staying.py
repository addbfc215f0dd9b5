"""What a held talk goes through before it ends: on hold, answered later, wrapped up, and back."""

from datetime import datetime

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import clock
from madoguchi.desk.actions.moving import NotNow, held, move
from madoguchi.desk.models import ON_THE_LINE, Conversation, Promise, State


@transaction.atomic
def put_on_hold(actor: User, conversation_id: int) -> Conversation:
    """The friend or the counsellor needs a moment. The friend's next word takes it back."""
    conversation = held(actor, conversation_id)
    if conversation.state != State.LIVE:
        raise NotNow
    move(conversation, State.HOLD)
    record(actor, "desk.hold", conversation)
    return conversation


@transaction.atomic
def resume(actor: User, conversation_id: int) -> Conversation:
    """Back to the talk, from hold, from a promise, from wrapping up."""
    conversation = held(actor, conversation_id)
    if conversation.state == State.LIVE:
        return conversation
    move(conversation, State.LIVE, promised_at=None, promise="")
    record(actor, "desk.resume", conversation)
    return conversation


@transaction.atomic
def answer_later(actor: User, conversation_id: int, by: datetime) -> Conversation:
    """The counsellor keeps the talk and promises an answer by a moment, which calls before it comes. Raises NotNow for a
    moment that has passed."""
    conversation = held(actor, conversation_id)
    if conversation.state == State.WRAP_UP or by <= clock.of_database():
        raise NotNow
    move(conversation, State.LATER, promised_at=by, promise=Promise.LATER)
    record(actor, "desk.answer_later", conversation)
    return conversation


@transaction.atomic
def wrap_up(actor: User, conversation_id: int) -> Conversation:
    """The talk has ended for the friend; the record is still to be written. It no longer fills its counsellor."""
    conversation = held(actor, conversation_id)
    if conversation.state not in (*ON_THE_LINE, State.LATER):
        raise NotNow
    move(conversation, State.WRAP_UP, promised_at=None, promise="")
    record(actor, "desk.wrap_up", conversation)
    return conversation
