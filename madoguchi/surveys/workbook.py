"""A survey's answers as an Excel workbook, written while it is read: who took it and why, the counts, then every submission.

XlsxWriter makes the workbook with the small sheets and one example row; the rows themselves are put in the place of the
example as they come. By itself it would hold every cell in memory or write them to a temporary file, where words of friends
must never lie. All texts are typed as texts, so none is a formula.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from madoguchi.core import clock
from madoguchi.core.csv import Cell, written
from madoguchi.surveys import wording
from madoguchi.surveys.charts import labels
from madoguchi.surveys.counting import CROSSED, Tallies
from madoguchi.surveys.exports import Row, Taken, header, watermark

LONGEST_CELL = 32_767  # Excel's limit
_ROWS_SHEET = "xl/worksheets/sheet3.xml"
_NOT_IN_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_EXAMPLE = re.compile(rb'<row r="2".*?</row>', re.DOTALL)
_STYLE = re.compile(rb'<c r="([A-Z]+)2" s="(\d+)"')
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar, as it counts


class _Pipe(io.RawIOBase):
    """Takes what a zip file writes, to be passed on; cannot go back."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        found, self._pieces = b"".join(self._pieces), []
        return found


class WorkbookWriter:
    """A Writer (surveys.exports). `tallies`: what the sheet of counts says."""

    def __init__(self, taken: Taken, tallies: Tallies) -> None:
        self._taken, self._tallies = taken, tallies
        self._pipe = _Pipe()
        self._zip: zipfile.ZipFile | None = None
        self._sheet: Any = None
        self._line = 1

    def begin(self) -> bytes:
        """Everything up to the first submission."""
        made = zipfile.ZipFile(io.BytesIO(_skeleton(self._taken, self._tallies)))
        self._zip = zipfile.ZipFile(self._pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=5)
        for name in made.namelist():
            if name != _ROWS_SHEET:
                self._zip.writestr(name, made.read(name))
        sheet = _DIMENSION.sub(b"", made.read(_ROWS_SHEET))
        example = _EXAMPLE.search(sheet)
        if example is None:
            raise ValueError("the example row is not there")
        found = [int(style) for _column, style in _STYLE.findall(example[0])]
        self._text, self._day, self._moment, self._number = found
        self._rest = sheet[example.end() :]
        self._sheet = self._zip.open(
            zipfile.ZipInfo(_ROWS_SHEET, (2026, 1, 1, 0, 0, 0)), "w", force_zip64=True
        )
        self._sheet.write(sheet[: example.start()])
        return self._pipe.taken()

    def rows(self, rows: list[Row]) -> bytes:
        for row in rows:
            self._line += 1
            cells = "".join(
                self._cell(f"{_letters(place)}{self._line}", cell) for place, cell in enumerate(row)
            )
            self._sheet.write(f'<row r="{self._line}">{cells}</row>'.encode())
        return self._pipe.taken()

    def end(self) -> bytes:
        self._sheet.write(self._rest)
        self.leave()
        return self._pipe.taken()

    def leave(self) -> None:
        for part in (self._sheet, self._zip):
            if part is not None:
                part.close()  # more than once does no harm

    def _cell(self, name: str, cell: Cell) -> str:
        match cell:
            case None | "":
                return ""
            case datetime():
                return f'<c r="{name}" s="{self._moment}"><v>{_serial(cell):.10f}</v></c>'
            case date():
                return f'<c r="{name}" s="{self._day}"><v>{(cell - _EPOCH).days}</v></c>'
            case int() | float() | Decimal():
                return f'<c r="{name}" s="{self._number}"><v>{written(cell)}</v></c>'
        text = escape(clean(cell))
        return f'<c r="{name}" s="{self._text}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def clean(text: str) -> str:
    """As a cell can hold it."""
    return _NOT_IN_XML.sub("", text)[:LONGEST_CELL]


def _serial(moment: datetime) -> float:
    there = clock.jst(moment).replace(tzinfo=UTC)
    since = there - datetime(_EPOCH.year, _EPOCH.month, _EPOCH.day, tzinfo=UTC)
    return since.days + since.seconds / 86400


def _letters(place: int) -> str:
    """The name of a column: A to Z, then AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _skeleton(taken: Taken, tallies: Tallies) -> bytes:
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {"title": clean(taken.export.survey.title), "author": clean(taken.export.made_by.name)}
        )
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        head = book.add_format({"bold": True, "bg_color": "#E4E9F2", "text_wrap": True, "valign": "top"})
        _about(book.add_worksheet(_("この書き出しについて")), taken, bold, wrapped)
        _counts(book.add_worksheet(_("集計")), taken, tallies, head, book.add_format({"num_format": "0.0%"}))
        _answers(book, taken, head)
    return file.getvalue()


def _about(sheet: Any, taken: Taken, bold: Any, wrapped: Any) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 70)
    for line, (name, value) in enumerate(watermark(taken.export)):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, clean(value), wrapped)


def _counts(sheet: Any, taken: Taken, tallies: Tallies, head: Any, percent: Any) -> None:
    names = (
        _("番号"),
        _("質問"),
        _("回答"),
        _("人数"),
        _("答えた人のうち"),
        _("聞かれた"),
        _("答えた"),
        _("答えなかった"),
        _("止まった"),
    )
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, head)
    sheet.freeze_panes(1, 0)
    sheet.set_column(1, 2, 40)
    for line, row in enumerate(counted(taken, tallies), 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, place, clean(cell))
            elif cell is not None:
                sheet.write_number(line, place, float(cell), percent if place == 4 else None)  # type: ignore[arg-type]


def counted(taken: Taken, tallies: Tallies) -> Iterator[Row]:
    """A line for each choice of each question, and one for a question without choices."""
    for number, column in taken.asked:
        tally, text = tallies[column.name], wording.bare(column.question.text.ja)
        ends: Row = [tally.asked, tally.answered, tally.skipped, tally.left]
        choices = labels(column, tally.codes, taken.areas) if column.question.kind in CROSSED else []
        for code, label in choices:
            count = tally.codes[code]
            yield [number, text, label, count, count / tally.answered if tally.answered else None, *ends]
        if not choices:
            yield [number, text, None, None, None, *ends]


def _answers(book: Any, taken: Taken, head: Any) -> None:
    """The heads of the columns, and the example whose styles the rows take: a text, a day, a moment, a number."""
    sheet = book.add_worksheet(_("回答"))
    names: Iterable[Any] = header(taken)
    for place, name in enumerate(names):
        sheet.write_string(0, place, clean(str(name)), head)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(header(taken)), 18)
    formats = ({"text_wrap": True, "valign": "top"}, {"num_format": "yyyy-mm-dd", "valign": "top"},
               {"num_format": "yyyy-mm-dd hh:mm", "valign": "top"}, {"valign": "top"})  # fmt: skip
    for place, made in enumerate(formats):
        sheet.write_string(1, place, "x", book.add_format(made))
