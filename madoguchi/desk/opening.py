"""When a channel is open, from its hours: pure, from the reception alone, in Japan's time.

A special day goes before a national holiday, and that before the weekday. A span belongs to the day on which it begins: what runs
past midnight goes on into the next day, whatever that day is. Holidays are those of the law (jpholiday), substitutes included.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import jpholiday

from madoguchi.core import clock
from madoguchi.desk.models import Holidays, Reception

DAY = timedelta(days=1)
FORESEEN_DAYS = 60  # further ahead nothing is said of an opening
ALL_DAY = [["00:00", "24:00"]]

Span = tuple[datetime, datetime]


@lru_cache(maxsize=4096)
def holiday_name(day: date) -> str:
    """The national holiday on that day, in Japanese; empty when it is none."""
    return jpholiday.is_holiday_name(day) or ""


def written_spans(reception: Reception, day: date) -> list[list[str]]:
    """What is written down for that day: [from, to] as "HH:MM"."""
    special = reception.special_days.get(day.isoformat())
    if special is not None:
        return list(special["spans"])
    if reception.holidays != Holidays.AS_WEEKDAY and holiday_name(day):
        return list(reception.holiday_hours) if reception.holidays == Holidays.OWN else []
    return list(reception.hours[day.weekday()] or []) if reception.hours else ALL_DAY


def spans(reception: Reception, day: date) -> list[Span]:
    """The spans that begin on that day, the earliest first."""
    midnight = datetime.combine(day, time(), clock.JST)
    return sorted(
        (midnight + _since(begin), midnight + _since(end)) for begin, end in written_spans(reception, day)
    )


def _since(written: str) -> timedelta:
    """ "26:30" is half past two on the next morning."""
    hours, minutes = written.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def is_open(reception: Reception, at: datetime) -> bool:
    return any(begin <= at < end for begin, end in _around(reception, at))


def _around(reception: Reception, at: datetime) -> list[Span]:
    today = clock.jst(at).date()
    return [*spans(reception, today - DAY), *spans(reception, today)]


def spans_after(reception: Reception, at: datetime, days: int = FORESEEN_DAYS) -> Iterator[Span]:
    """Open time from `at` on, what touches or overlaps joined; the first one begins at `at` when it is open then."""
    first = clock.jst(at).date() - DAY
    joined: Span | None = None
    for day in range(days + 2):
        for begin, end in spans(reception, first + day * DAY):
            if end <= at:
                continue
            if joined is None or begin > joined[1]:
                if joined:
                    yield joined
                joined = max(begin, at), end
            else:
                joined = joined[0], max(joined[1], end)
    if joined:
        yield joined


def next_opening(reception: Reception, at: datetime) -> datetime | None:
    """`at` itself when it is open then; None when nothing is foreseen."""
    span = next(spans_after(reception, at), None)
    return span[0] if span else None


def after_open_time(reception: Reception, at: datetime, minutes: int) -> datetime | None:
    """The moment when the channel will have been open for so many minutes since `at`; None when that is not foreseen."""
    left = timedelta(minutes=minutes)
    for begin, end in spans_after(reception, at):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None


def slots(reception: Reception, at: datetime, days: int) -> Iterator[datetime]:
    """Where whole slots begin within the next days, not before `at`: on the grid that each span's own beginning gives."""
    length = timedelta(minutes=reception.slot_minutes)
    last = clock.jst(at).date() + days * DAY
    day = clock.jst(at).date() - DAY
    while day <= last:
        for begin, end in spans(reception, day):
            slot = begin
            while slot + length <= end:
                if slot >= at:
                    yield slot
                slot += length
        day += DAY
