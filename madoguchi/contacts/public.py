"""The one page of friends without a sign-in: an origin's link, from a poster to the account in LINE.

LINE does not say where somebody comes from who adds an account. So the link is ours: it counts the visit, which is all
that can be known of a stranger, and leads on at once. Who comes by LIFF is known, and keeps the origin (`actions.come_from`).
"""

from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from madoguchi.channels.models import Channel
from madoguchi.contacts.actions import count_visit
from madoguchi.contacts.models import Origin
from madoguchi.core import walls

LINE = "https://line.me"


@require_safe
@never_cache
def origin(request: HttpRequest, key: str) -> HttpResponse:
    with walls.everywhere():
        found = Origin.objects.select_related("channel").filter(key=key).first()
        if found is None:
            raise Http404
        if _is_person(request):
            count_visit(found)
    if not found.channel.basic_id:
        return render(request, "contacts/not_yet.html", status=503)
    answer = HttpResponseRedirect(add_link(found.channel))
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _is_person(request: HttpRequest) -> bool:
    """Not a program that looks ahead, nor one that only asks whether the page is there."""
    return request.method == "GET" and not request.headers.get("Sec-Purpose", "").startswith("prefetch")


def add_link(channel: Channel) -> str:
    """LINE's page that adds an account; in the demo the stand-in platform's."""
    base = settings.LINE_API_BASE if settings.MODE == "demo" else LINE
    return f"{base}/R/ti/p/{quote(channel.basic_id)}"
