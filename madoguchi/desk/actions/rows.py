"""Of every talk in a list as much as tells whether its line looks the same: one statement, put into SQL once."""

from enum import StrEnum
from functools import partial
from itertools import product
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Now

from madoguchi.accounts.models import Role, User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.core.compiled import Compiled
from madoguchi.desk.models import ON_THE_LINE, Alert, Conversation, Note, NoteKind, State
from madoguchi.desk.models.conversation import GRAVE_WEIGHT, turn_at, turn_may_come, waiting_for
from madoguchi.desk.shown import HAPPENINGS
from madoguchi.threads.models import Author, Message


class Part(StrEnum):
    """A list that can be drawn without the others, when nothing but words has changed."""

    MINE = "mine"
    WAITING = "waiting"


class Row(NamedTuple):
    """As much of a line as is needed to tell whether it looks the same."""

    pk: int
    contact_id: int
    state: str
    owner_id: int | None
    turn_at: Any
    taken_at: Any
    is_late: bool
    is_told: bool  # its clock has told that somebody is kept waiting, or that a promise is near
    is_ready: bool  # waits, and its turn may come now
    has_whisper: bool  # that its holder has not seen
    has_grave_weight: bool
    has_alert: bool
    is_practice: bool
    unread: int
    look: str  # of everything else

    @property
    def is_pressing(self) -> bool:
        """A promise is due, or somebody waits too long for us."""
        return self.is_told or (self.is_late and self.state in (State.WAITING, State.LATER))

    @property
    def weight(self) -> int:
        """What it adds to its holder's load: nothing once it is wrapped up or promised for later, or when it is practice."""
        if self.state not in ON_THE_LINE or self.is_practice:
            return 0
        return GRAVE_WEIGHT if self.has_grave_weight else 1


def rows_of(actor: User, part: Part | None = None, *, is_drawn: bool = True) -> list[Row]:
    """`is_drawn`: with `unread` and `look`, which need not be worked out where lines are only counted."""
    if not actor.has_role(TALKERS):
        return []
    ask = _ASKED[part, actor.has_role([Role.SUPERVISOR]), is_drawn]
    last = len(Row._fields) - 1
    return [
        Row._make((*columns[:last], str(columns[last:]))) for columns in ask(actor.organisation_id, actor.pk)
    ]


def _listed(conversations: "QuerySet[Conversation]", *, is_drawn: bool) -> "QuerySet[Conversation, Any]":
    """The columns of Row, and at the end all that a line shows."""
    found: QuerySet[Conversation, Any] = conversations.annotate(
        turn_at=turn_at(),
        is_late=_truth(Q(promised_at__lt=Now())),
        is_told=_truth(_told()),
        is_ready=_truth(Q(state=State.WAITING) & turn_may_come(Now())),
        has_whisper=Exists(_unseen_whispers()),
        has_grave_weight=_truth(Q(grave_at__isnull=False)),
        has_alert=Exists(Alert.objects.filter(conversation=OuterRef("pk"), acknowledged_at=None)),
        is_practice=_truth(Q(channel__is_practice=True)),
    )
    if not is_drawn:
        found = found.annotate(unread=Value(0), look=Value(""))
        return found.order_by().values_list(*Row._fields)
    look = RawSQL("md5(desk_conversation::text)", (), output_field=CharField())
    found = with_answers(_with_unread(found.annotate(look=look)))
    more = (
        *("answer_state", "last_message__revision"),
        *("contact__handle", "contact__harmless_since", "channel__name"),
    )
    return found.order_by().values_list(*Row._fields, *more)


def _told() -> Q:
    """Whoever waits with a promise is in the queue in time, and calls when it is past; in a talk on the line we owe a word."""
    waits, live = Q(state=State.WAITING, promised_at__isnull=False), Q(state=State.LIVE)
    owed = Q(friend_spoke_at__isnull=False) | Q(promised_at__isnull=False)
    return Q(nudged_at__isnull=False) & ~waits & (~live | owed)


def _unseen_whispers() -> QuerySet[Note]:
    return Note.objects.filter(conversation=OuterRef("pk"), kind=NoteKind.WHISPER, seen_at=None)


def _truth(condition: Q) -> Coalesce:
    return Coalesce(ExpressionWrapper(condition, BooleanField()), Value(False))  # noqa: FBT003 - SQL's own


def _which(
    organisation: int, actor: int, *, part: Part | None, is_supervisor: bool, is_drawn: bool
) -> "QuerySet[Conversation, Any]":
    waiting = Q(state=State.WAITING) if is_supervisor else waiting_for(organisation)
    held = Q(owner=actor) if part == Part.MINE or not is_supervisor else Q(owner__isnull=False)
    parts = {Part.MINE: held, Part.WAITING: waiting, None: waiting | held}
    found = Conversation.objects.filter(organisation_id=organisation).open().filter(parts[part])
    return _listed(found, is_drawn=is_drawn)


_ASKED = {
    (part, is_supervisor, is_drawn): Compiled(
        partial(_which, part=part, is_supervisor=is_supervisor, is_drawn=is_drawn)
    )
    for part, is_supervisor, is_drawn in product((*Part, None), (True, False), (True, False))
}


def in_order(rows: list[Row]) -> list[Row]:
    """Who waits in the queue's order; what is held since when it was taken."""
    return sorted(rows, key=lambda row: (row.turn_at if row.state == State.WAITING else row.taken_at, row.pk))


def _with_unread(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """With the friend's messages since the holder looked (all since the opening, while nobody has)."""
    unseen = Message.objects.filter(
        contact=OuterRef("contact"), author_kind=Author.FRIEND, number__gt=OuterRef("seen_number")
    )
    unseen = unseen.filter(number__gte=OuterRef("first_message__number"), unsent_at=None)
    unseen = unseen.exclude(kind__in=HAPPENINGS).order_by()
    counted = unseen.values("contact").annotate(count=Count("*")).values("count")
    return conversations.annotate(unread=Coalesce(Subquery(counted), 0))


def with_answers(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """With what became of our newest answer."""
    answers = Message.objects.filter(contact=OuterRef("contact"), author_kind=Author.COUNSELLOR)
    newest = answers.order_by("-number").values("state")[:1]
    return conversations.annotate(answer_state=Coalesce(Subquery(newest), Value("")))
