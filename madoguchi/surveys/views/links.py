"""A survey's links and QR codes, an account at a time, with the origin that is to be kept."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Origin
from madoguchi.core import qr
from madoguchi.surveys import doors
from madoguchi.surveys.models import Survey
from madoguchi.surveys.views import asked


@dataclass(frozen=True)
class Handed:
    """An account's links to a survey; `inside` and `page` are empty without a LIFF app."""

    channel: Channel
    origins: list[Origin]
    origin: Origin | None
    inside: str = ""
    page: str = ""


def links(request: HttpRequest, pk: int) -> HttpResponse:
    survey, user = asked.one(request, pk), user_of(request)
    chosen = _origin(request)
    channels = Channel.objects.of(user).order_by("name")
    context = {
        "survey": survey,
        "accounts": [_handed(channel, survey, chosen) for channel in channels],
        "may_arrange": may(user, "contacts:origins"),
    }
    return render(request, "surveys/links.html", context)


def _handed(channel: Channel, survey: Survey, chosen: Origin | None) -> Handed:
    origins = list(Origin.objects.filter(channel=channel, archived_at=None).order_by("name"))
    origin = chosen if chosen and chosen.channel_id == channel.pk else None
    if not channel.liff_id:
        return Handed(channel, origins, origin)
    inside, page = (doors.address(way, channel, survey, origin) for way in doors.WAYS)
    return Handed(channel, origins, origin, inside, page)


def _origin(request: HttpRequest) -> Origin | None:
    """The one that the page was asked for; 404 when it is nobody's here."""
    asked_for = request.GET.get("origin", "")
    if not asked_for:
        return None
    if not asked_for.isascii() or not asked_for.isdecimal() or len(asked_for) > 18:
        raise Http404
    ours = Origin.objects.filter(organisation_id=user_of(request).organisation_id)
    return get_object_or_404(ours, pk=int(asked_for))


def code(request: HttpRequest, pk: int, channel_pk: int, way: str, kind: str) -> HttpResponse:
    """The QR code of one link: `way` as in `doors.WAYS`, `kind` svg or png."""
    survey, origin = asked.one(request, pk), _origin(request)
    channel = get_object_or_404(Channel.objects.of(user_of(request)).exclude(liff_id=""), pk=channel_pk)
    if way not in doors.WAYS or kind not in {"svg", "png"} or (origin and origin.channel_id != channel.pk):
        raise Http404
    name = f"survey-{survey.pk}-{way}" + (f"-{origin.key}" if origin else "")
    return qr.answer(request, kind, doors.address(way, channel, survey, origin), survey.title, name)
