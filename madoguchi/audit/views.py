"""The log, newest first."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from madoguchi.audit.models import Entry

PAGE = 100


def log(request: HttpRequest) -> HttpResponse:
    found = Entry.objects.filter(organisation_id=request.user.organisation_id).order_by("-at", "-pk")  # type: ignore[union-attr]
    search = request.GET.get("q", "").strip()
    if search:
        found = found.filter(
            Q(actor_name__icontains=search) | Q(verb__icontains=search) | Q(subject_kind__icontains=search)
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/log.html", {"page": page, "search": search})
