"""Building a survey: its draft, what goes out, when it is asked, and what becomes of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.models import Channel
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Purpose
from madoguchi.contacts.models import Kind as AttributeKind
from madoguchi.contacts.models.attribute import covers
from madoguchi.surveys import check, wording
from madoguchi.surveys.actions.drafts import Overtaken, locked
from madoguchi.surveys.check import Problem
from madoguchi.surveys.definition import Definition, Kind, Question, Words, from_json, to_json
from madoguchi.surveys.models import Submission, Survey, Version, Welcome
from madoguchi.surveys.ready_made import READY_MADE

FITTING: dict[Kind, frozenset[str]] = {
    Kind.SINGLE: frozenset({AttributeKind.SINGLE, AttributeKind.MULTIPLE, AttributeKind.AREA}),
    Kind.MULTIPLE: frozenset({AttributeKind.MULTIPLE}),
    Kind.TEXT: frozenset({AttributeKind.TEXT}),
    Kind.NUMBER: frozenset({AttributeKind.NUMBER}),
    Kind.DATE: frozenset({AttributeKind.DATE}),
    Kind.DATETIME: frozenset({AttributeKind.DATE}),
    Kind.POSTCODE: frozenset({AttributeKind.AREA}),
    Kind.PLACE: frozenset({AttributeKind.TEXT}),
    Kind.PICTURE: frozenset(),
    Kind.CONFIRMATION: frozenset(),
}


class HasAnswers(Exception):
    """What friends answered hangs on it: it can be put away, not removed."""


class PurposeStays(Exception):
    """It has gone out: what friends answered was asked for this purpose. A duplicate can have another."""


class HasProblems(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("the survey has problems")
        self.problems = problems


@transaction.atomic
def create(
    actor: User, title: str, purpose: str = Purpose.CONSULTATION, definition: Definition | None = None
) -> Survey:
    made = definition or Definition(title=Words(ja=title))
    survey = Survey.objects.create(
        organisation_id=actor.organisation_id,
        title=title,
        purpose=purpose,
        draft=to_json(made),
        created_by=actor,
    )
    record(actor, "surveys.create", survey)
    return survey


def duplicate(actor: User, survey: Survey, title: str) -> Survey:
    """A new draft with the same questions and none of the answers."""
    definition = survey.draft_definition
    named = replace(definition, title=replace(definition.title, ja=title))
    return create(actor, title, survey.purpose, named)


@transaction.atomic
def make_ready_made(actor: User, name: str) -> Survey:
    """A survey from a ready-made one (a key of ready_made.READY_MADE), with the attributes that it fills."""
    ready = READY_MADE[name]
    contacts.install_set(actor.organisation, name, actor)
    return create(actor, ready.definition.title.ja, ready.purpose, ready.definition)


def take_from_file(actor: User, given: Any, purpose: str = Purpose.CONSULTATION) -> Survey:
    """From a file's JSON. Raises definition.Malformed, and HasProblems only when it is published."""
    definition = from_json(given)
    return create(actor, definition.title.ja.strip()[:60] or _("アンケート"), purpose, definition)


def problems(survey: Survey, definition: Definition | None = None) -> list[Problem]:
    """All that keeps the draft from going out, the attributes it fills among it."""
    definition = definition or survey.draft_definition
    return [*check.problems(definition), *_of_attributes(survey, definition)]


def _of_attributes(survey: Survey, definition: Definition) -> list[Problem]:
    named = [question for question in definition.questions if question.attribute]
    known = (
        Attribute.objects.of(survey.organisation_id)
        .current()
        .prefetch_related("options")
        .in_bulk(field_name="pk")
    )
    by_key = {attribute.key: attribute for attribute in known.values()}
    found = []
    for question in named:
        sentence = _trouble(survey, question, by_key.get(question.attribute))
        if sentence:
            found.append(Problem(question.key, "attribute", sentence))
    return found


