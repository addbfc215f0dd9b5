"""Time. The database's clock decides what is due and who holds a lease; this one is for reading and showing."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

JST = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """The present in UTC, aware."""
    return datetime.now(UTC)


def of_database() -> datetime:
    """The present as the database knows it: whatever is stored and compared later uses this one clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def jst(moment: datetime) -> datetime:
    """The same moment as the wall clock in Japan shows it."""
    return moment.astimezone(JST)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)
