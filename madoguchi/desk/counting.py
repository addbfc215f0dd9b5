"""The four numbers of a desk, never mixed, counted in this one place for the board and for every report.

accesses: somebody wrote, and a talk began. handled: a person answered; either still talking, or ended with an outcome.
missed: nobody answered, with the reason. real: handled, without what was a mistake, silence or a prank. persons: how many
different people were handled, where two accounts of one person, said to be so, are one.

accesses = handled + missed + those whom nobody has answered yet; handled = the outcomes + those still talking. Each part is
counted by what its rows are, in one statement, so that the sum proves something; where it fails, the screen says so in red.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from madoguchi.contacts.models import Merge
from madoguchi.core import clock
from madoguchi.core.compiled import Compiled, moment
from madoguchi.desk.models import Conversation, ConversationQuerySet, Missed, Outcome, State

_ENDED = Q(state=State.CLOSED)
_TALKING = ~_ENDED & Q(first_answered_at__isnull=False)
_HANDLED = (_ENDED & ~Q(outcome="")) | _TALKING


@dataclass(frozen=True)
class FourNumbers:
    """`outcomes`, `missed`: how many by code, zeros included. `talking`: answered and not ended. `waiting`: not answered yet."""

    accesses: int
    outcomes: Mapping[str, int]
    talking: int
    missed: Mapping[str, int]
    waiting: int
    persons: int
    handled_rows: int

    @property
    def handled(self) -> int:
        return sum(self.outcomes.values()) + self.talking

    @property
    def missed_total(self) -> int:
        return sum(self.missed.values())

    @property
    def real(self) -> int:
        return self.handled - self.outcomes.get(Outcome.NO_CONSULTATION, 0)

    @property
    def adds_up(self) -> bool:
        """Every access stands in one part, and every handled one in one outcome."""
        parts = self.handled + self.missed_total + self.waiting
        return self.accesses == parts and self.handled == self.handled_rows

    @property
    def outcomes_in_words(self) -> list[tuple[str, int]]:
        return [(str(Outcome(code).label), count) for code, count in self.outcomes.items()]

    @property
    def missed_in_words(self) -> list[tuple[str, int]]:
        return [(str(Missed(code).label), count) for code, count in self.missed.items()]


def four_numbers(talks: ConversationQuerySet) -> FourNumbers:
    """Of these talks, without what was practice, in one statement: what moves meanwhile is counted on neither side."""
    return _numbers(list(_counted(talks)))


def numbers_of_the_day(organisation_id: int, at: datetime) -> FourNumbers:
    """The same of an organisation's talks that began on Japan's day of `at`, until `at`."""
    return _numbers(_counted_between(organisation_id, _midnight(at), at))


def _counted(talks: ConversationQuerySet) -> "QuerySet[Conversation, tuple[int, ...]]":
    """One row an organisation, of _PARTS."""
    merged_into = Merge.objects.standing().filter(merged=OuterRef("contact")).values("kept")[:1]
    person = Coalesce(Subquery(merged_into), F("contact_id"), output_field=BigIntegerField())
    found = talks.counted().order_by().annotate(person=person).values("organisation_id")
    return found.annotate(**_PARTS).values_list(*_PARTS)


_PARTS = {
    "accesses": Count("pk"),
    "talking": Count("pk", filter=_TALKING),
    "waiting": Count("pk", filter=~_ENDED & Q(first_answered_at=None)),
    "persons": Count("person", filter=_HANDLED, distinct=True),
    "handled_rows": Count("pk", filter=_HANDLED),
    **{f"o_{code}": Count("pk", filter=_ENDED & Q(outcome=code)) for code in Outcome.values},
    **{f"m_{code}": Count("pk", filter=_ENDED & Q(missed=code)) for code in Missed.values},
}

_counted_between = Compiled(
    lambda organisation, since, until: _counted(
        Conversation.objects.filter(organisation_id=organisation, opened_at__range=(since, until))
    ),
    *(int, moment, moment),
)


def _numbers(rows: list[tuple[int, ...]]) -> FourNumbers:
    found = dict(zip(_PARTS, map(sum, zip(*rows, strict=True)) if rows else (0 for _ in _PARTS), strict=True))
    return FourNumbers(
        outcomes={code: found.pop(f"o_{code}") for code in Outcome.values},
        missed={code: found.pop(f"m_{code}") for code in Missed.values},
        **found,
    )


def _midnight(at: datetime) -> datetime:
    here = clock.jst(at)
    return datetime.combine(here.date(), time.min, here.tzinfo)
