"""The queue in a supervisor's hand: held, so that nobody takes from it alone, dealt out, and let go again."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.core import live
from madoguchi.desk import actions as desk
from madoguchi.desk.actions.assigning import given
from madoguchi.desk.actions.duty import locked_duty
from madoguchi.desk.actions.room import see_that_the_channel_has_room, see_that_there_is_room
from madoguchi.desk.models import Conversation, Reception, State
from madoguchi.supervision.board import Seat, board


@dataclass(frozen=True)
class Dealt:
    """Numbers of talks: given; gone already (taken or ended meanwhile); left, because nobody had room."""

    given: list[int]
    gone: int
    left: int


@transaction.atomic
def hold_queue(actor: User, channel_id: int) -> Reception:
    """From now on nobody takes from this channel's queue alone. Raises desk.NotYours."""
    reception = _reception(actor, channel_id)
    if reception.queue_held_at is None:
        Reception.objects.filter(pk=reception.pk).update(queue_held_at=Now(), queue_held_by=actor)
        record(actor, "supervision.hold_queue", reception)
        _tell(actor)
    return reception


@transaction.atomic
def release_queue(actor: User, channel_id: int) -> Reception:
    """People take by themselves again."""
    reception = _reception(actor, channel_id)
    if reception.queue_held_at is not None:
        Reception.objects.filter(pk=reception.pk).update(queue_held_at=None, queue_held_by=None)
        record(actor, "supervision.release_queue", reception)
        _tell(actor)
        live.wake("deal")
    return reception


def deal_out(actor: User, talks: Iterable[int], people: Iterable[int]) -> Dealt:
    """Give these waiting talks to these people, the longest wait first, each to whose load is the smallest.

    Chosen people get them also beyond their limit, because a supervisor says so. Nobody chosen: whoever is at the desk and
    has room. Each talk is a transaction of its own: one that was taken meanwhile holds up no other.
    """
    if not actor.has_role([Role.SUPERVISOR]):
        raise desk.NotYours
    known, chosen = board(actor.organisation_id), set(people)
    seats = [seat for seat in known.seats if seat.user.pk in chosen] if chosen else known.here
    asked = set(talks)
    waiting = [talk for talk in known.waiting if talk.pk in asked]
    fates = [(_placed(actor, talk, seats, may_exceed=bool(chosen)), talk.number) for talk in waiting]
    given = [number for fate, number in fates if fate == Fate.GIVEN]
    gone = len(asked) - len(waiting) + sum(fate == Fate.GONE for fate, _number in fates)
    return Dealt(given, gone, sum(fate == Fate.LEFT for fate, _number in fates))


class Fate(Enum):
    """What became of a waiting talk that was to be dealt."""

    GIVEN = auto()
    GONE = auto()  # taken or ended meanwhile
    LEFT = auto()  # nobody has room


def _placed(actor: User, talk: Conversation, seats: list[Seat], *, may_exceed: bool) -> Fate:
    fits = list(seats)
    while (seat := _lightest(fits, talk, may_exceed=may_exceed)) is not None:
        try:
            return _give(actor, talk, seat, may_exceed=may_exceed)
        except desk.HandsFull:  # that person took another one since the board was read
            fits.remove(seat)
    return Fate.LEFT


def _lightest(seats: list[Seat], talk: Conversation, *, may_exceed: bool) -> Seat | None:
    fits = [seat for seat in seats if may_exceed or seat.load + talk.weight <= seat.most]
    return min(fits, key=lambda seat: (seat.load, seat.user.pk), default=None)


def _give(actor: User, talk: Conversation, seat: Seat, *, may_exceed: bool) -> Fate:
    """Only what still waits: whoever took it meanwhile keeps it. Raises desk.HandsFull, asked anew with everything locked."""
    try:
        with transaction.atomic():
            duty = locked_duty(seat.user)
            now = Conversation.objects.select_for_update(of=("self",)).get(pk=talk.pk)
            if not may_exceed and now.state == State.WAITING:
                see_that_there_is_room(duty, now, seat.user, insists=False)
                see_that_the_channel_has_room(now, seat.user, insists=False)
            seat.talks.append(given(duty, now, actor))
    except (desk.AlreadyTaken, Conversation.DoesNotExist):
        return Fate.GONE
    return Fate.GIVEN


def _reception(actor: User, channel_id: int) -> Reception:
    ours = Reception.objects.select_for_update(of=("self",)).select_related("channel")
    found = ours.filter(channel_id=channel_id, organisation_id=actor.organisation_id).first()
    if found is None or not actor.has_role([Role.SUPERVISOR]):
        raise desk.NotYours
    return found


def _tell(actor: User) -> None:
    live.publish(f"desk-{actor.organisation_id}")
