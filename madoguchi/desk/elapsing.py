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
    TELL = "tell"  # the desks: somebody waits too long, a promise comes due, a talk stays on hold or is not summed up


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
            return [_told(talk, reception.waiting_minutes), _missed(talk, reception)]
        case State.LIVE:
            return [_spoken_to(talk, reception)]
        case State.HOLD:
            return [_told(talk, reception.hold_minutes)]
        case State.LATER:
            return [_promised(talk)]
        case State.WRAP_UP:
            return [_told(talk, reception.summing_minutes)]
        case _:
            return []


def _told(talk: Conversation, minutes: int) -> Elapse | None:
    """Once, so many minutes after the state began; for a promise, when it comes due."""
    if talk.promised_at is not None:
        return _promised(talk)
    if talk.nudged_at is not None:
        return None
    return _after(talk.state_since, minutes, Step.TELL)


def _promised(talk: Conversation) -> Elapse | None:
    """Before the promised moment, when it has come, and again and again until somebody keeps the promise."""
    if talk.promised_at is None:
        return None
    if talk.nudged_at is None:
        return Elapse(talk.promised_at - PROMISE_LEAD, Step.TELL)
    if talk.nudged_at < talk.promised_at:
        return Elapse(talk.promised_at, Step.TELL)
    return Elapse(talk.nudged_at + OVERDUE_AGAIN, Step.TELL)


def _missed(talk: Conversation, reception: Reception) -> Elapse | None:
    """Nobody answered; whoever was promised an answer is not given up."""
    if talk.promised_at is not None:
        return None
    # Whoever wrote outside the hours was told that somebody reads it when they begin: the wait counts from there.
    begins = opening.next_opening(reception, talk.last_spoke_at) or talk.last_spoke_at
    return _after(begins, reception.missed_minutes, Step.MISS)


def _spoken_to(talk: Conversation, reception: Reception) -> Elapse | None:
    """Only a friend who owes the next word."""
    if talk.friend_spoke_at is not None or talk.first_answered_at is None:
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
