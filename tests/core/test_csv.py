"""Tables as files: harmless to open, and readable on a municipal PC."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.core.csv import Encoding, encoded, harmless

DANGEROUS = "=+-@＝＋－＠|%"


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.jp")',
        "+81-3-1234",
        "-1+1",
        "@SUM(A1)",
        "＝1+1",
        "\t=1",
        "  =1",
        "\u3000＠a",
        "\r=1",
    ],
)
def test_a_text_that_looks_like_a_formula_is_only_words(text: str) -> None:
    assert harmless(text) == f"'{text}"


@given(st.text(max_size=20))
def test_no_text_at_all_begins_as_a_formula(text: str) -> None:
    (line,) = list(encoded([[text]]))[1:]
    (cell,) = next(csv.reader(io.StringIO(line.decode(), newline="")), [""])
    assert cell.strip()[:1] not in set(DANGEROUS)


def test_numbers_and_times_stay_what_they_are() -> None:
    row: list[Any] = [
        Decimal("-12.5000").normalize(),
        3,
        date(2026, 4, 1),
        datetime(2026, 4, 1, 0, 30, tzinfo=UTC),
        None,
    ]
    assert b"".join(encoded([row]))[3:] == b"-12.5,3,2026-04-01,2026-04-01 09:30:00,\r\n"


def test_excel_knows_utf8_by_its_mark() -> None:
    assert b"".join(encoded([["質問", "改行\nあり"]])) == '\ufeff質問,"改行\nあり"\r\n'.encode()


def test_shift_jis_has_every_letter_of_windows_and_a_geta_for_the_rest() -> None:
    made = b"".join(encoded([["髙橋①〜", "😀𠮟る"]], Encoding.SHIFT_JIS))
    assert made.decode("cp932") == "髙橋①～,〓〓る\r\n"
