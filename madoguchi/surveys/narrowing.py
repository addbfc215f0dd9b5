"""Which submissions are looked at: by version, wording, way, period, and whether they came to the end. Read from an address."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import QueryDict

from madoguchi.core import clock
from madoguchi.surveys.definition import Wording
from madoguchi.surveys.models import Submission, SubmissionQuerySet, Survey, Way


@dataclass(frozen=True)
class Narrowing:
    """`version`: its number. `begin`, `end`: days in Japan on which a submission began, both among them."""

    version: int | None = None
    wording: str = ""
    way: str = ""
    begin: date | None = None
    end: date | None = None
    is_finished: bool = False

    @property
    def is_all(self) -> bool:
        return self == Narrowing()

    def submissions(self, survey: Survey) -> SubmissionQuerySet:
        """Those looked at; what a friend deleted is not among them."""
        return Submission.objects.filter(survey=survey, erased_at=None, **self._fields())

    def of_answers(self) -> dict[str, Any]:
        """The same as conditions on answers."""
        return {f"submission__{name}": value for name, value in self._fields().items()}

    def _fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "version__number": self.version,
            "wording": self.wording or None,
            "way": self.way or None,
            "started_at__gte": self.begin and _midnight(self.begin),
            "started_at__lt": self.end and _midnight(self.end + timedelta(days=1)),
            "finished_at__isnull": False if self.is_finished else None,
        }
        return {name: value for name, value in fields.items() if value is not None}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.JST)


def read(query: QueryDict) -> Narrowing:
    """What does not name a filter narrows nothing."""
    version = query.get("in_version", "")
    wording, way = query.get("wording", ""), query.get("way", "")
    return Narrowing(
        int(version) if version.isascii() and version.isdecimal() and len(version) < 6 else None,
        wording if wording in list(Wording) else "",
        way if way in Way.values else "",
        _day(query.get("begin", "")),
        _day(query.get("end", "")),
        query.get("finished") == "1",
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None
