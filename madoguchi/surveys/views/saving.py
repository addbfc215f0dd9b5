"""Writing a change into the draft as it stands now, so that changes to different questions both stay."""

from collections.abc import Callable

from madoguchi.accounts.models import User
from madoguchi.surveys import actions
from madoguchi.surveys.actions.drafts import FIELDS
from madoguchi.surveys.definition import Definition
from madoguchi.surveys.editing import fingerprint
from madoguchi.surveys.models import Edit, Survey

TRIES = 5  # somebody else may save between our reading and our writing


class Conflict(Exception):
    """Somebody else has changed this very place since the page was drawn. `edit`: theirs, if it is still known."""

    def __init__(self, survey: Survey, edit: Edit | None) -> None:
        super().__init__("changed elsewhere")
        self.survey = survey
        self.edit = edit


def save(
    user: User,
    survey: Survey,
    change: Callable[[Definition], Definition],
    *,
    place: str = "",
    what: str = FIELDS,
    base: str | None = None,
) -> Survey:
    """Apply `change` to the newest draft. `base`: the fingerprint of `place` that the page was drawn from; raises Conflict
    when it is another now. A change that changes nothing is not written."""
    for _attempt in range(TRIES):
        survey = Survey.objects.of(user).select_related("version", "organisation").get(pk=survey.pk)
        before = survey.draft_definition
        after = change(before)
        if after == before:
            return survey
        if base is not None and fingerprint(before, place) != base:
            raise Conflict(survey, _by_another(survey, place))
        try:
            saved = actions.save_draft(user, survey, after, survey.draft_revision, place=place, what=what)
        except actions.Overtaken:
            continue
        saved.version = survey.version
        return saved
    raise Conflict(survey, _by_another(survey, place))


def _by_another(survey: Survey, place: str) -> Edit | None:
    here = survey.edits.filter(place=place).select_related("made_by").order_by("-revision").first()
    return here or latest(survey)


def latest(survey: Survey) -> Edit | None:
    """The change that made the present draft, if it is still known."""
    return survey.edits.select_related("made_by").order_by("-revision").first()
