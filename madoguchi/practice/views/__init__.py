"""Choosing a script, watching it play, stopping it, looking back."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import Role
from madoguchi.accounts.request import user_of
from madoguchi.practice import actions
from madoguchi.practice.looking_back import look_back
from madoguchi.practice.models import Practice
from madoguchi.practice.script import scripts

PAGE = 30


@never_cache
def practices(request: HttpRequest) -> HttpResponse:
    """`?q=`: scripts whose title or description has these words."""
    user, search = user_of(request), request.GET.get("q", "").strip()
    rows = Practice.objects.filter(organisation_id=user.organisation_id).select_related("started_by")
    if not user.has_role([Role.SUPERVISOR]):
        rows = rows.filter(started_by=user)
    page = Paginator(rows.order_by("-started_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    known = scripts()
    shown = [
        (one, known.get(one.script), len(known[one.script].steps) if one.script in known else 0)
        for one in page
    ]
    chosen = [one for one in known.values() if search in one.title + one.about + one.who]
    context = {"scripts": chosen, "rows": shown, "page": page, "search": search}
    return render(request, "practice/practices.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponseBase:
    try:
        actions.start(user_of(request), request.POST.get("script", ""))
    except actions.Unknown:
        notices.error(request, _("この台本はありません。一覧から選び直してください。"))
    except actions.TooMany:
        notices.error(request, _("同時にできる練習は20件までです。ひとつ止めてから始めてください。"))
    else:
        notices.success(request, _("練習が始まりました。数秒で、相談デスクの「待っている人」に現れます。"))
    return redirect("practice:practices")


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        actions.stop(user_of(request), pk)
    except actions.Unknown:
        notices.error(request, _("この練習は止められません。始めた人かスーパーバイザーが止められます。"))
    return redirect("practice:practices")


@never_cache
def back(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    rows = Practice.objects.filter(organisation_id=user.organisation_id)
    if not user.has_role([Role.SUPERVISOR]):
        rows = rows.filter(started_by=user)
    found = get_object_or_404(rows.select_related("channel"), pk=pk)
    script = scripts().get(found.script)
    context = {"practice": found, "script": script, "back": look_back(found, user)}
    return render(request, "practice/back.html", context)
