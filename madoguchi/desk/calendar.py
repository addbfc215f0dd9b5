"""The coming weeks of a channel as a person looks them over: what is open when, and why a day differs."""

from dataclasses import dataclass
from datetime import date, timedelta

from madoguchi.core import clock
from madoguchi.desk import opening
from madoguchi.desk.models import Reception

WEEKS = 6


@dataclass(frozen=True)
class Day:
    on: date
    spans: list[str]
    holiday: str
    note: str
    is_special: bool
    is_past: bool
    is_today: bool


def coming(reception: Reception, today: date) -> list[list[Day]]:
    """Whole weeks, Monday first, from the one of today on."""
    monday = today - timedelta(days=today.weekday())
    return [
        [_day(reception, monday + timedelta(days=7 * week + day), today) for day in range(7)]
        for week in range(WEEKS)
    ]


def special(reception: Reception, today: date) -> list[Day]:
    """The special days from today on."""
    days = sorted(date.fromisoformat(on) for on in reception.special_days)
    return [_day(reception, on, today) for on in days if on >= today]


def _day(reception: Reception, on: date, today: date) -> Day:
    special = reception.special_days.get(on.isoformat())
    return Day(
        on=on,
        spans=[_said(span, on) for span in opening.spans(reception, on)],
        holiday=opening.holiday_name(on),
        note=special["note"] if special else "",
        is_special=special is not None,
        is_past=on < today,
        is_today=on == today,
    )


def _said(span: opening.Span, on: date) -> str:
    begin, end = clock.jst(span[0]), clock.jst(span[1])
    midnight = end.date() != on and (end.hour, end.minute) == (0, 0)
    return f"{begin.hour}:{begin:%M}〜{'24:00' if midnight else f'{end.hour}:{end:%M}'}"
