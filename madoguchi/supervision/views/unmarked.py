"""Grave talks that no rule had marked: a person saw it first. From them the list of words learns."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from madoguchi.accounts.models import User
from madoguchi.accounts.request import user_of
from madoguchi.desk.models import Alert, AlertKind, Conversation
from madoguchi.desk.views.asked import as_number

PAGE = 30


def unmarked(request: HttpRequest) -> HttpResponse:
    found = seen_by_people(user_of(request))
    search = request.GET.get("q", "").strip()[:40]
    if search:
        number = as_number(search)
        by_name = found.filter(contact__handle__icontains=search)
        found = by_name if number is None else found.filter(number=number)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "supervision/unmarked.html", {"page": page, "search": search})


def seen_by_people(user: User) -> QuerySet[Conversation]:
    """Held to be grave by a person's word, without a sign that a rule had found until then; the newest first."""
    before = Alert.objects.filter(
        conversation=OuterRef("pk"), kind=AlertKind.SIGN, raised_at__lte=OuterRef("grave_at")
    )
    judged = Conversation.objects.visible_to(user).filter(grave_at__isnull=False, grave_by__isnull=False)
    return (
        judged.exclude(Exists(before))
        .select_related("contact", "grave_by", "owner", "channel")
        .order_by("-grave_at", "-pk")
    )
