"""Numbers and days in columns: none is lost, whatever was answered."""

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.surveys import spans

NUMBERS = st.decimals(-(10**12), 10**12, places=4, allow_nan=False)
MANY_NUMBERS = st.dictionaries(NUMBERS | st.integers(0, 30).map(Decimal), st.integers(1, 500), max_size=60)
MANY_DAYS = st.dictionaries(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 500), max_size=60)


@given(MANY_NUMBERS)
def test_every_number_stands_in_one_column(found: dict[Decimal, int]) -> None:
    columns = spans.of_numbers(Counter(found))
    assert sum(count for _label, count in columns) == sum(found.values())
    assert len(columns) <= spans.MOST_COLUMNS + 2
    assert len({label for label, _count in columns}) == len(columns)


@given(MANY_DAYS)
def test_every_day_stands_in_one_column(found: dict[date, int]) -> None:
    columns = spans.of_days(Counter(found))
    assert sum(count for _label, count in columns) == sum(found.values())
    assert len(columns) <= spans.MOST_MONTHS
    assert len({label for label, _count in columns}) == len(columns)


@given(MANY_NUMBERS.filter(bool))
def test_the_median_has_as_many_below_as_above(found: dict[Decimal, int]) -> None:
    numbers = Counter(found)
    every = sorted(numbers.elements())
    half = len(every) // 2
    middle = every[half] if len(every) % 2 else (every[half - 1] + every[half]) / 2
    assert dict(spans.facts(numbers, sees_ends=False))["中央値"] == spans.short(middle)


def test_an_age_that_nobody_has_does_not_stretch_the_chart() -> None:
    numbers = Counter({Decimal(n): 100 for n in range(1, 13)} | {Decimal(999999): 1})
    labels = [label for label, _count in spans.of_numbers(numbers)]
    assert labels == [*(str(n) for n in range(1, 13)), "13〜"]


def test_a_few_years_stand_year_by_year() -> None:
    days = Counter({date(year, 6, 1): 2 for year in range(2020, 2026)})
    assert spans.of_days(days) == [(f"{year}年", 2) for year in range(2020, 2026)]


def test_fractions_keep_names_of_their_own() -> None:
    columns = spans.of_numbers(Counter({Decimal("0.0000"): 1, Decimal("0.0001"): 1}))
    assert len({label for label, _count in columns}) == len(columns) > 1
