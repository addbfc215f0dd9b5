"""Answers leave the house as a file: with a reason, on the record before the first byte, and with both written into the file."""

from django.db import transaction
from django.db.models import Max

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.surveys.models import Export, Survey
from madoguchi.surveys.narrowing import Narrowing


@transaction.atomic
def export(
    actor: User, survey: Survey, looked_at: Narrowing, *, form: str, reason: str, is_personal: bool
) -> tuple[Export, int]:
    """Record that the submissions looked at are taken along. Returns the record, and the id of the newest submission among
    them: what is begun after this moment is not in the file."""
    submissions = looked_at.submissions(survey)
    made = Export.objects.create(
        organisation_id=survey.organisation_id,
        survey=survey,
        made_by=actor,
        reason=reason,
        form=form,
        is_personal=is_personal,
        submissions=submissions.count(),
    )
    made.refresh_from_db()
    newest = submissions.aggregate(last=Max("pk"))["last"] or 0
    record(
        actor, "surveys.export", survey,
        export=made.pk, submissions=made.submissions, kind=form, is_personal=is_personal,
    )  # fmt: skip
    return made, newest
