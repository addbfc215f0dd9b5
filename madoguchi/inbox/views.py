"""The inbox as staff see it: what came, what it became, and what is set aside. Never content."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.inbox import actions
from madoguchi.inbox.models import InboundEvent

PAGE = 100


def events(request: HttpRequest) -> HttpResponse:
    found = InboundEvent.objects.filter(organisation_id=user_of(request).organisation_id).select_related(
        "channel"
    )
    found = found.defer("sealed_body").order_by("-pk")
    show = request.GET.get("show", "")
    if show == "set-aside":
        found = found.filter(set_aside_at__isnull=False)
    if show == "without-thread":
        found = found.filter(finished_at__isnull=False, contact=None)
    search = request.GET.get("q", "").strip()
    if search:
        found = found.filter(kind__icontains=search)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "inbox/events.html", {"page": page, "search": search, "tabs": _tabs(show)})


def _tabs(show: str) -> list[dict[str, object]]:
    kinds = (("", _("すべて")), ("set-aside", _("取り置き")), ("without-thread", _("トークに入らないもの")))
    return [{"label": label, "href": f"?show={name}", "is_current": name == show} for name, label in kinds]


@never_cache
def set_aside(request: HttpRequest) -> HttpResponse:
    """How many events wait for a person, as the notice every page of who may mend it pulls; empty when there are none."""
    found = InboundEvent.objects.filter(
        organisation_id=user_of(request).organisation_id, set_aside_at__isnull=False
    )
    return render(request, "inbox/_set_aside.html", {"count": found.count()})


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.retry(user_of(request), pk)
    except InboundEvent.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("もう一度処理します。うまくいけば一覧から取り置きの印が消えます。"))
    return redirect("inbox:events")
