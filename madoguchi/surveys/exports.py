"""A survey's answers as a table, a few hundred submissions at a time: memory does not grow with their number, and no
connection to the database is held while a browser takes its time."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection
from django.db.models import F, Prefetch
from django.utils import translation
from django.utils.translation import gettext as _

from madoguchi.core import clock, seal, walls
from madoguchi.core.csv import Cell, Encoding, encoded
from madoguchi.surveys import asking, wording
from madoguchi.surveys.counting import Column
from madoguchi.surveys.definition import CHOICES, Kind, Wording
from madoguchi.surveys.models import Answer, Export, Submission, SubmissionQuerySet

BATCH = 500
KEPT_DAYS = 30  # for so long a file may be kept by who took it
SEALED = frozenset({Kind.TEXT, Kind.PLACE})  # nothing but people's own words
_OF_AN_ANSWER = (
    "submission_id",
    "question",
    "codes",
    "number",
    "on",
    "moment",
    "sealed_private",
    "is_skipped",
)
_WORDINGS = {Wording.JA: "日本語", Wording.PLAIN: "やさしい日本語", Wording.EN: "English"}

Row = list[Cell]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Taken:
    """What is taken along: of which submissions, up to which, and which questions. `areas`: names of area codes. `personal`:
    the names of the columns whose answers tell of somebody, when these are taken too."""

    export: Export
    submissions: SubmissionQuerySet
    newest: int
    columns: list[Column]
    personal: frozenset[tuple[str, str]]
    language: str = "ja"
    areas: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def asked(self) -> list[tuple[int, Column]]:
        """The questions that have a column, with their numbers on the page."""
        return [
            (number, column)
            for number, column in enumerate(self.columns, 1)
            if self.export.is_personal or column.question.kind not in SEALED
            if self.export.is_personal or column.name not in self.personal
        ]


def watermark(export: Export) -> list[tuple[str, str]]:
    """Who took it, when and why, and until when it may be kept: in every file."""
    made = clock.jst(export.made_at)
    return [
        (_("アンケート"), export.survey.title),
        (_("書き出した人"), export.made_by.name),
        (_("書き出した日時"), f"{made:%Y-%m-%d %H:%M}"),
        (_("理由"), export.reason),
        (_("回答の数"), f"{export.submissions:,}"),
        (_("個人が分かる内容"), _("含む") if export.is_personal else _("含まない")),
        (_("いつまでに消すか"), f"{made + timedelta(days=KEPT_DAYS):%Y-%m-%d}"),
        (_("控え番号"), str(export.pk)),
    ]


def header(taken: Taken) -> Row:
    who = [_("呼び名"), _("友だち番号")] if taken.export.is_personal else []
    fixed = [
        _("番号"),
        *who,
        _("状態"),
        _("始めた日時"),
        _("答え終えた日時"),
        _("版"),
        _("何回目"),
        _("ことば"),
        _("答え方"),
    ]
    texts = [f"{number}. {wording.bare(column.question.text.ja)}" for number, column in taken.asked]
    return [*fixed, *texts]


def batch(taken: Taken, after: int, number: int) -> tuple[list[Row], int]:
    """The next rows, and the id of the last submission among them; no rows when there are none left."""
    rows = taken.submissions.filter(pk__gt=after, pk__lte=taken.newest).order_by("pk")
    counting = Answer.objects.filter(is_on_path=True).only(*_OF_AN_ANSWER)
    rows = rows.annotate(version_number=F("version__number")).prefetch_related(Prefetch("answers", counting))
    found = list((rows.select_related("contact") if taken.export.is_personal else rows)[:BATCH])
    return [_row(taken, each, number + place) for place, each in enumerate(found, 1)], found[
        -1
    ].pk if found else after


def _row(taken: Taken, submission: Submission, number: int) -> Row:
    answers = {answer.question: answer for answer in submission.answers.all()}
    version: int = submission.version_number  # type: ignore[attr-defined]  # by batch
    who: Row = [submission.contact.handle, submission.contact_id] if taken.export.is_personal else []
    ended = submission.finished_at or submission.dropped_at
    fixed: Row = [
        number, *who, _state(submission), submission.started_at, ended if submission.finished_at else None,
        version, submission.turn, _WORDINGS[Wording(submission.wording)], submission.get_way_display(),
    ]  # fmt: skip
    return fixed + [
        _cell(taken, column, answers.get(column.question.key) if version in column.versions else None)
        for _number, column in taken.asked
    ]


def _state(submission: Submission) -> str:
    if submission.finished_at:
        return _("答え終えた")
    if submission.dropped_at:
        return _("やめた")
    return _("あとで答える") if submission.paused_at else _("途中")


def _cell(taken: Taken, column: Column, answer: Answer | None) -> Cell:
    if answer is None:
        return None
    if answer.is_skipped:
        return _("（答えなかった）")
    question = column.question
    if question.kind is Kind.NUMBER:
        return None if answer.number is None else answer.number.normalize()
    if question.kind is Kind.DATE:
        return answer.on
    if question.kind in CHOICES:
        labels = [option.label for option in question.options if option.code in answer.codes]
        return "、".join(wording.label(label, Wording.JA) for label in labels)
    if question.kind is Kind.POSTCODE:
        return _place(taken, answer)
    return _opened(question_column=column, answer=answer)


def _place(taken: Taken, answer: Answer) -> str:
    area = "、".join(taken.areas.get(code, code) for code in answer.codes)
    if not taken.export.is_personal:
        return area
    try:
        return f"〒{answer.private.get('postcode', '')} {area}"
    except seal.CannotOpen:
        return area


def _opened(*, question_column: Column, answer: Answer) -> str:
    try:
        return asking.worded(question_column.question, answer.given)
    except seal.CannotOpen:
        return _("（消されています）")


class Writer(Protocol):
    """Turns rows into the bytes of a file, piece by piece."""

    def begin(self) -> bytes: ...

    def rows(self, rows: list[Row]) -> bytes: ...

    def end(self) -> bytes: ...

    def leave(self) -> None:
        """Nobody takes any more of it: the end, or a browser that left."""


class CsvWriter:
    def __init__(self, taken: Taken, encoding: Encoding) -> None:
        self._taken, self._encoding = taken, encoding

    def begin(self) -> bytes:
        """The watermark as a line of comment, then the names of the columns."""
        said = " ／ ".join(f"{name}：{value}" for name, value in watermark(self._taken.export))
        return b"".join(encoded([[f"# {said}"], header(self._taken)], self._encoding))

    def rows(self, rows: list[Row]) -> bytes:
        return b"".join(encoded(rows, self._encoding, is_begin=False))

    def end(self) -> bytes:
        return b""

    def leave(self) -> None:
        pass


def pieces(taken: Taken, writer: Writer) -> Iterator[bytes]:
    """The whole file, piece by piece."""
    try:
        yield writer.begin()
        after, count = 0, 0
        while True:
            rows, after = batch(taken, after, count)
            if not rows:
                break
            count += len(rows)
            yield writer.rows(rows)
        yield writer.end()
    finally:
        writer.leave()


async def stream(taken: Taken, writer: Writer) -> AsyncIterator[bytes]:
    """The same for a browser: each piece is made by itself, and between them nothing is held."""
    made = pieces(taken, writer)
    while (piece := await _inside(taken, lambda: next(made, None))) is not None:
        if piece:
            yield piece


async def _inside(taken: Taken, act: Callable[[], Made]) -> Made:
    """In a thread, behind the wall and in the language of who asked, with the connection given back at the end."""

    def done() -> Made:
        with walls.within(taken.export.organisation_id), translation.override(taken.language):
            try:
                return act()
            finally:
                if not connection.in_atomic_block:
                    close_old_connections()

    return await sync_to_async(done)()
