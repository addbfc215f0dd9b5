"""The draft: written compare-and-set, with what it was before, so that a change can be taken back."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import clock, live
from madoguchi.surveys.definition import Definition, from_json, to_json
from madoguchi.surveys.models import Edit, Survey

MOST_EDITS = 50  # so many changes can be taken back
ONE_GO = timedelta(seconds=20)  # what one person writes in one place without a longer pause is one change
FIELDS = "fields"  # `what` of a change in a question's own fields


class Overtaken(Exception):
    """Somebody else has changed the draft meanwhile: look at it before writing over it."""


def locked(actor: User, survey: Survey) -> Survey:
    return Survey.objects.of(actor).select_for_update(of=("self",)).get(pk=survey.pk)


@transaction.atomic
def save_draft(
    actor: User, survey: Survey, definition: Definition, revision: int, *, place: str = "", what: str = FIELDS
) -> Survey:
    """Write the draft that was drawn at `revision`. Raises Overtaken. `place`, `what`: as in Edit."""
    survey = locked(actor, survey)
    if survey.draft_revision != revision:
        raise Overtaken
    _keep_former(actor, survey, place, what)
    _write(survey, definition)
    record(actor, "surveys.save_draft", survey)
    return survey


def _write(survey: Survey, definition: Definition) -> None:
    survey.draft, survey.draft_revision = to_json(definition), survey.draft_revision + 1
    survey.title = definition.title.ja.strip()[:60] or survey.title
    survey.save(update_fields=["draft", "draft_revision", "title"])
    live.publish(f"building-{survey.pk}")


def _keep_former(actor: User, survey: Survey, place: str, what: str) -> None:
    """What somebody goes on writing in one place stays one change: the draft before it is kept already."""
    last = survey.edits.order_by("-revision").first()
    goes_on = (
        last is not None
        and last.revision == survey.draft_revision
        and (last.made_by_id, last.place, last.what) == (actor.pk, place, FIELDS)
        and what == FIELDS
        and clock.of_database() - last.made_at < ONE_GO
    )
    if last is not None and goes_on:
        last.revision, last.made_at = survey.draft_revision + 1, Now()
        last.save(update_fields=["revision", "made_at"])
        return
    Edit.objects.create(
        organisation_id=survey.organisation_id, survey=survey, revision=survey.draft_revision + 1,
        before=survey.draft, place=place, what=what, made_by=actor,
    )  # fmt: skip
    kept = survey.edits.order_by("-revision").values("pk")[:MOST_EDITS]
    survey.edits.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()


@transaction.atomic
def undo(actor: User, survey: Survey, revision: int) -> Edit | None:
    """Take the last change back, if it is the one that made `revision`; None when there is none left to take back.

    Raises Overtaken when somebody has changed the draft since."""
    survey = locked(actor, survey)
    if survey.draft_revision != revision:
        raise Overtaken
    last = survey.edits.select_related("made_by").order_by("-revision").first()
    if last is None:
        return None
    _write(survey, from_json(last.before))
    last.delete()
    record(actor, "surveys.undo", survey)
    return last
