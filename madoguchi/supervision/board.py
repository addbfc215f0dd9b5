"""What the board shows, read in a handful of statements however many talks there are: one for all open talks, from which
every list and sum follows, so that no two of them can disagree. No words of any talk are read."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from django.db.models import Model, QuerySet

from madoguchi.accounts.models import User
from madoguchi.core import clock
from madoguchi.core.compiled import Compiled
from madoguchi.desk import team
from madoguchi.desk.actions.dealing import SEEN_WITHIN
from madoguchi.desk.actions.room import most_of
from madoguchi.desk.counting import FourNumbers, numbers_of_the_day
from madoguchi.desk.models import (
    ON_THE_LINE,
    Alert,
    AlertKind,
    Conversation,
    Duty,
    DutyState,
    Note,
    Reception,
    State,
)
from madoguchi.desk.models.conversation import EARLY, turn_at
from madoguchi.emergency.models import Notice
from madoguchi.supervision.models import PickUp

Called = TypeVar("Called", bound=Model)
MOST = 60  # lines of a list; the sum counts all


@dataclass
class Seat:
    """One counsellor: what the person says, whether the own desk is open, what the talks weigh, and of how much."""

    user: User = field(repr=False)
    state: str
    is_here: bool
    most: int
    is_trainee: bool = False
    talks: list[Conversation] = field(default_factory=list, repr=False)

    @property
    def load(self) -> int:
        return sum(talk.weight for talk in self.talks if talk.state in ON_THE_LINE)

    @property
    def is_full(self) -> bool:
        return self.load >= self.most

    @property
    def state_label(self) -> str:
        return str(DutyState(self.state).label)

    @cached_property
    def grave(self) -> int:
        return sum(1 for talk in self.talks if talk.grave_at)

    @property
    def owes_since(self) -> datetime | None:
        """The longest that a friend of this person waits for a word."""
        return min((talk.friend_spoke_at for talk in self.talks if talk.friend_spoke_at), default=None)


@dataclass
class Board:
    now: datetime
    talks: list[Conversation] = field(repr=False)
    seats: list[Seat] = field(repr=False)
    receptions: list[Reception] = field(repr=False)
    helps: list[Note] = field(repr=False)
    pick_ups: list[PickUp] = field(repr=False)
    clocks: list[Notice] = field(repr=False)
    calling: set[int] = field(repr=False)  # talks with a sign that nobody has answered for
    today: FourNumbers

    @cached_property
    def waiting(self) -> list[Conversation]:
        """Whose turn it may be now, in the queue's own order."""
        soon = self.now + EARLY
        ready = [
            talk for talk in self._queue if talk.grave_at or not talk.promised_at or talk.promised_at <= soon
        ]
        return sorted(ready, key=attrgetter("turn_at", "pk"))

    @cached_property
    def _queue(self) -> list[Conversation]:
        return [talk for talk in self.talks if talk.state == State.WAITING]

    @property
    def promised(self) -> int:
        """Waiting for a moment that was promised and has not come."""
        return len(self._queue) - len(self.waiting)

    @cached_property
    def longest_wait(self) -> datetime | None:
        return min((talk.waiting_since for talk in self.waiting), default=None)

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """(code, label, how many), closed left out."""
        counts = defaultdict(int, dict.fromkeys(State, 0))
        for talk in self.talks:
            counts[State(talk.state)] += 1
        return [(state, str(state.label), counts[state]) for state in State if state != State.CLOSED]

    @cached_property
    def grave(self) -> list[Conversation]:
        """Those whose sign still calls first, then the longest."""
        found = [talk for talk in self.talks if talk.grave_at or talk.pk in self.calling]
        return sorted(found, key=lambda talk: (talk.pk not in self.calling, talk.grave_at or self.now))

    @cached_property
    def overdue(self) -> list[Conversation]:
        """Promises whose moment has passed."""
        found = [talk for talk in self.talks if talk.promised_at and talk.promised_at < self.now]
        return sorted(found, key=lambda talk: talk.promised_at or self.now)

    @cached_property
    def left_alone(self) -> list[Conversation]:
        """As the desks are told it (`ConversationQuerySet.left`)."""
        found = [talk for talk in self.talks if talk.is_held and talk.left_at]
        return sorted(found, key=lambda talk: talk.friend_spoke_at or talk.last_spoke_at)

    @property
    def held_queues(self) -> list[Reception]:
        return [reception for reception in self.receptions if reception.queue_held_at]

    @cached_property
    def here(self) -> list[Seat]:
        """Who can be dealt to: at the desk and available."""
        return [seat for seat in self.seats if seat.is_here and seat.state == DutyState.AVAILABLE]

    @property
    def anybody_is_free(self) -> bool:
        return any(not seat.is_full for seat in self.here)


