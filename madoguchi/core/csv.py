"""Tables as files: no cell is ever a formula, and Japanese stands in the encoding that the reader's program expects.

A spreadsheet takes a text that begins with one of a few signs for a formula, also in their wide forms; before such a text
an apostrophe is put, and the program shows the words as they are. Numbers and dates stay what they are.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from madoguchi.core import clock

Cell = str | int | float | Decimal | date | datetime | None
Row = Iterable[Cell]

_MARK = "'"
_BEGINS_A_FORMULA = "=+-@|%＝＋－＠｜％−"
_PASSED_OVER = " \t\r\n\v\f\0\u00a0\u200b\u3000\ufeff"  # what a program skips before it looks
_NOT_IN_SHIFT_JIS = "〓"  # what printers set for a sign they have no type for
_ALIKE = str.maketrans({"〜": "～", "−": "－", "‖": "∥", "—": "―", "¢": "￠", "£": "￡", "¬": "￢"})


class Encoding(StrEnum):
    UTF_8 = "utf-8"  # with a byte order mark, by which Excel knows it
    SHIFT_JIS = "shift_jis"  # as Windows has it (code page 932)


def _geta(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return _NOT_IN_SHIFT_JIS * (error.end - error.start), error.end


codecs.register_error("geta", _geta)


def harmless(text: str) -> str:
    """A text that no program takes for a formula. One that begins as what this gives gets its mark too, so that whoever
    takes the mark away (core.sheets) has the text as it was."""
    plain = text.lstrip(_MARK)
    first = plain.lstrip(_PASSED_OVER)[:1]
    is_odd = plain[:1] in {"\t", "\r", "\n"}
    return f"{_MARK}{text}" if is_odd or (first and first in _BEGINS_A_FORMULA) else text


def written(cell: Cell) -> str:
    """A cell as a text. Moments are Japan's; None is empty."""
    match cell:
        case None:
            return ""
        case datetime():
            return f"{clock.jst(cell):%Y-%m-%d %H:%M:%S}"
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}"
        case str():
            return harmless(cell.replace("\0", ""))
    return str(cell)


def encoded(
    rows: Iterable[Row], encoding: Encoding = Encoding.UTF_8, *, is_begin: bool = True
) -> Iterator[bytes]:
    """The file, a line at a time (RFC 4180). What Shift_JIS cannot write becomes 〓. `is_begin`: False for what is added."""
    if encoding is Encoding.UTF_8 and is_begin:
        yield codecs.BOM_UTF8
    for row in rows:
        yield _encode(_line(row), encoding)


def _line(row: Row) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow([written(cell) for cell in row])
    return line.getvalue()


def _encode(line: str, encoding: Encoding) -> bytes:
    if encoding is Encoding.UTF_8:
        return line.encode()
    return line.translate(_ALIKE).encode("cp932", errors="geta")