def _trouble(survey: Survey, question: Question, attribute: Attribute | None) -> str:
    if attribute is None:
        return _("回答を入れる属性がありません。選び直してください。")
    if attribute.kind not in FITTING[question.kind]:
        return _("属性「%(name)s」には、この種類の質問の回答を入れられません。") % {"name": attribute.label}
    if not covers(survey.purpose, attribute.purpose):
        return _("属性「%(name)s」は目的がちがうため使えません（相談で聞いたことは配信に使いません）。") % {
            "name": attribute.label
        }
    codes = {option.code for option in attribute.options.all() if option.archived_at is None}
    missing = [option for option in question.options if attribute.is_chosen and option.code not in codes]
    if not missing:
        return ""
    named = {"option": wording.bare(missing[0].label.ja), "name": attribute.label}
    return _("選択肢「%(option)s」が属性「%(name)s」にありません。") % named


@transaction.atomic
def publish(actor: User, survey: Survey, revision: int | None = None) -> Version:
    """What the draft says now goes out as a new version and is asked from now on. Raises HasProblems, and Overtaken
    when it is not the draft of `revision` any more.

    Whoever has begun goes on with the version that was begun."""
    survey = locked(actor, survey)
    if revision not in (None, survey.draft_revision):
        raise Overtaken
    found = problems(survey)
    if found:
        raise HasProblems(found)
    last = survey.versions.order_by("-number").first()
    if last is None or last.content != survey.draft:
        last = Version.objects.create(
            organisation_id=survey.organisation_id,
            survey=survey,
            number=last.number + 1 if last else 1,
            content=survey.draft,
            published_by=actor,
        )
    survey.version, survey.opened_at = last, survey.opened_at or Now()
    survey.save(update_fields=["version", "opened_at"])
    record(actor, "surveys.publish", survey, version=last.number)
    return last


@transaction.atomic
def close(actor: User, survey: Survey) -> None:
    """Asked no more; the answers stay. Publishing opens it again."""
    survey = locked(actor, survey)
    survey.opened_at = None
    survey.save(update_fields=["opened_at"])
    record(actor, "surveys.close", survey)


@transaction.atomic
def schedule(
    actor: User, survey: Survey, *, purpose: str, opens_at: datetime | None, closes_at: datetime | None,
    cap: int | None, is_repeatable: bool,
) -> None:  # fmt: skip
    """From when to when, for how many, and once or often. Raises PurposeStays."""
    survey = locked(actor, survey)
    if purpose != survey.purpose and survey.version_id is not None:
        raise PurposeStays
    survey.purpose, survey.opens_at, survey.closes_at = purpose, opens_at, closes_at
    survey.cap, survey.is_repeatable = cap, is_repeatable
    survey.save(update_fields=["purpose", "opens_at", "closes_at", "cap", "is_repeatable"])
    record(actor, "surveys.schedule", survey)


@transaction.atomic
def archive(actor: User, survey: Survey) -> None:
    """Put away: asked no more and out of the lists; its answers can still be read."""
    survey = locked(actor, survey)
    survey.opened_at, survey.archived_at = None, Now()
    survey.save(update_fields=["opened_at", "archived_at"])
    Welcome.objects.filter(survey=survey).delete()
    record(actor, "surveys.archive", survey)


@transaction.atomic
def take_out(actor: User, survey: Survey) -> None:
    """Back into the lists; asked again only when it is published again."""
    survey = locked(actor, survey)
    survey.archived_at = None
    survey.save(update_fields=["archived_at"])
    record(actor, "surveys.take_out", survey)


@transaction.atomic
def remove(actor: User, survey: Survey) -> None:
    """Away for good. Raises HasAnswers when anybody has begun to answer."""
    survey = locked(actor, survey)
    if Submission.objects.filter(survey=survey).exists():
        raise HasAnswers
    record(actor, "surveys.remove", survey)
    survey.version = None
    survey.save(update_fields=["version"])
    survey.delete()


@transaction.atomic
def welcome_with(actor: User, channel: Channel, survey: Survey | None) -> None:
    """The greeting of this channel carries this survey, or none any more."""
    if survey is None:
        Welcome.objects.filter(channel=channel).delete()
    else:
        defaults = {"survey": survey, "organisation_id": channel.organisation_id}
        Welcome.objects.update_or_create(channel=channel, defaults=defaults)
    record(actor, "surveys.welcome_with", channel, survey=survey.pk if survey else None)
