"""When a channel is open: weekdays, holidays, special days, midnight; whatever hours hypothesis thinks of."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from madoguchi.core import clock
from madoguchi.desk import opening
from madoguchi.desk.models import Holidays, Reception

MINUTE = timedelta(minutes=1)
DAYTIME, NIGHT = ["09:00", "17:00"], ["18:00", "26:00"]


def at(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=clock.JST)


def reception(**parts: object) -> Reception:
    return Reception(**{"hours": [[DAYTIME]] * 5 + [[], []], **parts})


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-24 08:59", False),
        ("2026-11-24 09:00", True),
        ("2026-11-24 16:59", True),
        ("2026-11-24 17:00", False),
        ("2026-11-28 12:00", False),  # Saturday
    ],
)
def test_a_weekday_is_open_from_its_beginning_until_just_before_its_end(moment: str, is_open: bool) -> None:
    assert opening.is_open(reception(), at(moment)) is is_open


@pytest.mark.parametrize(
    ("holiday", "name"),
    [
        ("2026-01-01", "元日"),
        ("2026-05-06", "憲法記念日 振替休日"),
        ("2026-09-22", "国民の休日"),
        ("2026-11-23", "勤労感謝の日"),
    ],
)
def test_holidays_are_those_of_the_law_with_their_substitutes(holiday: str, name: str) -> None:
    day = date.fromisoformat(holiday)
    assert opening.holiday_name(day) == name
    noon = at(f"{holiday} 12:00")
    assert opening.is_open(reception(holidays=Holidays.AS_WEEKDAY), noon)
    assert not opening.is_open(reception(holidays=Holidays.CLOSED), noon)
    own = reception(holidays=Holidays.OWN, holiday_hours=[["13:00", "15:00"]])
    assert not opening.is_open(own, noon)
    assert opening.is_open(own, at(f"{holiday} 13:00"))


def test_a_special_day_goes_before_a_holiday_and_before_the_weekday() -> None:
    special = {
        "2026-11-23": {"spans": [["10:00", "11:00"]], "note": "増員"},
        "2026-11-24": {"spans": [], "note": ""},
    }
    known = reception(holidays=Holidays.CLOSED, special_days=special)
    assert opening.is_open(known, at("2026-11-23 10:30"))
    assert not opening.is_open(known, at("2026-11-24 10:30"))
    assert opening.next_opening(known, at("2026-11-23 11:00")) == at("2026-11-25 09:00")


def test_what_begins_in_the_evening_goes_on_past_midnight_into_a_day_off() -> None:
    known = reception(hours=[[]] * 4 + [[NIGHT], [], []])  # Friday night
    assert opening.is_open(known, at("2026-11-28 01:59"))
    assert not opening.is_open(known, at("2026-11-28 02:00"))
    assert not opening.is_open(known, at("2026-11-27 01:59"))
    assert list(opening.spans_after(known, at("2026-11-28 00:30"), 3)) == [
        (at("2026-11-28 00:30"), at("2026-11-28 02:00"))
    ]


def test_no_hours_at_all_are_always_open_but_for_a_special_day() -> None:
    known = reception(hours=[], special_days={"2026-12-31": {"spans": [], "note": "休み"}})
    assert opening.is_open(known, at("2026-12-30 23:59"))
    assert not opening.is_open(known, at("2026-12-31 12:00"))
    assert opening.next_opening(known, at("2026-12-31 00:00")) == at("2027-01-01 00:00")


def test_open_time_is_counted_over_nights_and_days_off() -> None:
    friday = at("2026-11-27 16:00")
    assert opening.after_open_time(reception(), friday, 60) == at("2026-11-27 17:00")
    assert opening.after_open_time(reception(), friday, 120) == at("2026-11-30 10:00")
    assert opening.after_open_time(reception(hours=[[]] * 7, special_days={}), friday, 60) is None


def test_slots_are_whole_and_stand_on_the_grid_of_their_span() -> None:
    found = list(opening.slots(reception(slot_minutes=180), at("2026-11-26 09:01"), 1))
    assert found == [at("2026-11-26 12:00"), at("2026-11-27 09:00"), at("2026-11-27 12:00")]


minutes = some.integers(0, 24 * 60 - 1)


def _span(begin: int, length: int) -> list[str]:
    end = min(begin + length, 48 * 60 - 1)
    return [f"{moment // 60:02}:{moment % 60:02}" for moment in (begin, end)]


spans = some.lists(some.builds(_span, minutes, some.integers(1, 24 * 60)), max_size=2)
dates = some.dates(date(2026, 11, 20), date(2026, 12, 5))
some_receptions = some.builds(
    reception,
    hours=some.one_of(some.just([]), some.lists(spans, min_size=7, max_size=7)),
    holidays=some.sampled_from(Holidays),
    holiday_hours=spans,
    special_days=some.dictionaries(
        dates.map(date.isoformat), some.fixed_dictionaries({"spans": spans}), max_size=4
    ),
)
moments = some.integers(0, 15 * 24 * 60 * 60).map(
    lambda after: at("2026-11-20 00:00") + timedelta(seconds=after)
)


@given(some_receptions, moments)
def test_open_now_and_the_next_opening_agree_at_every_moment(known: Reception, now: datetime) -> None:
    begins = opening.next_opening(known, now)
    assert (begins == now) is opening.is_open(known, now)
    if begins is not None:
        assert begins >= now
        assert opening.is_open(known, begins)
        before = begins - timedelta(microseconds=1)
        assert begins == now or not opening.is_open(known, before)


@given(some_receptions, moments)
def test_open_time_never_overlaps_and_each_end_is_closed(known: Reception, now: datetime) -> None:
    found = list(opening.spans_after(known, now, 10))
    assert all(begin < end for begin, end in found)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(found))
    assert all(opening.is_open(known, begin) for begin, _end in found)
    assert all(not opening.is_open(known, end) for _begin, end in found[:-1])


@given(some_receptions, moments, some.integers(1, 600))
def test_what_is_promised_lies_in_open_time_or_at_its_end(known: Reception, now: datetime, wait: int) -> None:
    promised = opening.after_open_time(known, now, wait)
    if promised is not None:
        assert promised >= now + wait * MINUTE
        assert opening.is_open(known, promised - timedelta(microseconds=1))


@given(some_receptions, moments)
def test_every_slot_is_open_from_its_first_to_its_last_minute(known: Reception, now: datetime) -> None:
    for slot in opening.slots(known, now, 3):
        assert slot >= now
        assert opening.is_open(known, slot)
        assert opening.is_open(known, slot + timedelta(minutes=known.slot_minutes) - MINUTE)
