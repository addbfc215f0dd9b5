"""Whom the desk calls, and to how many things: numbers only, which may stand where nothing of a talk may."""

from dataclasses import dataclass

from madoguchi.accounts.models import Role, User
from madoguchi.desk import team, turns
from madoguchi.desk.actions import listing
from madoguchi.desk.models import Duty
from madoguchi.desk.turns import Turn


@dataclass(frozen=True)
class Call:
    """What calls one person. `grave`: signs that nobody has answered for. `overdue`: a promise is due, or somebody waits too
    long. `asked`: colleagues, or answers, want something. `left`: talks whose holder is not there. `waiting`: those whose turn
    may come now, who call this person only when `is_free`."""

    grave: int
    overdue: int
    asked: int
    left: int
    waiting: int
    is_free: bool


def call(
    user: User,
    duty: Duty | None,
    found: listing.Lists,
    unseen: Turn | None,
    *,
    most: int,
    anybody_is_free: bool | None = None,
) -> Call:
    """From the lists of this person. `unseen`: who waits in turn and is not in them. `most`: what this person may hold.
    `anybody_is_free`: of the team, where that is known already. When nobody is, those who wait call the supervisors: somebody
    has to make room, or to come."""
    is_supervisor = user.has_role([Role.SUPERVISOR])
    waiting = found.ready_count + (unseen.count if unseen else 0)
    is_free = duty is not None and duty.may_be_given() and found.load < most
    if is_supervisor and waiting and not is_free:
        if anybody_is_free is None:
            anybody_is_free = team.anybody_is_free(user.organisation_id)
        is_free = not anybody_is_free
    return Call(
        grave=len(found.grave) + (unseen.grave if unseen else 0),
        overdue=len(found.pressing),
        asked=found.from_others + (len(found.alarms) if is_supervisor else 0),
        left=len(found.left),
        waiting=waiting,
        is_free=is_free,
    )


def counted(user: User, *, anybody_is_free: bool | None = None) -> Call:
    """The same for where no list stands: no talk is opened, and so none is read."""
    duty = next(iter(team.own_duty(user.pk)), None)
    unseen = None if user.has_role([Role.SUPERVISOR]) else turns.turn(user)
    most = team.own_most(user, duty, team.receptions_of(user.organisation_id))
    found = listing.counted(user, duty)
    return call(user, duty, found, unseen, most=most, anybody_is_free=anybody_is_free)
