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
from madoguchi.core import live
from madoguchi.desk import turns
from madoguchi.desk.actions.barring import closed_to, see_that_it_is_free
from madoguchi.desk.actions.duty import locked_duty
from madoguchi.desk.actions.moving import (
    NotYours,
    begin_assignment,
    changed_hands,
    end_assignment,
    wait_for_next,
)
from madoguchi.desk.actions.room import (
    most_of,
    see_that_the_channel_has_room,
    see_that_there_is_room,
    talks_beyond,
)
from madoguchi.desk.models import (
    HELD,
    Conversation,
    ConversationQuerySet,
    Duty,
    DutyState,
    HandOverEnd,
    Reception,
    State,
)


class AlreadyTaken(Exception):
    """Somebody else was first; `by` is the name of who holds it now, empty when it has ended."""

    def __init__(self, by: str) -> None:
        super().__init__("already taken")
        self.by = by


class OnlyInTurn(Exception):
    """In this channel nobody chooses but a supervisor: who is free takes the next."""


@transaction.atomic
def take(actor: User, conversation_id: int, *, insists: bool = False) -> Conversation:
    """Take a waiting talk. Of two who take at once one wins; the other gets AlreadyTaken. Raises HandsFull beyond the own
    limit, unless the actor `insists`: anybody may for a grave talk, a supervisor for each. Raises OnlyInTurn, and
    what `barring` raises."""
    duty = locked_duty(actor)
    conversation = _ours(actor).select_for_update(of=("self",)).get(pk=conversation_id)
    if conversation.is_held_by(actor):
        return conversation
    if conversation.state != State.WAITING:
        raise AlreadyTaken(_held_by(conversation))
    _see_that_it_may_be_chosen(conversation, actor)
    see_that_it_is_free(conversation, actor)
    see_that_there_is_room(duty, conversation, actor, insists=insists)
    see_that_the_channel_has_room(conversation, actor, insists=insists)
    return given(duty, conversation, actor)


@transaction.atomic
def take_for_a_moment(actor: User, conversation_id: int) -> Conversation:
    """Take a waiting talk in order to end it at once: however much the actor holds."""
    duty = locked_duty(actor)
    conversation = _ours(actor).get(pk=conversation_id)
    if conversation.state == State.WAITING:
        _see_that_it_may_be_chosen(conversation, actor)
    return conversation if conversation.is_held_by(actor) else given(duty, conversation, actor)


@transaction.atomic
def take_next(actor: User) -> Conversation | None:
    """Take whoever's turn it is; None when nobody waits. Raises HandsFull."""
    duty = locked_duty(actor)
    waiting = turns.in_turn(actor).select_for_update(of=("self",), skip_locked=True)
    conversation = waiting.exclude(channel_id__in=closed_to(actor)).first()
    if conversation is None:
        return None
    see_that_it_is_free(conversation, actor)
    see_that_there_is_room(duty, conversation, actor, insists=False)
    see_that_the_channel_has_room(conversation, actor, insists=False)
    return given(duty, conversation, actor)


@transaction.atomic
def give(actor: User, conversation_id: int, counsellor: User) -> Conversation:
    """A supervisor gives a waiting talk, or a colleague's, to somebody, also beyond that person's limit. Raises AlreadyTaken
    when it has ended meanwhile, NotYours."""
    is_ours = counsellor.organisation_id == actor.organisation_id and counsellor.is_active
    if not actor.has_role([Role.SUPERVISOR]) or not is_ours or not counsellor.has_role(TALKERS):
        raise NotYours
    duty = locked_duty(counsellor)
    conversation = _ours(actor).select_for_update(of=("self",)).get(pk=conversation_id)
    if not conversation.is_held:
        return given(duty, conversation, actor)
    if conversation.owner_id != counsellor.pk:
        before = conversation.owner_id
        pass_on(duty, conversation, actor)
        record(actor, "desk.give", conversation, counsellor=counsellor.pk)
        live.publish(f"mine-{before}")
    return conversation


