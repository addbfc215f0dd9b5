"""The door from LIFF: the page inside LINE proves to LINE who holds the phone, and leads on to the form.

Nothing that the page says of a person is believed: it hands over LINE's raw ID token, and LINE is asked whose it is. One
address a LIFF app, /liff/<LIFF ID>/<survey's token>?from=<origin's key>; LINE opens it without the rest first.
"""

from urllib.parse import urlsplit

from asgiref.sync import async_to_sync
from csp.decorators import csp_update
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from madoguchi.channels import logins
from madoguchi.channels.models import Channel
from madoguchi.core import walls
from madoguchi.surveys.actions import arriving
from madoguchi.surveys.actions.answering import NotAnswerable
from madoguchi.surveys.definition import Wording
from madoguchi.surveys.models import Survey
from madoguchi.surveys.public.opened import framed, gone, private


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


IS_LINES_OWN = _origin(settings.LIFF_SDK_URL) == "https://static.line-scdn.net"
SCRIPTS = (
    ["https://static.line-scdn.net", "https://liffsdk.line-scdn.net"]
    if IS_LINES_OWN
    else [_origin(settings.LIFF_SDK_URL)]
)
CALLS = (
    [
        "https://api.line.me",
        "https://access.line.me",
        "https://liff.line.me",
        "https://liffsdk.line-scdn.net",
    ]
    if IS_LINES_OWN
    else SCRIPTS
)


@csrf_exempt  # LINE's token is the proof, and no cookie speaks for anybody
@framed
@csp_update({"script-src": SCRIPTS, "connect-src": CALLS})  # type: ignore[arg-type]
def door(request: HttpRequest, liff_id: str, survey: str = "") -> HttpResponse:
    with walls.everywhere():
        channel = Channel.objects.exclude(liff_id="").filter(liff_id=liff_id).first()
    if channel is None:
        return private(gone(request))
    with walls.within(channel.organisation_id):
        asked = Survey.objects.filter(token=survey).first() if survey else None
        if survey and asked is None:
            return private(gone(request))
        if request.method == "POST" and asked is not None:
            return private(_let_in(request, channel, asked))
        context = {"channel": channel, "sdk": settings.LIFF_SDK_URL, "wording": Wording.JA}
        return private(render(request, "surveys/public/liff.html", context))


def _let_in(request: HttpRequest, channel: Channel, survey: Survey) -> HttpResponse:
    """{"address": where the form is}, or {"sentence": why not}. No database connection is held while LINE is asked."""
    connection.close()
    try:
        person = async_to_sync(logins.identify)(channel, request.POST.get("id_token", ""))
    except logins.NotIdentified as failure:
        return JsonResponse({"sentence": failure.sentence}, status=422)
    try:
        address = arriving.arrive(channel, survey, person.user_id, request.POST.get("from", ""))
    except NotAnswerable as refusal:
        return JsonResponse({"sentence": refusal.sentence}, status=422)
    if not address:
        return JsonResponse({"sentence": _("いまは開けません。")}, status=422)
    return JsonResponse({"address": address})
