"""How a talk ends, goes back to the queue, or begins again."""

from django.db import transaction

from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.core import clock, walls
from madoguchi.core.work import Job
from madoguchi.desk.actions.assigning import take_for_a_moment
from madoguchi.desk.actions.duty import locked_duty
from madoguchi.desk.actions.moving import NotNow, NotYours, begin_assignment, changeable, move
from madoguchi.desk.actions.notes import note
from madoguchi.desk.actions.room import see_that_the_channel_has_room, see_that_there_is_room
from madoguchi.desk.models import Conversation, Intake, Missed, Outcome, State
from madoguchi.threads import actions as threads
from madoguchi.threads.models import Author, Message


class SomethingNew(Exception):
    """The friend wrote after the person decided to end, or a grave sign has not been looked at."""


@transaction.atomic
def close(actor: User, conversation_id: int, outcome: Outcome, *, through: int | None = None) -> Conversation:
    """End the conversation. The next word of the friend opens a new one.

    `through`: the last message the person had before the eyes when deciding to end; None when the caller has just read
    everything. Raises SomethingNew while a later word of the friend or a grave sign waits for a look.
    """
    conversation = changeable(actor, conversation_id)
    if conversation.alerts.filter(acknowledged_at=None).exists() or _spoke_after(conversation, through):
        raise SomethingNew
    ended = {"outcome": outcome, "closed_by": actor, "closed_at": clock.now()}
    move(conversation, State.CLOSED, promised_at=None, **ended)
    record(actor, "desk.close", conversation, outcome=outcome)
    return conversation


@transaction.atomic
def close_as_nothing(actor: User, conversation_id: int, *, through: int | None) -> Conversation:
    """One tap for silence, pranks and mistakes: a waiting talk is taken and ended in one."""
    take_for_a_moment(actor, conversation_id)
    return close(actor, conversation_id, Outcome.NO_CONSULTATION, through=through)


@transaction.atomic
def miss(actor: User | None, conversation: Conversation, reason: Missed) -> None:
    """Nobody answered, and nobody will: kept with its reason. The conversation is locked by the caller. Raises NotNow for who
    was answered before: that is no access that nobody answered."""
    if conversation.state != State.WAITING or conversation.first_answered_at is not None:
        raise NotNow
    move(conversation, State.CLOSED, missed=reason, closed_by=actor, closed_at=clock.now())
    record(actor, "desk.miss", conversation, missed=reason)


@transaction.atomic
def stop(conversation: Conversation) -> None:
    """The friend waits no longer. The conversation is waiting, and locked by the caller."""
    if conversation.first_answered_at is None:
        miss(None, conversation, Missed.GAVE_UP)
        return
    ended = {"outcome": Outcome.ENDED_BY_CONSULTER, "closed_by": None, "closed_at": clock.now()}
    move(conversation, State.CLOSED, promised_at=None, **ended)
    record(None, "desk.close", conversation, outcome=Outcome.ENDED_BY_CONSULTER)


WHY_MISSED = {Intake.CLOSED: Missed.CLOSED, Intake.PAUSED: Missed.CLOSED, Intake.FULL: Missed.FULL}


def why_missed(conversation: Conversation) -> Missed:
    """What the friend was told when it came says why nobody answered."""
    return WHY_MISSED.get(Intake(conversation.intake), Missed.GAVE_UP)


@transaction.atomic
def release(actor: User, conversation_id: int, words: str = "") -> Conversation:
    """Give the conversation back to the queue, with the wait it had before. `words`: what whoever goes on should know; they
    stand beside the talk as a note. Raises Unfit when they are too many."""
    conversation = changeable(actor, conversation_id)
    if words.strip():
        note(actor, conversation_id, words)
    move(conversation, State.WAITING, owner=None)
    record(actor, "desk.release", conversation)
    return conversation


@transaction.atomic
def reopen(actor: User, conversation_id: int, *, insists: bool = False) -> Conversation:
    """Go on with a talk that has ended, as if it had not: for who held it last, and for a supervisor. Raises NotNow when the
    friend has begun another one since, HandsFull."""
    duty = locked_duty(actor)
    seen = Conversation.objects.visible_to(actor).filter(pk=conversation_id)
    for contact_id in seen.values_list("contact_id", flat=True):
        threads.locked(contact_id)  # the friend's next word opens another talk, or finds this one open
    conversation = (
        Conversation.objects.select_for_update(of=("self",)).filter(pk__in=seen.values("pk")).first()
    )
    if conversation is None or not (_held_last(conversation, actor) or actor.has_role([Role.SUPERVISOR])):
        raise NotYours
    later = Conversation.objects.filter(contact_id=conversation.contact_id, pk__gt=conversation.pk)
    if conversation.state != State.CLOSED or later.exists():
        raise NotNow
    see_that_there_is_room(duty, conversation, actor, insists=insists)
    see_that_the_channel_has_room(conversation, actor, insists=insists)
    fresh = {"outcome": "", "missed": "", "closed_by": None, "closed_at": None}
    move(conversation, State.LIVE, owner=actor, taken_at=clock.now(), **fresh)
    record(actor, "desk.reopen", conversation)
    begin_assignment(conversation, actor, actor)
    return conversation


def _held_last(conversation: Conversation, actor: User) -> bool:
    last = conversation.assignments.order_by("-started_at", "-pk").first()
    return last is not None and last.counsellor_id == actor.pk


def _spoke_after(conversation: Conversation, through: int | None) -> bool:
    if through is None:
        return False
    later = Message.objects.of(conversation.contact).filter(number__gt=through, unsent_at=None)
    return later.filter(author_kind=Author.FRIEND).exists()


def claim_left_alone(limit: int) -> list[Job]:
    """Talks whose holder was switched off or may not talk any more: nobody would hear the friend."""
    with walls.everywhere():
        left = Conversation.objects.left_alone().values_list("pk", "version")[:limit]
        return [Job(pk, version) for pk, version in left]


@transaction.atomic
def take_back(job: Job) -> None:
    """Give a talk that was left alone back to the queue."""
    left = Conversation.objects.left_alone().select_for_update(of=("self",), skip_locked=True)
    conversation = left.filter(pk=job.pk, version=job.attempt).first()
    if conversation is not None:
        move(conversation, State.WAITING, owner=None)
        record(None, "desk.release", conversation)
