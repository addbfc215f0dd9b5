"""Dates and times of a datetimepicker action (LINE.md 3.3). They have no time zone."""

import re
from datetime import datetime

MODES = ("date", "time", "datetime")
_SHAPES = {
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "time": re.compile(r"\d{2}:\d{2}"),
    "datetime": re.compile(r"\d{4}-\d{2}-\d{2}[tT]\d{2}:\d{2}"),
}
_PATTERNS = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime": "%Y-%m-%dT%H:%M"}


def read(mode: str, text: str) -> datetime | None:
    """The moment that `text` names; None for another shape, no real day or time, or a year LINE does not take."""
    if not text.isascii() or not _SHAPES[mode].fullmatch(text):
        return None
    try:
        moment = datetime.strptime(text.replace("t", "T"), _PATTERNS[mode])  # noqa: DTZ007  (LINE names no zone)
    except ValueError:
        return None
    return moment if mode == "time" or 1900 <= moment.year <= 2100 else None


def written(mode: str, moment: datetime) -> str:
    """As it stands in a postback's `params`."""
    return moment.strftime(_PATTERNS[mode])
