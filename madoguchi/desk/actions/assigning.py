"""Who holds a talk: taken by hand, "the next one", given by a supervisor, or dealt to whoever is free.

Whoever is to hold one more talk has the row of the own duty locked first, then the talk changes by compare-and-set: of
two who take one talk one wins, and of two talks given to one person both are counted.
"""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from madoguchi.accounts.models import Role, User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.audit.actions import record
from madoguchi.desk.actions.duty import locked_duty
from madoguchi.desk.actions.moving import NotYours, changed_hands, wait_for_next
from madoguchi.desk.models import (
    Assignment,
    Conversation,
    ConversationQuerySet,
    Duty,
    DutyState,
    Reception,
    State,
)


class AlreadyTaken(Exception):
    """Somebody else was first; `by` is the name of who holds it now, empty when it has ended."""

    def __init__(self, by: str) -> None:
        super().__init__("already taken")
        self.by = by


class HandsFull(Exception):
    """The counsellor holds `load` already, and may hold `most`; `may_insist`: it can be done all the same, if meant."""

    def __init__(self, load: int, most: int, *, may_insist: bool) -> None:
        super().__init__("hands full")
        self.load, self.most, self.may_insist = load, most, may_insist


@transaction.atomic
def take(actor: User, conversation_id: int, *, insists: bool = False) -> Conversation:
    """Take a waiting talk. Of two who take at once one wins; the other gets AlreadyTaken. Raises HandsFull beyond the own
    limit, unless the actor `insists`: anybody may for a grave talk, a supervisor for each."""
    duty = locked_duty(actor)
    conversation = _ours(actor).get(pk=conversation_id)
    if conversation.state == State.WAITING:
        see_that_there_is_room(duty, conversation, actor, insists=insists)
    return conversation if conversation.is_held_by(actor) else _given(duty, conversation, actor)


@transaction.atomic
def take_for_a_moment(actor: User, conversation_id: int) -> Conversation:
    """Take a waiting talk in order to end it at once: however much the actor holds."""
    duty = locked_duty(actor)
    conversation = _ours(actor).get(pk=conversation_id)
    return conversation if conversation.is_held_by(actor) else _given(duty, conversation, actor)


@transaction.atomic
def take_next(actor: User) -> Conversation | None:
    """Take whoever's turn it is; None when nobody waits. Raises HandsFull."""
    duty = locked_duty(actor)
    waiting = Conversation.objects.visible_to(actor).ready().select_for_update(of=("self",), skip_locked=True)
    conversation = waiting.first()
    if conversation is None:
        return None
    see_that_there_is_room(duty, conversation, actor, insists=False)
    return _given(duty, conversation, actor)


@transaction.atomic
def give(actor: User, conversation_id: int, counsellor: User) -> Conversation:
    """A supervisor gives a waiting talk to somebody, also beyond that person's limit. Raises AlreadyTaken, NotYours."""
    is_ours = counsellor.organisation_id == actor.organisation_id and counsellor.is_active
    if not actor.has_role([Role.SUPERVISOR]) or not is_ours or not counsellor.has_role(TALKERS):
        raise NotYours
    return _given(locked_duty(counsellor), _ours(actor).get(pk=conversation_id), actor)


@transaction.atomic
def deal(conversation_id: int, counsellor_id: int) -> Conversation | None:
    """The desk gives a waiting talk to somebody who was free a moment ago. None: that has changed, or the talk is gone."""
    duty = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("counsellor")
        .filter(counsellor_id=counsellor_id)
        .first()
    )
    conversation = Conversation.objects.ready().filter(pk=conversation_id).first()
    if duty is None or conversation is None or not duty.may_be_given():
        return None
    reception = Reception.objects.get(channel_id=conversation.channel_id)
    load = Conversation.objects.held_by(duty.counsellor).load()
    room = min(reception.usual_load, most_of(duty, reception))
    if load and load + conversation.weight > room:
        return None
    try:
        return _given(duty, conversation, None)
    except AlreadyTaken:
        return None


def most_of(duty: Duty, reception: Reception) -> int:
    """How much this person may hold at most."""
    return reception.most_load if duty.most_load is None else duty.most_load


def _ours(actor: User) -> ConversationQuerySet:
    return Conversation.objects.filter(organisation_id=actor.organisation_id).select_related(
        "owner", "contact"
    )


def see_that_there_is_room(duty: Duty, conversation: Conversation, actor: User, *, insists: bool) -> None:
    """Raise HandsFull when one more talk is too much for the actor, whose duty is locked."""
    reception = Reception.objects.filter(channel_id=conversation.channel_id).first()
    if reception is None:
        return
    load, most = Conversation.objects.held_by(actor).load(), most_of(duty, reception)
    may_insist = conversation.grave_at is not None or actor.has_role([Role.SUPERVISOR])
    if load + conversation.weight > most and not (insists and may_insist):
        raise HandsFull(load, most, may_insist=may_insist)


def _given(duty: Duty, conversation: Conversation, actor: User | None) -> Conversation:
    """Compare and set: the talk is the counsellor's, or AlreadyTaken. The duty is locked."""
    counsellor = duty.counsellor
    waiting = Conversation.objects.filter(pk=conversation.pk, state=State.WAITING)
    changes = {
        "state": State.LIVE,
        "owner": counsellor,
        "version": F("version") + 1,
        "nudged_at": None,
        "due_at": None,
    }
    won = waiting.update(taken_at=Now(), state_since=Now(), leased_until=None, **changes)
    conversation = Conversation.objects.select_related("owner", "contact").get(pk=conversation.pk)
    if not won:
        is_held = conversation.is_held and conversation.owner is not None
        raise AlreadyTaken(conversation.owner.name if conversation.owner and is_held else "")
    Assignment.objects.create(
        conversation=conversation,
        organisation_id=conversation.organisation_id,
        counsellor=counsellor,
        assigned_by=actor,
    )
    wait_for_next(conversation)
    Conversation.objects.filter(pk=conversation.pk).update(due_at=conversation.due_at)
    was_here = duty.state == DutyState.AVAILABLE or actor is None or actor.pk != counsellor.pk
    here = {} if was_here else {"state": DutyState.AVAILABLE, "changed_at": Now()}
    Duty.objects.filter(pk=duty.pk).update(given_at=Now(), **here)
    if actor == counsellor:
        record(actor, "desk.take", conversation)
    else:
        record(actor, "desk.give", conversation, counsellor=counsellor.pk)
    changed_hands(conversation)
    return conversation
