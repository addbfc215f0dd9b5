"""Where friends come from: the links and QR codes of posters, schools and sites, and what they brought."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.contacts import actions
from madoguchi.contacts.forms import OriginForm, RenameForm
from madoguchi.contacts.models import Contact, Origin, OriginVisit
from madoguchi.contacts.views.asked import word
from madoguchi.core import clock, qr

DAYS = 30


def _ours(request: HttpRequest) -> QuerySet[Origin]:
    return Origin.objects.filter(organisation_id=user_of(request).organisation_id).select_related("channel")


def _counted(found: QuerySet[Origin]) -> QuerySet[Origin]:
    """With how often the link was opened, how many friends came by it, and how many of these blocked us since."""
    visits = OriginVisit.objects.filter(origin=OuterRef("pk")).order_by().values("origin")
    friends = Contact.objects.filter(origin=OuterRef("pk")).order_by().values("origin")
    blocked = Count("pk", filter=Q(blocked_at__isnull=False))
    return found.annotate(
        opened=Coalesce(Subquery(visits.annotate(all=Sum("count")).values("all")), 0),
        came=Coalesce(Subquery(friends.annotate(all=Count("pk")).values("all")), 0),
        left=Coalesce(Subquery(friends.annotate(all=blocked).values("all")), 0),
    ).order_by(F("archived_at").asc(nulls_first=True), "name")


def origins(request: HttpRequest) -> HttpResponseBase:
    """The list, with the form that adds one."""
    user = user_of(request)
    form = OriginForm(user, request.POST or None)
    may_change = may(user, "contacts:arrange-origin")
    if request.method == "POST" and may_change and form.is_valid():
        try:
            made = actions.add_origin(user, form.cleaned_data["channel"], form.cleaned_data["name"])
        except actions.NameTaken:
            form.add_error("name", _("この名前の入口はもうあります。"))
        else:
            return redirect("contacts:origin", made.pk)
    found = list(_counted(_ours(request)))
    context = {
        "origins": [one for one in found if one.archived_at is None],
        "archived": [one for one in found if one.archived_at is not None],
        "form": form,
        "may_change": may_change,
    }
    return render(request, "contacts/origins.html", context)


def origin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One origin: its code to look at and to load down, its link, and what came of it day by day."""
    one = get_object_or_404(_counted(_ours(request)), pk=pk)
    user = user_of(request)
    may_change = may(user, "contacts:arrange-origin")
    form = RenameForm(request.POST or None, initial={"name": one.name})
    if request.method == "POST" and may_change and form.is_valid():
        try:
            actions.rename_origin(user, one, form.cleaned_data["name"])
        except actions.NameTaken:
            form.add_error("name", _("この名前の入口はもうあります。"))
        else:
            messages.success(request, _("入口の名前を変えました。"))
            return redirect("contacts:origin", pk)
    days = _days(one)
    context = {
        "origin": one,
        "form": form,
        "link": link(one),
        "days": days,
        "most": max((count for _day, count in days), default=0) or 1,
        "may_change": may_change,
        "may_see_friends": may(user, "contacts:friends"),
    }
    return render(request, "contacts/origin.html", context)


def _days(one: Origin) -> list[tuple[date, int]]:
    """The last thirty days in Japan, today last, each with its visits."""
    today = clock.jst(clock.now()).date()
    counted = dict(
        one.visits.filter(visited_on__gt=today - timedelta(days=DAYS)).values_list("visited_on", "count")
    )
    every = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    return [(day, counted.get(day, 0)) for day in every]


@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put an origin away, or take it back."""
    one = get_object_or_404(_ours(request), pk=pk)
    act = {"archive": actions.archive_origin, "restore": actions.restore_origin}
    act[word(request, set(act))](user_of(request), one)
    return redirect("contacts:origin", pk)


def link(one: Origin) -> str:
    """The public address that the code holds."""
    return settings.PUBLIC_URL + reverse("contacts:from", args=[one.key])


def svg(request: HttpRequest, pk: int) -> HttpResponse:
    return _code(request, pk, "svg")


def png(request: HttpRequest, pk: int) -> HttpResponse:
    return _code(request, pk, "png")


def _code(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    one = get_object_or_404(_ours(request), pk=pk)
    return qr.answer(request, kind, link(one), one.name, one.key)