@transaction.atomic
def take_over(actor: User, conversation_id: int, *, insists: bool = False) -> Conversation:
    """Go on with a talk that somebody else holds: a supervisor with any, everybody with one that is left alone. Raises NotYours,
    and HandsFull as `take` does."""
    duty = locked_duty(actor)
    held = _ours(actor).select_for_update(of=("self",)).filter(state__in=HELD)
    conversation = held.filter(pk=conversation_id).first()
    is_supervisor = actor.has_role([Role.SUPERVISOR])
    if conversation is None or not (is_supervisor or conversation.left_at or conversation.is_held_by(actor)):
        raise NotYours
    before = conversation.owner_id
    if before != actor.pk:
        see_that_there_is_room(duty, conversation, actor, insists=insists or is_supervisor)
        pass_on(duty, conversation, actor)
        record(actor, "desk.take_over", conversation, counsellor=before)
        live.publish(f"mine-{before}")
    return conversation


def pass_on(duty: Duty, conversation: Conversation, by: User) -> None:
    """A held talk changes hands; what was pending between others is called off. The duty of who gets it, and the talk, are
    locked. `by`: whose word it was."""
    conversation.hand_overs.pending().update(end=HandOverEnd.WITHDRAWN, ended_at=Now(), ended_by=by)
    end_assignment(conversation)
    conversation.owner, conversation.left_at = duty.counsellor, None
    conversation.version += 1
    conversation.save(update_fields=["owner", "left_at", "version"])
    begin_assignment(conversation, duty.counsellor, by)
    changed_hands(conversation)


@transaction.atomic
def deal(conversation_id: int, counsellor_id: int) -> Conversation | None:
    """The desk gives a waiting talk to somebody who was free a moment ago. None: that has changed, or the talk is gone."""
    duty = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("counsellor")
        .filter(counsellor_id=counsellor_id)
        .first()
    )
    ready = Conversation.objects.ready().select_for_update(of=("self",), skip_locked=True)
    conversation = ready.filter(pk=conversation_id).first()
    if duty is None or conversation is None or not duty.may_be_given():
        return None
    reception = Reception.objects.get(channel_id=conversation.channel_id)
    if reception.queue_held_at is not None:
        return None
    load = Conversation.objects.held_by(duty.counsellor).load()
    room = min(reception.usual_load, most_of(duty, reception))
    is_first = load == 0 and room > 0
    if (load + conversation.weight > room and not is_first) or talks_beyond(conversation) is not None:
        return None
    try:
        return given(duty, conversation, None)
    except AlreadyTaken:
        return None


def _note_on_duty(duty: Duty, conversation: Conversation, *, is_own_act: bool) -> None:
    """Who takes a talk is there to take others. Who only practises has not said so."""
    seen = {"seen_at": Now()} if is_own_act else {}
    comes = is_own_act and duty.state != DutyState.AVAILABLE and not conversation.channel.is_practice
    here = {"state": DutyState.AVAILABLE, "changed_at": Now()} if comes else {}
    Duty.objects.filter(pk=duty.pk).update(given_at=Now(), **seen, **here)


def _see_that_it_may_be_chosen(conversation: Conversation, actor: User) -> None:
    if not turns.may_choose(actor, conversation):
        raise OnlyInTurn


def _ours(actor: User) -> ConversationQuerySet:
    return Conversation.objects.filter(organisation_id=actor.organisation_id).select_related(
        "owner", "contact"
    )


def _held_by(conversation: Conversation) -> str:
    return conversation.owner.name if conversation.owner and conversation.is_held else ""


def given(duty: Duty, conversation: Conversation, actor: User | None) -> Conversation:
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
    conversation = Conversation.objects.select_related("owner", "contact", "channel").get(pk=conversation.pk)
    if not won:
        raise AlreadyTaken(_held_by(conversation))
    begin_assignment(conversation, counsellor, actor)
    wait_for_next(conversation)
    Conversation.objects.filter(pk=conversation.pk).update(due_at=conversation.due_at)
    _note_on_duty(duty, conversation, is_own_act=actor is not None and actor.pk == counsellor.pk)
    if actor == counsellor:
        record(actor, "desk.take", conversation)
    else:
        record(actor, "desk.give", conversation, counsellor=counsellor.pk)
    changed_hands(conversation)
    return conversation
