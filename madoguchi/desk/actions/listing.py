"""The desk's lists: who waits, the own talks, and what others hold. Reading a line is an act on the record.

Every tab pulls them whenever one of them has changed, and mostly one line of many has. So a tab says which lines it shows
(`known`: talk -> digest); those that still look the same are neither opened, nor drawn, nor read again. The digest is
worked out from the whole row, so that a column added later can't be forgotten.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language

from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.core.compiled import Compiled, among
from madoguchi.desk.actions.rows import Part, Row, in_order, rows_of, with_answers
from madoguchi.desk.models import HELD, Alert, Conversation, Duty, HandOver, Note, Prepared, Reception, State
from madoguchi.desk.shown import ShownLine, shown_line

Known = Mapping[int, str]
MOST_CALLING = 20
WAITING_SHOWN = 40


@dataclass(frozen=True)
class Lists:
    """The desk's lists for one user. `team`: talks that others hold; without content, and only for supervisors."""

    waiting: list[ShownLine] = field(repr=False)
    mine: list[ShownLine] = field(repr=False)
    team: list[ShownLine] = field(repr=False)
    asked: list[HandOver] = field(repr=False)  # somebody wants to hand these over to this person
    helps: list[Note] = field(repr=False)  # calls for help, for supervisors
    prepared: list[Prepared] = field(repr=False)  # answers that wait for this person's decision
    left: list[Conversation] = field(repr=False)  # of others, unattended: without content, for everybody
    ended: list[HandOver] = field(repr=False)  # how they ended, for who has not read it
    team_count: int = 0  # these two without practice
    waiting_count: int = 0  # also those that are not shown
    ready_count: int = 0  # of them those whose turn may come now
    more: int = 0  # how many of them are shown when more are asked for; 0: all are

    @property
    def alarms(self) -> list[ShownLine]:
        """Where an answer was to be told to supervisors."""
        return [line for line in self._calling if line.alarm]

    @property
    def pressing(self) -> list[ShownLine]:
        """Who is kept waiting, or was promised something that is due: of those waiting for everybody at the desk, of those held
        for who holds them."""
        waiting = (line for line in self.waiting if not line.is_practice)
        return [line for line in (*waiting, *self.mine) if line.is_pressing]

    @property
    def whispers(self) -> list[ShownLine]:
        """Own talks into which a supervisor has said something that was not seen yet."""
        return [line for line in self.mine if line.has_whisper]

    @property
    def grave(self) -> list[ShownLine]:
        """Where a grave sign calls for somebody."""
        return [line for line in self._calling if line.is_grave]

    @property
    def _calling(self) -> list[ShownLine]:
        """What may call this person: practice calls nobody but who practises."""
        others = (line for line in (*self.waiting, *self.team) if not line.is_practice)
        return [*self.mine, *others]

    @property
    def from_others(self) -> int:
        """How many things colleagues ask of this person."""
        return len(self.asked) + len(self.helps) + len(self.prepared) + len(self.whispers)

    @property
    def calls(self) -> bool:
        """Whether anything calls for somebody."""
        return bool(self.grave or self.pressing or self.left or self.from_others)

    @property
    def load(self) -> int:
        return sum(line.weight for line in self.mine)


@transaction.atomic
def lists(actor: User, duty: Duty | None, known: Known | None = None, *, most: int = WAITING_SHOWN) -> Lists:
    """Who is waiting, and the actor's own talks. `duty`: the actor's own row. Lines that are `known` come without content. Of
    those waiting the first `most` are shown, and of the rest who calls for somebody."""
    rows = rows_of(actor)
    drawn = Drawn(rows, known or {})
    found = _lists(actor, duty, rows, drawn, most)
    _read(actor, drawn)
    return found


@transaction.atomic
def counted(actor: User, duty: Duty | None) -> Lists:
    """The same lists with no talk opened, and so none read: to be counted."""
    rows = rows_of(actor, is_drawn=False)
    return _lists(actor, duty, rows, Drawn(rows, {}, opens=False), WAITING_SHOWN)


