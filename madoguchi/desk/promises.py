"""Moments that one can promise with a tap: worked out when it is tapped, rounded, in Japan's time."""

from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from madoguchi.core import clock

QUARTER = timedelta(minutes=15)
AFTER = {"half_hour": timedelta(minutes=30), "hour": timedelta(hours=1), "two_hours": timedelta(hours=2)}
AT = {"evening": time(17), "morning": time(9)}
CHOICES = (
    ("half_hour", _("30分後")),
    ("hour", _("1時間後")),
    ("two_hours", _("2時間後")),
    ("evening", _("次の17時")),
    ("morning", _("次の朝9時")),
)


def moment(choice: str, now: datetime) -> datetime:
    """What a tap on `choice` promises at `now`."""
    if choice in AFTER:
        return rounded(now + AFTER[choice])
    here = clock.jst(now)
    today = datetime.combine(here.date(), AT[choice], here.tzinfo)
    return today if today > here + QUARTER else today + timedelta(days=1)


def rounded(moment: datetime) -> datetime:
    """Up to the next quarter of an hour."""
    over = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment - over + QUARTER if over else moment
