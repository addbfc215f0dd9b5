"""The log, newest first."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from madoguchi.audit import words
from madoguchi.audit.models import Entry

PAGE = 100


def log(request: HttpRequest) -> HttpResponse:
    found = Entry.objects.filter(organisation_id=request.user.organisation_id).order_by("-at", "-pk")  # type: ignore[union-attr]
    search = request.GET.get("q", "").strip()
    if search:
        found = found.filter(
            Q(actor_name__icontains=search)
            | Q(verb__in=_meant(words.VERBS, search))
            | Q(subject_kind__in=_meant(words.KINDS, search))
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/log.html", {"page": page, "search": search})


def _meant(table: dict[str, Any], search: str) -> list[str]:
    """The codes that are shown with these words, or have them in themselves."""
    sought = search.casefold()
    return [code for code, word in table.items() if sought in str(word).casefold() or sought in code]
