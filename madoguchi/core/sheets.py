"""Tables that a spreadsheet saved, read: UTF-8 with or without its mark, or Shift_JIS as Windows has it; commas or tabs.

`core.csv` writes what this reads: the apostrophe that it puts before what would be a formula is taken away again.
"""

import csv
import io

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madoguchi.core.csv import harmless

MOST_BYTES = 10 * 1024 * 1024
_ENCODINGS = ("utf-8-sig", "cp932")
_MARK = "'"


class Unreadable(Exception):
    """The file is no table that can be read; `sentence` says why and holds nothing of it. `line`: where, from 1, or None."""

    def __init__(self, sentence: str | Promise, line: int | None = None) -> None:
        super().__init__("not a readable table")
        self.sentence, self.line = sentence, line


def read(data: bytes) -> list[list[str]]:
    """The rows of a file, each a list of cells without space around them; a row's place is its row in the spreadsheet.
    Empty rows at the end are left out. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("ファイルが大きすぎます。10 MBまでにしてください。"))
    text = _decoded(data)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[str]] = []
    try:
        for cells in lines:
            rows.append([_plain(cell) for cell in cells])  # noqa: PERF401 - the place of a broken row is needed
    except csv.Error:
        raise Unreadable(_('引用符（"）の対応が合わないか、セルが長すぎます。'), len(rows) + 1) from None
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Unreadable(_("ファイルが空です。"))
    return rows


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(
        _(
            "文字が読めません。CSVを「UTF-8」か「Shift_JIS」で保存してください（Excelブックのままでは読めません）。"
        )
    )


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return "\t" if first.count("\t") >= max(first.count(","), 1) else ","


def _plain(cell: str) -> str:
    plain = cell.strip().replace("\r\n", "\n")
    is_marked = plain.startswith(_MARK) and harmless(plain[1:]) == plain
    return plain[1:] if is_marked else plain
