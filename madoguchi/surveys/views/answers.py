"""What friends answered, as counts: question by question, and two questions against each other. Counts hold nobody's words;
what people wrote is read in views.texts, on the record."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from madoguchi.accounts.request import user_of
from madoguchi.contacts.models import Option
from madoguchi.contacts.municipalities import TOKYO
from madoguchi.surveys import counting, reach
from madoguchi.surveys.charts import Cell, Chart, cell, chart
from madoguchi.surveys.counting import Column
from madoguchi.surveys.crosstab import cross_table
from madoguchi.surveys.definition import Kind, Wording
from madoguchi.surveys.models import Submission, Survey, Way
from madoguchi.surveys.narrowing import Narrowing
from madoguchi.surveys.views.asked import is_partial


def one(request: HttpRequest, pk: int) -> Survey:
    """The survey, if this person may see its counts; 404 otherwise."""
    return get_object_or_404(reach.countable(user_of(request)).select_related("version"), pk=pk)


@never_cache
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, or the part that is live when htmx asks for it: 204 while what the tab shows (`?counted=`) is still so."""
    user, survey = user_of(request), one(request, pk)
    looked_at = reach.looked_at(user, survey, request.GET)
    overview = counting.overview(looked_at.submissions(survey))
    if is_partial(request) and request.GET.get("counted") == overview.version:
        return HttpResponse(status=204)
    sees_small, columns = reach.sees_small_counts(user, survey), reach.columns(user, survey)
    tallies = counting.tallies(survey, looked_at, columns)
    areas = area_names(survey, columns)
    charts = [
        chart(column, number, tallies[column.name], sees_small=sees_small, areas=areas)
        for number, column in enumerate(columns, 1)
    ]
    context = frame(request, survey, looked_at) | {
        "overview": overview,
        "parts": parts(overview, sees_small=sees_small),
        "charts": charts,
        "most_left": most_left(charts),
        "pulls": _pulls(request, overview.version),
    }
    return render(
        request, "surveys/_answers.html" if is_partial(request) else "surveys/answers.html", context
    )


def frame(request: HttpRequest, survey: Survey, looked_at: Narrowing) -> dict[str, Any]:
    """What every page about answers draws around its own."""
    user, kept = user_of(request), request.GET.copy()
    for name in ("counted", "page"):
        kept.pop(name, None)
    return {
        "survey": survey,
        "looked_at": looked_at,
        "versions": survey.versions.order_by("-number"),
        "wordings": [(Wording.JA, "日本語"), (Wording.PLAIN, "やさしい日本語"), (Wording.EN, "English")],
        "ways": Way.choices,
        "sees_small": reach.sees_small_counts(user, survey),
        "repeats": Submission.objects.filter(survey=survey, turn__gt=1).exists(),
        "may_read": reach.readable(user).filter(pk=survey.pk).exists(),
        "query": kept.urlencode(),
    }


def _pulls(request: HttpRequest, version: str) -> str:
    """The query with which the live part asks whether anything was answered since."""
    query = request.GET.copy()
    query["counted"] = version
    return query.urlencode()


def parts(overview: counting.Overview, *, sees_small: bool) -> list[tuple[str, Cell]]:
    """What became of those who began, by state."""
    states = ("finished", "under_way", "paused", "dropped")
    return [
        (state, cell(getattr(overview, state), overview.begun, sees_small=sees_small)) for state in states
    ]


def most_left(charts: list[Chart]) -> Chart | None:
    """Where most have stopped."""
    found = max(charts, key=lambda one: one.left.count or 0, default=None)
    return found if found and found.left.count else None


def area_names(survey: Survey, columns: list[Column]) -> dict[str, str]:
    """Names of the area codes that postcodes were turned into: the attributes' own, and those of Tokyo."""
    keys = [column.question.attribute for column in columns if column.question.kind is Kind.POSTCODE]
    if not keys:
        return {}
    named = Option.objects.filter(attribute__organisation_id=survey.organisation_id, attribute__key__in=keys)
    return {each.code: each.name for each in TOKYO} | dict(named.values_list("code", "name"))


@never_cache
def cross(request: HttpRequest, pk: int) -> HttpResponse:
    """`?row=q1&column=q3`: two questions against each other, with the shares of each row."""
    user, survey = user_of(request), one(request, pk)
    looked_at, columns = reach.looked_at(user, survey, request.GET), reach.columns(user, survey)
    crossed = [(number, each) for number, each in enumerate(columns, 1) if each.can_be_crossed]
    row, column = _chosen(request, crossed, "row", 0), _chosen(request, crossed, "column", 1)
    context = frame(request, survey, looked_at) | {"crossed": crossed, "row": row, "column": column}
    if row and column and row != column:
        found = counting.crossing(survey, looked_at, row, column)
        sees_small, areas = reach.sees_small_counts(user, survey), area_names(survey, [row, column])
        context["table"] = cross_table(row, column, found, sees_small=sees_small, areas=areas)
    return render(request, "surveys/_cross.html" if is_partial(request) else "surveys/cross.html", context)


def _chosen(request: HttpRequest, crossed: list[tuple[int, Column]], name: str, place: int) -> Column | None:
    """The question that was asked for, or the one at this place; 404 for one that there is not."""
    asked = request.GET.get(name, "")
    if not asked:
        return crossed[place][1] if len(crossed) > place else None
    found = next((each for _number, each in crossed if each.question.key == asked), None)
    if found is None:
        raise Http404
    return found
