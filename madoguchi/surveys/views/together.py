"""Several people at one survey: who else is writing in it now, and whether it is another since this page was drawn.

Nobody announces anything: what is saved says who is at work, and saving is what a tab hears of (`building-<id>`)."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from madoguchi.accounts.models import User
from madoguchi.accounts.request import user_of
from madoguchi.core import clock
from madoguchi.surveys.definition import Definition
from madoguchi.surveys.models import Edit, Survey
from madoguchi.surveys.views import asked

AT_WORK = timedelta(seconds=60)  # who saved something within this time is still writing


@dataclass(frozen=True)
class Hand:
    """Another person's latest change. `where`: what was changed, in words."""

    edit: Edit
    where: str


@dataclass(frozen=True)
class Hands:
    """`seen`: the draft's revision that the page shows. `changed`: the latest change since then by somebody else.
    `is_stale`: there was one, even if it is not known any more whose. `open`: the card that stays open."""

    seen: int
    writing: list[Hand]
    changed: Hand | None
    is_stale: bool
    open: str = ""


def hands(request: HttpRequest, pk: int) -> HttpResponse:
    """The hint on its own, for the page that follows the survey."""
    found = asked.one(request, pk)
    seen = asked.number(request, "seen")
    shown = at_work(
        user_of(request), found, seen, request.GET.get("open", "")[:12], was_stale="stale" in request.GET
    )
    return render(request, "surveys/_hands.html", {"survey": found, "hands": shown})


def at_work(user: User, survey: Survey, seen: int, open_key: str = "", *, was_stale: bool = False) -> Hands:
    definition = survey.draft_definition
    others = survey.edits.exclude(made_by=user).select_related("made_by").order_by("-revision")
    latest: dict[int, Edit] = {}
    for edit in others.filter(made_at__gt=clock.of_database() - AT_WORK):
        latest.setdefault(edit.made_by_id, edit)
    newest = others.filter(revision__gt=seen).first()
    return Hands(
        seen,
        [Hand(edit, _where(definition, edit.place)) for edit in latest.values()],
        Hand(newest, _where(definition, newest.place)) if newest else None,
        was_stale or newest is not None or _was_taken_back(survey, seen),
        open_key,
    )


def _was_taken_back(survey: Survey, seen: int) -> bool:
    """A change that was undone leaves no trace but the revision."""
    newest = survey.edits.order_by("-revision").values_list("revision", flat=True).first()
    return survey.draft_revision > max(seen, newest or 0)


def _where(definition: Definition, place: str) -> str:
    keys = [question.key for question in definition.questions]
    if place in keys:
        return _("質問%(number)s") % {"number": keys.index(place) + 1}
    words = {"intro": _("名前とはじめの言葉"), "closing": _("おわりの言葉")}
    return words.get(place, _("アンケート"))