def _lists(actor: User, duty: Duty | None, rows: list[Row], drawn: "Drawn", most: int) -> Lists:
    waiting = in_order([row for row in rows if row.state == State.WAITING])
    held = in_order([row for row in rows if row.state in HELD])
    mine = [row for row in held if row.owner_id == actor.pk]
    team = [row for row in held if row.owner_id != actor.pk]
    return Lists(
        drawn.lines("waiting", drawn.first(waiting, most)),
        drawn.lines("mine", mine),
        drawn.lines("team", drawn.first(team, WAITING_SHOWN)),
        _asked(actor, duty),
        _helps(actor),
        _prepared(actor),
        _left(actor),
        _ended(actor),
        sum(not row.is_practice for row in team),
        sum(not row.is_practice for row in waiting),
        sum(row.is_ready and not row.is_practice for row in waiting),
        most + WAITING_SHOWN if len(waiting) > most else 0,
    )


@transaction.atomic
def lines(actor: User, part: Part, known: Known, *, most: int = WAITING_SHOWN) -> list[ShownLine]:
    """The lines of one list, as `lists` has them."""
    rows = in_order(rows_of(actor, part))
    drawn = Drawn(rows, known, calls=False)
    found = drawn.lines(part, drawn.first(rows, most) if part == Part.WAITING else rows)
    _read(actor, drawn)
    return found


def has_channels(actor: User) -> bool:
    """Whether there is more than one account, so that a line says whose it is."""
    return len(_two_accounts(actor.organisation_id)) > 1


_two_accounts = Compiled(
    lambda organisation: Reception.objects.filter(organisation_id=organisation).values_list("pk")[:2]
)


def _read(actor: User, drawn: "Drawn") -> None:
    if drawn.opened:
        record(actor, "desk.lists", actor, conversations=sorted(drawn.opened))


class Drawn:
    """Turns rows into lines: all at once, so that each table is asked once. `calls`: whether what calls for somebody is drawn
    too, which tells of talks whose lines are known. `opens`: whether any talk is opened at all."""

    def __init__(self, rows: list[Row], known: Known, *, calls: bool = True, opens: bool = True) -> None:
        self._alerts = _open_alerts(rows)
        self._known, self._calls, self._opens = known, calls, opens
        self._language = get_language() or ""
        self.opened: set[int] = set()

    def first(self, rows: list[Row], most: int) -> list[Row]:
        return rows[:most] + [row for row in rows[most:] if row.is_pressing or row.pk in self._alerts]

    def lines(self, kind: str, rows: list[Row]) -> list[ShownLine]:
        digests = {row.pk: self._digest(kind, number, row) for number, row in enumerate(rows, 1)}
        wanted = {row.pk for row in rows if self._opens and self._known.get(row.pk) != digests[row.pk]}
        calling = {row.pk for row in rows if self._opens and self._calls and self._is_calling(kind, row)}
        found = _talks(wanted | calling)
        if kind != "team":
            self.opened.update(wanted)
        return [
            self._line(kind, row, digests[row.pk], found.get(row.pk), is_known=row.pk not in wanted)
            for row in rows
        ]

    def _is_calling(self, kind: str, row: Row) -> bool:
        """Of what others hold only the signs."""
        return row.pk in self._alerts or (kind != "team" and (row.is_pressing or row.has_whisper))

    def _line(
        self, kind: str, row: Row, digest: str, talk: Conversation | None, *, is_known: bool
    ) -> ShownLine:
        facts: dict[str, Any] = {
            "pk": row.pk,
            "contact_id": row.contact_id,
            "digest": digest,
            "unread": 0 if kind == "team" else row.unread,
        }
        facts |= {
            "alerts": self._alerts.get(row.pk, []),
            "is_known": is_known,
            "weight": row.weight,
            "is_pressing": row.is_pressing,
            "has_whisper": row.has_whisper,
            "is_practice": row.is_practice,
        }
        if talk is None or is_known or kind == "team":
            return ShownLine(conversation=talk, **facts)
        return shown_line(talk, **facts)

    def _digest(self, kind: str, number: int, row: Row) -> str:
        place = number if kind == "mine" else number == 1  # what a key opens
        alerts = [alert.pk for alert in self._alerts.get(row.pk, [])]
        marks = (row.is_late, row.has_whisper)
        facts = (str(kind), place, row.unread, marks, row.look, alerts, self._language)
        return blake2b(repr(facts).encode(), digest_size=6).hexdigest()


