"""What a table would change: every line checked before anything is written, every problem with its row and column."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from madoguchi.accounts.models import User
from madoguchi.contacts.columns import (
    FOR_THE_EYE,
    HANDLE,
    NUMBER,
    Heading,
    Wrong,
    column_of,
    in_letters,
    named,
    nobody,
    read_cell,
    whose,
)
from madoguchi.contacts.models import Attribute, Contact, Values
from madoguchi.contacts.models.values import Stored

MOST_ROWS = 5000
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class Problem:
    """`row`: in the spreadsheet, from 1; `column`: its letter, empty for the whole row."""

    row: int
    column: str
    sentence: str | Promise


@dataclass(frozen=True)
class Line:
    """What one row changes: {attribute: kept value, None to clear}."""

    row: int
    contact: Contact = field(repr=False)
    values: dict[Attribute, Stored] = field(repr=False)


@dataclass
class Plan:
    attributes: list[Attribute] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list, repr=False)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0

    def add(self, row: int, column: int | None, sentence: str | Promise) -> None:
        self.problems.append(Problem(row, "" if column is None else in_letters(column), sentence))

    @property
    def is_sound(self) -> bool:
        return not self.problems and bool(self.lines)

    @property
    def changes(self) -> int:
        return sum(len(line.values) for line in self.lines)


def plan(rows: list[list[str]], user: User) -> Plan:
    """Check a table, whose first row names the columns, against what this person may see and change."""
    made = Plan(rows=len(rows) - 1)
    visible = Attribute.objects.visible_to(user).current().in_order().prefetch_related("options")
    heading = _heading(rows[0], named(visible), made)
    made.attributes = list(heading.attributes.values())
    if made.rows > MOST_ROWS:
        made.add(MOST_ROWS + 2, None, _("一度に取り込めるのは5000行までです。ファイルを分けてください。"))
    if made.problems:
        return made
    people = _people(rows[1:], heading, user)
    seen: set[int] = set()
    for number, row in enumerate(rows[1:], 2):
        if any(row) and len(made.problems) < MOST_PROBLEMS:
            _line(number, row, heading, people, seen, made)
    if not made.lines and not made.problems:
        made.add(2, None, _("変わるところがありません。"))
    return made


def _heading(names: list[str], every: dict[str, list[Attribute]], made: Plan) -> Heading:
    attributes: dict[int, Attribute] = {}
    passed_over = []
    for column, name in enumerate(names):
        if name in FOR_THE_EYE:
            passed_over.append(name)
        elif name and name not in (NUMBER, HANDLE):
            try:
                attributes[column] = column_of(name, every)
            except Wrong as wrong:
                made.add(1, column, wrong.sentence)
    for name, count in Counter(names).items():
        if name and count > 1:
            made.add(1, names.index(name), _("同じ名前の列が二つあります。"))
    if NUMBER not in names and HANDLE not in names:
        made.add(1, None, _("「番号」か「呼び名」の列が必要です。"))
    number, handle = (names.index(name) if name in names else None for name in (NUMBER, HANDLE))
    return Heading(number, handle, attributes, tuple(passed_over))


@dataclass(frozen=True)
class _People:
    by_number: dict[int, Contact]
    by_handle: dict[str, list[Contact]]
    known: dict[int, dict[str, Stored]]


def _people(rows: list[list[str]], heading: Heading, user: User) -> _People:
    """The friends that the table speaks of, and what is known of them, in three readings."""
    named_so = [whose(row, heading) for row in rows]
    numbers = [int(number) for number, _handle in named_so if _is_number(number)]
    handles = {handle for number, handle in named_so if not number and handle}
    ours = Contact.objects.visible_to(user)
    by_number = ours.in_bulk(numbers)
    by_handle: dict[str, list[Contact]] = {}
    for contact in ours.filter(handle__in=handles):
        by_handle.setdefault(contact.handle, []).append(contact)
    everybody = {**by_number, **{one.pk: one for found in by_handle.values() for one in found}}
    known = {}
    for row in Values.objects.filter(contact__in=everybody):
        row.contact = everybody[row.contact_id]
        known[row.contact_id] = {**row.plain, **row.texts}
    return _People(by_number, by_handle, known)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _line(number: int, row: list[str], heading: Heading, people: _People, seen: set[int], made: Plan) -> None:
    contact = _contact(number, row, heading, people, made)
    if contact is None:
        return
    if contact.pk in seen:
        made.add(number, None, _("同じ友だちの行が二つあります。"))
        return
    seen.add(contact.pk)
    known = people.known.get(contact.pk, {})
    values: dict[Attribute, Stored] = {}
    for column, attribute in heading.attributes.items():
        cell = row[column] if column < len(row) else ""
        before = known.get(str(attribute.pk))
        try:
            after = read_cell(attribute, cell, before) if cell else before
        except Wrong as wrong:
            made.add(number, column, wrong.sentence)
        else:
            if after != before:
                values[attribute] = after
    if values:
        made.lines.append(Line(number, contact, values))


def _contact(number: int, row: list[str], heading: Heading, people: _People, made: Plan) -> Contact | None:
    written, handle = whose(row, heading)
    if written:
        found = people.by_number.get(int(written)) if _is_number(written) else None
        if found is None:
            made.add(number, heading.number, nobody(0))
        elif handle and found.handle != handle:
            made.add(number, heading.handle, _("番号と呼び名が合いません。"))
            return None
        return found
    same = people.by_handle.get(handle, [])
    if len(same) != 1:
        made.add(number, heading.handle if handle else heading.number, nobody(len(same)))
        return None
    return same[0]
