"""Is the desk open: hours by weekday in Japan's time, a pause by hand, and how many are being answered."""

from datetime import datetime

from django.utils.translation import gettext as _

from madoguchi.core import clock
from madoguchi.desk.models import HELD, Conversation, Intake, Reception, State

OPEN = (State.WAITING, *HELD)


def intake(reception: Reception) -> Intake:
    """Open, full or closed now."""
    if reception.is_paused or not is_within_hours(reception, clock.now()):
        return Intake.CLOSED
    ours = Conversation.objects.filter(
        organisation_id=reception.organisation_id, channel_id=reception.channel_id
    )
    open_now = ours.filter(state__in=OPEN)[: reception.capacity].count()  # counted no further than it matters
    return Intake.FULL if open_now >= reception.capacity else Intake.OPEN


def is_within_hours(reception: Reception, at: datetime) -> bool:
    span = _span(reception, at)
    return not reception.hours or (span is not None and span[0] <= f"{clock.jst(at):%H:%M}" < span[1])


def today(reception: Reception) -> str:
    """Today's hours in words."""
    if not reception.hours:
        return _("24時間")
    span = _span(reception, clock.now())
    return _("本日 %(begin)s〜%(end)s") % {"begin": span[0], "end": span[1]} if span else _("本日は休み")


def _span(reception: Reception, at: datetime) -> list[str] | None:
    """From when to when on that day, as "HH:MM", which compares as it stands: the end of a day is 24:00."""
    return reception.hours[clock.jst(at).weekday()] if reception.hours else None