def _asked(actor: User, duty: Duty | None) -> list[HandOver]:
    if not _any_pending(actor.organisation_id):
        return []
    found = HandOver.objects.filter(organisation_id=actor.organisation_id)
    found = found.asked_of(actor, duty.skills if duty else [])
    return list(found.select_related("asked_by", "conversation__contact").order_by("pk"))


_any_pending = Compiled(
    lambda organisation: HandOver.objects.filter(organisation_id=organisation).pending().values_list("pk")[:1]
)


def _prepared(actor: User) -> list[Prepared]:
    ask = _prepared_for_supervisors if actor.has_role([Role.SUPERVISOR]) else _prepared_for
    found = [pk for (pk,) in ask(actor.organisation_id, actor.pk)]
    calling = Prepared.objects.select_related("author", "conversation__contact").filter(pk__in=found)
    return list(calling.order_by("written_at", "pk")) if found else []


def _calling(organisation: int, actor: int, *, is_supervisor: bool) -> "QuerySet[Prepared, Any]":
    ours = Prepared.objects.filter(organisation_id=organisation).calling(actor, is_supervisor=is_supervisor)
    return ours.order_by("written_at", "pk").values_list("pk")[:MOST_CALLING]


_prepared_for = Compiled(partial(_calling, is_supervisor=False))
_prepared_for_supervisors = Compiled(partial(_calling, is_supervisor=True))


def _helps(actor: User) -> list[Note]:
    if not actor.has_role([Role.SUPERVISOR]):
        return []
    return _calling_notes(actor.organisation_id, actor.pk)


_calling_notes = Compiled(
    lambda organisation, actor: (
        Note.objects.filter(organisation_id=organisation)
        .calling()
        .exclude(author_id=actor)
        .select_related("author", "conversation__contact", "conversation__channel")
        .order_by("pk")
    )
)


def _left(actor: User) -> list[Conversation]:
    found = [pk for (pk,) in _left_ones(actor.organisation_id, actor.pk)]
    talks = Conversation.objects.select_related("contact", "owner", "channel").in_bulk(found) if found else {}
    return [talks[pk] for pk in found if pk in talks]


_left_ones = Compiled(
    lambda organisation, actor: (
        Conversation.objects.filter(organisation_id=organisation)
        .left()
        .exclude(owner=actor)
        .values_list("pk")
    )
)


def _ended(actor: User) -> list[HandOver]:
    found = [pk for (pk,) in _ended_ones(actor.organisation_id, actor.pk)]
    parts = ("asked_by", "to_counsellor", "conversation__contact")
    return list(HandOver.objects.select_related(*parts).filter(pk__in=found)) if found else []


_ended_ones = Compiled(
    lambda organisation, actor: (
        HandOver.objects.filter(organisation_id=organisation).news_for(actor).values_list("pk")
    )
)


def _talks(needed: set[int]) -> dict[int, Conversation]:
    return {talk.pk: talk for talk in _drawn_ones(list(needed))} if needed else {}


_COLUMNS = (  # of all that is joined, what a line is drawn of: making objects of the whole rows takes longer than reading them
    *(column.name for column in Conversation._meta.concrete_fields),  # noqa: SLF001 - Django's public name
    *("owner__name", "channel__name", "channel__is_practice"),
    *(
        f"contact__{name}"
        for name in ("organisation", "line_id_hash", "wrapped_key", "key_epoch", "handle", "harmless_since")
    ),
    *(
        f"last_message__{name}"
        for name in ("organisation", "contact", "number", "author_kind", "kind", "state", "unsent_at")
    ),
    *(f"last_message__{name}" for name in ("sealed_content", "queued_at", "created_at")),
)

_drawn_ones = Compiled(
    lambda wanted: with_answers(
        Conversation.objects.filter(among("desk_conversation.id", wanted))
        .select_related("contact", "last_message", "owner", "channel")
        .only(*_COLUMNS)
    )
)


def _open_alerts(rows: list[Row]) -> dict[int, list[Alert]]:
    calling = [row.pk for row in rows if row.has_alert]
    found: dict[int, list[Alert]] = defaultdict(list)
    open_ones = Alert.objects.filter(conversation__in=calling, acknowledged_at=None)
    for alert in open_ones.order_by("raised_at") if calling else ():
        found[alert.conversation_id].append(alert)
    return dict(found)
