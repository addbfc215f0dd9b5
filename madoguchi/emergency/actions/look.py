"""Reading a dossier is an act on the record: everything that whoever is notified may ask, on one page."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.audit.models import Entry
from madoguchi.contacts import known
from madoguchi.contacts import shown as contacts_shown
from madoguchi.contacts.models import Attribute, Contact, Kind, Values
from madoguchi.desk.actions.look import readable
from madoguchi.desk.models import Alert, Conversation
from madoguchi.desk.shown import HAPPENINGS, ShownMessage, shown_message
from madoguchi.emergency import places
from madoguchi.emergency.models import READY_MADE, Emergency, Notice, Receiver, Tick
from madoguchi.emergency.models.receiver import ReadyMade
from madoguchi.emergency.questions import GROUPS, ITEMS, groups_of
from madoguchi.threads.models import Author

MOST_LINES = 600
DECISIONS = (
    *(
        "desk.take",
        "desk.give",
        "desk.take_over",
        "desk.hand_over",
        "desk.accept",
        "desk.release",
        "desk.judge",
    ),
    *("desk.close", "desk.reopen", "desk.reveal"),
)


@dataclass(frozen=True)
class Event:
    """One line of what happened and who decided it."""

    at: datetime
    words: str = field(repr=False)
    by: str = ""


@dataclass(frozen=True)
class Line:
    """A message of the talk, and whether it is quoted."""

    shown: ShownMessage = field(repr=False)
    is_quoted: bool

    @property
    def number(self) -> int:
        return self.shown.message.number


@dataclass(frozen=True)
class Dossier:
    emergency: Emergency
    notices: list[Notice] = field(repr=False)
    lines: list[Line] = field(repr=False)
    events: list[Event] = field(repr=False)
    hints: list[places.Hint] = field(repr=False)
    ticks: list[Tick] = field(repr=False)
    receivers: list[Receiver | ReadyMade] = field(repr=False)
    is_cut: bool = False

    @property
    def quoted(self) -> list[Line]:
        return [line for line in self.lines if line.is_quoted]


@transaction.atomic
def dossier(actor: User, emergency: Emergency) -> Dossier:
    conversation = emergency.conversation
    messages = readable(conversation).filter(number__gte=conversation.first_message.number)
    found = list(messages.select_related("author").in_order().reverse()[: MOST_LINES + 1])
    lines = [
        Line(shown_message(message, conversation.contact), message.number in emergency.quotes)
        for message in found[:MOST_LINES][::-1]
        if message.kind not in HAPPENINGS
    ]
    record(actor, "emergency.look", emergency, messages=[line.number for line in lines])
    hints = [*_areas(conversation.contact), *_hints(lines)]
    notices = list(emergency.notices.select_related("confirmed_by").order_by("deadline_at", "pk"))
    for notice in notices:
        notice.emergency = emergency
    return Dossier(
        emergency=emergency,
        notices=notices,
        lines=lines,
        events=_events(emergency, notices),
        hints=hints,
        ticks=last_ticks(conversation),
        receivers=_receivers(emergency.organisation_id, hints),
        is_cut=len(found) > MOST_LINES,
    )


def _hints(lines: list[Line]) -> list[places.Hint]:
    said = [line.shown for line in lines if line.shown.message.author_kind == Author.FRIEND]
    return places.in_messages((one.message.number, one.message.kind, one.content) for one in said)


def _areas(contact: Contact) -> list[places.Hint]:
    attributes = list(Attribute.objects.of(contact.organisation_id).filter(kind=Kind.AREA))
    kept = Values.objects.filter(contact=contact).first() if attributes else None
    if kept is None:
        return []
    known_now = known.values_of(contact, attributes)
    stored = {each: kept.plain.get(str(each.pk)) for each in known_now}
    return [
        places.Hint("area", contacts_shown.words(each, value), None)
        for each, value in stored.items()
        if value
    ]


def _receivers(organisation_id: int, hints: list[places.Hint]) -> list[Receiver | ReadyMade]:
    """Those of an area that a hint names first, then those for everywhere, then the rest."""
    heard = " ".join(hint.words for hint in hints)
    own = list(Receiver.objects.in_use(organisation_id))
    near = [one for one in own if one.area and one.area in heard]
    everywhere = [one for one in own if not one.area]
    return [*near, *READY_MADE, *everywhere, *(one for one in own if one.area and one not in near)]


def last_ticks(conversation: Conversation) -> list[Tick]:
    """The last answer to each question, in the list's order."""
    found = Tick.objects.filter(conversation=conversation).select_related("by").order_by("item", "-pk")
    last = {tick.item: tick for tick in found.distinct("item")}
    for tick in last.values():
        tick.conversation = conversation
    return [last[item] for item in ITEMS if item in last]


@transaction.atomic
def checklist(actor: User, conversation: Conversation) -> dict[str, object]:
    """The questions in their groups, each with its last answer; reading written words is on the record."""
    ticks = {tick.item: tick for tick in last_ticks(conversation)}
    if ticks:
        record(actor, "emergency.read_checklist", conversation)
    rules = (
        Alert.objects.filter(conversation=conversation)
        .exclude(is_grave=False)
        .values_list("rules", flat=True)
    )
    open_now = groups_of({rule for some in rules for rule in some})
    groups = [
        {
            "key": key,
            "label": label,
            "is_open": key in open_now,
            "items": [(f"{key}.{item.key}", item, ticks.get(f"{key}.{item.key}")) for item in items],
            "done": sum(f"{key}.{item.key}" in ticks for item in items),
        }
        for key, (label, items) in GROUPS.items()
    ]
    return {"groups": groups}


def _events(emergency: Emergency, notices: list[Notice]) -> list[Event]:
    """Who decided what, from the log and the rows themselves, in time."""
    conversation = emergency.conversation
    entries = Entry.objects.filter(organisation_id=emergency.organisation_id)
    told = entries.filter(subject_kind="conversation", subject_id=conversation.pk, verb__in=DECISIONS)
    events = [Event(conversation.opened_at, _("相談が始まった"))]
    events += [Event(entry.at, entry.verb_text, entry.actor_name) for entry in told.order_by("at")[:200]]
    for alert in conversation.alerts.select_related("message", "acknowledged_by"):
        events.append(Event(alert.raised_at, _("重大なサイン：%s") % "、".join(alert.rule_labels)))
        if alert.acknowledged_at and alert.acknowledged_by:
            events.append(Event(alert.acknowledged_at, _judgement(alert), alert.acknowledged_by.name))
    events.append(Event(emergency.opened_at, _("緊急のまとめを開いた"), emergency.opened_by.name))
    if emergency.decided_at and emergency.decided_by:
        events.append(Event(emergency.decided_at, _("通告を決めた"), emergency.decided_by.name))
    for notice in notices:
        if notice.confirmed_at and notice.confirmed_by:
            said = {"name": notice.receiver, "task": notice.get_task_display()}
            events.append(
                Event(notice.confirmed_at, _("%(name)s：%(task)sを確認") % said, notice.confirmed_by.name)
            )
    return sorted(events, key=lambda event: event.at)


def _judgement(alert: Alert) -> str:
    if alert.is_grave is None:
        return _("サインを読んで確かめた")
    return _("サインを重大とした") if alert.is_grave else _("サインは重大ではないとした")
