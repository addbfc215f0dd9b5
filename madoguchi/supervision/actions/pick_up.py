"""A second pair of eyes: where a channel wants it, a counsellor asks to take a talk, and a colleague's tap gives it."""

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.audit.actions import record
from madoguchi.core import live
from madoguchi.desk import actions as desk
from madoguchi.desk.actions.assigning import given
from madoguchi.desk.actions.duty import locked_duty
from madoguchi.desk.actions.room import see_that_the_channel_has_room, see_that_there_is_room
from madoguchi.desk.models import Conversation, Duty, Reception, State
from madoguchi.supervision.models import PickUp, PickUpEnd


class NotAsked(Exception):
    """Nobody asks for this any more."""


@transaction.atomic
def ask(actor: User, conversation_id: int) -> PickUp:
    """Ask a colleague to look before one takes this waiting talk. Raises desk.AlreadyTaken when it is somebody's, or when
    somebody else asked first; desk.QueueHeld while a supervisor deals the queue out; desk.HandsFull."""
    duty = locked_duty(actor)
    seen = Conversation.objects.visible_to(actor).filter(pk=conversation_id)
    found = Conversation.objects.select_for_update(of=("self",)).filter(pk__in=seen.values("pk"))
    conversation = found.select_related("owner").first()
    if conversation is None:
        raise desk.NotYours
    if conversation.state != State.WAITING:
        raise desk.AlreadyTaken(conversation.owner.name if conversation.owner else "")
    if Reception.objects.filter(channel_id=conversation.channel_id, queue_held_at__isnull=False).exists():
        raise desk.QueueHeld
    pending = PickUp.objects.filter(conversation=conversation).pending().select_related("asked_by").first()
    if pending is not None and pending.asked_by_id != actor.pk:
        raise desk.AlreadyTaken(pending.asked_by.name)
    if pending is not None:
        return pending
    _see_that_there_is_room(duty, conversation)
    asked = PickUp.objects.create(
        organisation_id=conversation.organisation_id, conversation=conversation, asked_by=actor
    )
    record(actor, "supervision.ask_pick_up", conversation)
    _tell(conversation)
    return asked


@transaction.atomic
def confirm(actor: User, pick_up_id: int) -> Conversation:
    """A colleague has looked too: the talk is now of who asked. Nobody confirms for themselves. Raises NotAsked,
    desk.AlreadyTaken, and desk.HandsFull when who asked has taken others since."""
    asked = _pending(actor, pick_up_id)
    if asked is None or asked.asked_by_id == actor.pk or not actor.has_role(TALKERS):
        raise NotAsked
    duty = locked_duty(asked.asked_by)
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=asked.conversation_id)
    if conversation.state == State.WAITING:
        _see_that_there_is_room(duty, conversation)
        _end(asked, actor, PickUpEnd.CONFIRMED)
        record(actor, "supervision.confirm_pick_up", conversation, counsellor=asked.asked_by_id)
        taken = given(duty, conversation, actor)
        _tell(conversation)
        return taken
    _end(asked, None, PickUpEnd.GONE)
    _tell(conversation)
    return conversation


@transaction.atomic
def withdraw(actor: User, pick_up_id: int) -> None:
    """Who asked has thought better of it; a colleague says that it is not for that person now."""
    asked = _pending(actor, pick_up_id)
    if asked is None or not actor.has_role(TALKERS):
        raise NotAsked
    _end(asked, actor, PickUpEnd.WITHDRAWN)
    record(actor, "supervision.withdraw_pick_up", asked.conversation, counsellor=asked.asked_by_id)
    _tell(asked.conversation)


def _see_that_there_is_room(duty: Duty, conversation: Conversation) -> None:
    """To ask a colleague is to insist, where one may: on a grave talk."""
    see_that_there_is_room(duty, conversation, duty.counsellor, insists=True)
    see_that_the_channel_has_room(conversation, duty.counsellor, insists=True)


def _pending(actor: User, pick_up_id: int) -> PickUp | None:
    ours = PickUp.objects.pending().filter(pk=pick_up_id, organisation_id=actor.organisation_id)
    return ours.select_for_update(of=("self",)).select_related("asked_by", "conversation").first()


def _end(asked: PickUp, actor: User | None, end: PickUpEnd) -> None:
    PickUp.objects.filter(pk=asked.pk).update(end=end, ended_at=Now(), ended_by=actor)


def _tell(conversation: Conversation) -> None:
    organisation = conversation.organisation_id
    live.publish(f"urgent-{organisation}", f"desk-{organisation}", f"contact-{conversation.contact_id}")
