"""What the log's codes mean. The log stands below everything it speaks of and keeps codes and ids; the console knows who named them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Role, User
from madoguchi.audit.models import Entry
from madoguchi.contacts.models import Attribute, Origin, ProfileState, Purpose, Source, Speaker, Tag
from madoguchi.contacts.models import Kind as AttributeKind
from madoguchi.contacts.models.consent import Way as ConsentWay
from madoguchi.desk.actions import Insists
from madoguchi.desk.models import (
    Duty,
    DutyState,
    Intake,
    Missed,
    Outcome,
    PreparedState,
    Reception,
    Stopped,
    WritingRules,
)
from madoguchi.desk.models import Promise as Waits
from madoguchi.emergency.clocks import Task
from madoguchi.emergency.models import Receiver
from madoguchi.emergency.questions import ITEMS
from madoguchi.phrases.models import Phrase
from madoguchi.signs import marks
from madoguchi.surveys.models import Survey
from madoguchi.surveys.models import Way as AnswerWay

Words = str | Promise
CODES: dict[str, dict[str, Words]] = {
    "insists": dict(Insists.choices),
    "intake": dict(Intake.choices),
    "kind": {
        **dict(AttributeKind.choices),
        "text": _("文章"),
        "sticker": _("スタンプ"),
        "image": _("写真"),
        "file": _("ファイル"),
    },
    "missed": dict(Missed.choices),
    "outcome": dict(Outcome.choices),
    "promise": dict(Waits.choices),
    "purpose": dict(Purpose.choices),
    "roles": dict(Role.choices),
    "source": dict(Source.choices),
    "speaker": dict(Speaker.choices),
    "item": {key: item.label for key, item in ITEMS.items()},
    "task": dict(Task.choices),
    "state": {**dict(ProfileState.choices), **dict(DutyState.choices), **dict(PreparedState.choices)},
    "stopped": dict(Stopped.choices),
    "variant": {"full": _("そのままの大きさ"), "small": _("小さい見本")},
    "way": {**dict(AnswerWay.choices), **dict(ConsentWay.choices)},
}
CHANGED: dict[str, tuple[type[models.Model], dict[str, Words]]] = {
    "contacts.change_attribute": (Attribute, {"position": _("順番"), "options": _("選択肢")}),
    "desk.set_duty": (Duty, {"skills": _("得意なこと")}),
    "desk.set_reception": (Reception, {}),
    "emergency.change_receiver": (Receiver, {}),
    "desk.set_writing_rules": (WritingRules, {}),
}
# Which tag a friend was given, and where a friend came from, stays a number: that would be content.
NAMED: dict[str, tuple[type[models.Model], str]] = {
    "attribute": (Attribute, "name"),
    "attributes": (Attribute, "name"),
    "counsellor": (User, "name"),
    "survey": (Survey, "title"),
}
SUBJECTS: dict[str, tuple[type[models.Model], str]] = {
    "attribute": (Attribute, "name"),
    "origin": (Origin, "name"),
    "phrase": (Phrase, "title"),
    "survey": (Survey, "title"),
    "tag": (Tag, "name"),
    "user": (User, "name"),
}

Names = Mapping[type[models.Model], Mapping[int, str]]


def names(entries: Iterable[Entry], organisation_id: int) -> Names:
    """What the entries' ids are called now, one query a kind; what is gone, or another organisation's, keeps its number."""
    wanted: dict[type[models.Model], set[int]] = {}
    columns: dict[type[models.Model], str] = {}
    for entry in entries:
        for model, column, pk in _meant(entry):
            wanted.setdefault(model, set()).add(pk)
            columns[model] = column
    return {model: _called(model, columns[model], ids, organisation_id) for model, ids in wanted.items()}


def _called(model: type[models.Model], column: str, ids: set[int], organisation_id: int) -> dict[int, str]:
    rows = model._default_manager.filter(pk__in=ids, organisation_id=organisation_id)  # noqa: SLF001 - Django's own name
    return dict(rows.values_list("pk", column))


def _meant(entry: Entry) -> Iterable[tuple[type[models.Model], str, int]]:
    if entry.subject_kind in SUBJECTS and entry.subject_id:
        yield *SUBJECTS[entry.subject_kind], entry.subject_id
    for name in NAMED.keys() & entry.detail.keys():
        value = entry.detail[name]
        for pk in value if isinstance(value, list) else [value]:
            if isinstance(pk, int):
                yield *NAMED[name], pk


def subject(entry: Entry, known: Names) -> str:
    """What it was done to: its name, or its number."""
    model = SUBJECTS[entry.subject_kind][0] if entry.subject_kind in SUBJECTS else None
    called = known.get(model, {}).get(entry.subject_id or 0, "") if model else ""
    return called or ("" if entry.subject_id is None else str(entry.subject_id))


def details(entry: Entry, known: Names) -> list[tuple[str, str]]:
    """(name, value) of each detail, codes and ids as words."""
    return entry.details_in_words(lambda name, value: _word(entry, known, name, value))


def _word(entry: Entry, known: Names, name: str, value: Any) -> Words:
    if name in CODES:
        return CODES[name].get(str(value), str(value))
    if name in NAMED and isinstance(value, int):
        return known.get(NAMED[name][0], {}).get(value, str(value))
    if name == "rules":
        return marks.label(entry.organisation_id, str(value))
    if name == "changed" and entry.verb in CHANGED:
        model, others = CHANGED[entry.verb]
        return others.get(value) or _verbose(model, str(value))
    return str(value)


def _verbose(model: type[models.Model], column: str) -> Words:
    fields = {field.name: field.verbose_name for field in model._meta.fields}  # noqa: SLF001 - Django's own name
    return fields.get(column, column)
