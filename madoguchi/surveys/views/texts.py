"""What friends wrote in their own words, page by page, the newest first. Each page that is read is on the record."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.surveys import narrowing, reach
from madoguchi.surveys.actions import look
from madoguchi.surveys.counting import Column
from madoguchi.surveys.definition import Kind
from madoguchi.surveys.models import Survey
from madoguchi.surveys.views.answers import frame

PAGE = 30
WRITTEN = frozenset({Kind.TEXT, Kind.PLACE})
LONGEST_SEARCH = 100


@never_cache
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """`?question=q4`: the answers to one question."""
    survey, column = _asked(request, pk)
    looked_at = narrowing.read(request.GET)
    found = look.in_own_words(survey, column.question, looked_at)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    said = look.read(user_of(request), survey, column.question, list(page.object_list))
    return render(
        request, "surveys/texts.html", _context(request, survey, column) | {"page": page, "said": said}
    )


@require_POST
@never_cache
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Search, by a post: the words looked for stand in no address."""
    survey, column = _asked(request, pk)
    searched = request.POST.get("words", "").strip()[:LONGEST_SEARCH]
    looked_at = narrowing.read(request.GET)
    found = look.find(user_of(request), survey, column.question, looked_at, searched) if searched else None
    context = {"searched": searched, "found": found, "said": found.said if found else []}
    return render(request, "surveys/texts.html", _context(request, survey, column) | context)


def _context(request: HttpRequest, survey: Survey, column: Column) -> dict[str, Any]:
    columns = reach.columns(user_of(request), survey)
    written = [(number, one) for number, one in enumerate(columns, 1) if one.question.kind in WRITTEN]
    return frame(request, survey, narrowing.read(request.GET)) | {"column": column, "written": written}


def _asked(request: HttpRequest, pk: int) -> tuple[Survey, Column]:
    """The survey and the question, if this person may read its single answers; 404 otherwise."""
    survey = get_object_or_404(reach.readable(user_of(request)).select_related("version"), pk=pk)
    key = request.GET.get("question", "")
    columns = reach.columns(user_of(request), survey)
    found = next(
        (one for one in columns if one.question.kind in WRITTEN and key in ("", one.question.key)), None
    )
    if found is None:
        raise Http404
    return survey, found
