"""Is the desk open: hours by weekday in Japan's time, a pause by hand, and how many are being answered."""

from datetime import datetime, time

from django.utils.translation import gettext as _

from madoguchi.core import clock
from madoguchi.desk.models import Conversation, Intake, Reception


def intake(reception: Reception, at: datetime | None = None, *, besides: int = 0) -> Intake:
    """Open, full or closed at a moment (default: now). `besides`: open conversations not to be counted."""
    if reception.is_paused or not is_within_hours(reception, at or clock.now()):
        return Intake.CLOSED
    open_now = Conversation.objects.open().filter(channel_id=reception.channel_id).count() - besides
    return Intake.FULL if open_now >= reception.capacity else Intake.OPEN


def is_within_hours(reception: Reception, at: datetime) -> bool:
    span = _span(reception, at)
    return not reception.hours or (span is not None and span[0] <= clock.jst(at).time() < span[1])


def today(reception: Reception, at: datetime | None = None) -> str:
    """Today's hours in words."""
    if not reception.hours:
        return _("24時間")
    span = _span(reception, at or clock.now())
    return (
        _("本日 %(begin)s〜%(end)s") % {"begin": f"{span[0]:%H:%M}", "end": _end(span[1])}
        if span
        else _("本日は休み")
    )


def _span(reception: Reception, at: datetime) -> tuple[time, time] | None:
    day = reception.hours[clock.jst(at).weekday()] if reception.hours else None
    return (time.fromisoformat(day[0]), _until(day[1])) if day else None


def _until(text: str) -> time:
    return time.max if text == "24:00" else time.fromisoformat(text)


def _end(until: time) -> str:
    return "24:00" if until == time.max else f"{until:%H:%M}"
