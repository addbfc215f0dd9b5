"""What happens to a talk by itself, and when: pure, from the talk and its channel's reception.

A talk has at most one next moment, and it follows from what the talk is now; every change of the talk works it out anew
(`actions.moving`), so nothing has to be called off. A grave talk is never ended by a clock and never spoken to by one: there
only people are told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from madoguchi.desk import opening
from madoguchi.desk.models import Conversation, Reception, State


class Step(StrEnum):
    SPEAK = "speak"  # a gentle word to a friend who has gone quiet
    WRAP_UP = "wrap_up"
    MISS = "miss"
    TELL = "tell"  # the desks: somebody waits too long, an answer is owed, a promise comes due, a talk stays on hold or unsummed


@dataclass(frozen=True)
class Elapse:
    at: datetime
    step: Step


def next_step(talk: Conversation, reception: Reception) -> Elapse | None:
    """The next thing that happens by itself if nobody does anything; None: nothing."""
    found = [step for step in _of_state(talk, reception) if step is not None]
    if talk.grave_at is not None:
        found = [step for step in found if step.step == Step.TELL]
    return min(found, key=lambda step: step.at, default=None)


def _of_state(talk: Conversation, reception: Reception) -> list[Elapse | None]:
    match talk.state:
        case State.WAITING:
            return [*_waits(talk, reception), _promised(talk)]
        case State.LIVE:
            return [_owed(talk, reception), _spoken_to(talk, reception), _promised(talk)]
        case State.HOLD:
            return [_promised(talk) or _told(talk, reception.hold_minutes)]
        case State.LATER:
            return [_promised(talk)]
        case State.WRAP_UP:
            return [_told(talk, reception.summing_minutes)]
        case _:
            return []


def _waits(talk: Conversation, reception: Reception) -> list[Elapse | None]:
    """Who was promised a moment waits for that, but a grave talk for nothing. Who was answered before is never given up: the
    desks are told again and again."""
    if talk.promised_at is not None and talk.grave_at is None:
        return []
    if talk.first_answered_at is None:
        return [_told(talk, reception.waiting_minutes), _missed(talk, reception)]
    minutes = reception.waiting_minutes or reception.missed_minutes
    return [_after(talk.nudged_at or talk.state_since, minutes, Step.TELL)]


def _told(talk: Conversation, minutes: int) -> Elapse | None:
    """Once, so many minutes after the state began."""
    return _after(talk.state_since, minutes, Step.TELL) if talk.nudged_at is None else None


def _owed(talk: Conversation, reception: Reception) -> Elapse | None:
    """The friend waits for a word of who holds the talk; counted anew from when that person got it. Once for each wait."""
    if talk.friend_spoke_at is None:
        return None
    owed = _after(max(talk.friend_spoke_at, talk.state_since), reception.answer_minutes, Step.TELL)
    return owed if owed and (talk.nudged_at is None or talk.nudged_at < owed.at) else None


def _promised(talk: Conversation) -> Elapse | None:
    """Before the promised moment, when it has come, and again and again until somebody keeps the promise."""
    if talk.promised_at is None:
        return None
    for moment in (talk.promised_at - PROMISE_LEAD, talk.promised_at):
        if talk.nudged_at is None or talk.nudged_at < moment:
            return Elapse(moment, Step.TELL)
    return Elapse(talk.nudged_at + OVERDUE_AGAIN, Step.TELL) if talk.nudged_at else None


def _missed(talk: Conversation, reception: Reception) -> Elapse | None:
    """Nobody ever answered. Whoever wrote outside the hours was told that somebody reads it when they begin: the wait counts from there."""
    begins = opening.next_opening(reception, talk.last_spoke_at) or talk.last_spoke_at
    return _after(begins, reception.missed_minutes, Step.MISS)


def _spoken_to(talk: Conversation, reception: Reception) -> Elapse | None:
    """Only a friend who owes the next word."""
    if talk.friend_spoke_at is not None or talk.first_answered_at is None or talk.promised_at is not None:
        return None
    if talk.nudged_at is not None:
        return _after(talk.nudged_at, reception.wrap_up_minutes, Step.WRAP_UP)
    if reception.quiet_text.strip():
        return _after(talk.last_spoke_at, reception.quiet_minutes, Step.SPEAK)
    return _after(talk.last_spoke_at, reception.quiet_minutes + reception.wrap_up_minutes, Step.WRAP_UP)


def _after(moment: datetime, minutes: int, step: Step) -> Elapse | None:
    return Elapse(moment + timedelta(minutes=minutes), step) if minutes else None


PROMISE_LEAD = timedelta(minutes=10)
OVERDUE_AGAIN = timedelta(minutes=2)
