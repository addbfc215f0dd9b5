"""Which moments can still be promised on a channel: free slots to book, and until when an answer can be given later."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from madoguchi.desk import hours, opening
from madoguchi.desk.models import Conversation, Intake, Promise, Reception
from madoguchi.desk.promises import rounded

BOOKABLE_DAYS = 14
NOTICE = timedelta(minutes=15)  # nobody can book what begins at once
MOST_STEPS = 400


def free(reception: Reception, now: datetime, after: datetime | None = None) -> Iterator[datetime]:
    """Free slots, the earliest first, those after `after`."""
    begins = _begins(reception, now)
    if begins is None or not reception.slot_capacity:
        return
    taken = _booked(reception)
    for slot in opening.slots(reception, max(begins, now + NOTICE), BOOKABLE_DAYS):
        if (after is None or slot > after) and taken[slot] < reception.slot_capacity:
            yield slot


def is_free(reception: Reception, slot: datetime, now: datetime) -> bool:
    return slot in islice((one for one in free(reception, now) if one >= slot), 1)


def later(reception: Reception, now: datetime) -> datetime | None:
    """Until when an answer can be promised: after so much open time, and not more promises a slot than are meant to be."""
    begins = _begins(reception, now)
    if begins is None or not reception.later_capacity:
        return None
    length = timedelta(minutes=reception.slot_minutes)
    promised = sorted(_promised(reception, Promise.LATER))
    moment = opening.after_open_time(reception, begins, reception.later_minutes)
    for _step in range(MOST_STEPS):
        if moment is None:
            return None
        moment = _on_the_quarter(reception, moment)
        if sum(1 for one in promised if moment - length < one < moment + length) < reception.later_capacity:
            return moment
        moment = opening.after_open_time(reception, moment, reception.slot_minutes)
    return None


def _on_the_quarter(reception: Reception, moment: datetime) -> datetime:
    up = rounded(moment)
    return up if opening.is_open(reception, up - timedelta(microseconds=1)) else moment


def _begins(reception: Reception, now: datetime) -> datetime | None:
    """From when on time counts: now, or when a pause ends; None when nobody knows."""
    if hours.said_by_hand(reception, now) == Intake.PAUSED:
        return reception.by_hand_until
    return now


def _booked(reception: Reception) -> Counter[datetime]:
    return Counter(_promised(reception, Promise.BOOKED))


def _promised(reception: Reception, promise: Promise) -> list[datetime]:
    """The moments that stand promised."""
    ours = Conversation.objects.open().filter(
        organisation_id=reception.organisation_id, channel_id=reception.channel_id, promise=promise
    )
    return [moment for moment in ours.values_list("promised_at", flat=True) if moment is not None]