def board(organisation: int) -> Board:
    """The desk of the organisation with this id, as it is now."""
    now = clock.of_database()
    talks, receptions = _open_talks(organisation), _receptions(organisation)
    return Board(
        now=now,
        talks=talks,
        seats=_seats(organisation, talks, receptions, now),
        receptions=receptions,
        helps=_helps(organisation),
        pick_ups=_pick_ups(organisation),
        clocks=_clocks(organisation),
        calling=set(_signs(organisation)),
        today=numbers_of_the_day(organisation, now),
    )


NEEDED = (
    *("number", "state", "owner__name", "contact__handle", "grave_at", "left_at", "promised_at"),
    *("waiting_since", "friend_spoke_at", "last_spoke_at", "organisation_id", "channel_id"),
)


_open_talks = Compiled(
    lambda organisation: (
        Conversation.objects.filter(organisation_id=organisation)
        .counted()
        .open()
        .annotate(turn_at=turn_at())
        .select_related("contact", "owner")
        .only(*NEEDED)
        .order_by("pk")
    )
)
_receptions = Compiled(
    lambda organisation: (
        Reception.objects.filter(organisation_id=organisation, channel__is_practice=False)
        .select_related("channel", "queue_held_by")
        .order_by("channel__name")
    )
)


def _real(rows: QuerySet[Called], organisation: int, talk: str = "conversation") -> QuerySet[Called]:
    """What calls in real talks: practice is no part of any figure here."""
    return rows.filter(organisation_id=organisation, **{f"{talk}__channel__is_practice": False})


_signs = Compiled(
    lambda organisation: _real(
        Alert.objects.filter(acknowledged_at=None, kind=AlertKind.SIGN), organisation
    ).values_list("conversation_id", flat=True)
)
_helps = Compiled(
    lambda organisation: (
        _real(Note.objects.calling(), organisation)
        .select_related("author", "conversation__contact")
        .order_by("pk")[:MOST]
    )
)
_pick_ups = Compiled(
    lambda organisation: (
        _real(PickUp.objects.pending(), organisation)
        .select_related("asked_by", "conversation__contact")
        .order_by("pk")[:MOST]
    )
)
_clocks = Compiled(
    lambda organisation: (
        _real(Notice.objects.running(), organisation, "emergency__conversation")
        .select_related("emergency__conversation__contact")
        .order_by("deadline_at")[:MOST]
    )
)


def _seats(
    organisation: int, talks: list[Conversation], receptions: list[Reception], now: datetime
) -> list[Seat]:
    """Who is on duty or holds a talk; the fullest first."""
    seats = {
        duty.counsellor_id: _seat(duty, receptions, now) for duty in team.duties_of_talkers(organisation)
    }
    for talk in talks:
        if talk.owner is None or not talk.is_held:
            continue
        seat = seats.setdefault(talk.owner.pk, Seat(talk.owner, DutyState.ENDED, is_here=False, most=0))
        seat.talks.append(talk)
    shown = [seat for seat in seats.values() if seat.talks or seat.state != DutyState.ENDED]
    order = list(DutyState.values)
    return sorted(shown, key=lambda seat: (order.index(seat.state), -seat.load, seat.user.name))


def _seat(duty: Duty, receptions: list[Reception], now: datetime) -> Seat:
    """Of several channels, the one that allows most."""
    is_here = duty.seen_at is not None and duty.seen_at >= now - SEEN_WITHIN
    most = max((most_of(duty, reception) for reception in receptions), default=0)
    return Seat(duty.counsellor, duty.state, is_here=is_here, most=most, is_trainee=duty.is_trainee)
