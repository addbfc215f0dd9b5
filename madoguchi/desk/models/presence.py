"""Who is at a desk now: what follows for the talks that somebody holds, and for those that somebody is asked to go on with."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from madoguchi.core import clock
from madoguchi.desk.models.duty import Duty, DutyState

GONE_AFTER = clock.seconds(180)  # an open desk speaks to us each half minute


def is_unseen(person: str) -> Q:
    """No desk of the person whom the column `person` names has spoken to us for some minutes."""
    seen = Duty.objects.filter(counsellor=OuterRef(person), seen_at__gt=Now() - GONE_AFTER)
    return ~Q(Exists(seen))


def is_away(person: str) -> Q:
    """The person whom the column `person` names said some minutes ago to be away from the desk, and has not said otherwise."""
    long = Duty.objects.filter(state=DutyState.AWAY, changed_at__lt=Now() - GONE_AFTER)
    return Q(Exists(long.filter(counsellor=OuterRef(person))))


def has_ended(person: str) -> Q:
    """The person whom the column `person` names has said that the day is over."""
    return Q(Exists(Duty.objects.filter(counsellor=OuterRef(person), state=DutyState.ENDED)))
