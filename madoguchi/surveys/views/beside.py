"""One friend's answers, as a part of a page: beside the talk (the desk asks for it), and on the friend's own page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from madoguchi.accounts.models import Role
from madoguchi.accounts.request import user_of
from madoguchi.contacts.models import Contact
from madoguchi.contacts.models.attribute import TALK
from madoguchi.surveys import reach
from madoguchi.surveys.actions.reading_beside import read_beside, version
from madoguchi.surveys.models import SurveyQuerySet


@never_cache
def of_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """On the friend's page. A counsellor reads the answers of those whose talk may be read, which the desk knows."""
    user = user_of(request)
    contact = get_object_or_404(Contact.objects.visible_to(user), pk=pk)
    if user.has_role(TALK) and not user.has_role([Role.SUPERVISOR]):
        context: dict[str, Any] = {"contact": contact, "is_elsewhere": True}
    else:
        context = _drawn(request, contact, reach.readable(user), "surveys:part-of-contact")
    return render(request, "surveys/_beside_page.html", context)


@never_cache
def part_of_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The live part of the same, for those who may read every talk, or only what was asked for deliveries."""
    user = user_of(request)
    contact = get_object_or_404(Contact.objects.visible_to(user), pk=pk)
    return part(request, contact, reach.readable(user), "surveys:part-of-contact")


def part(request: HttpRequest, contact: Contact, surveys: SurveyQuerySet, route: str) -> HttpResponse:
    """The answers to these surveys: 204 while what the tab shows (`?version=`) is still so, and then nothing is opened.
    `route`: where the tab asks again. The caller has made sure that this person may read them."""
    if request.GET.get("version") == version(contact, surveys):
        return HttpResponse(status=204)
    return render(request, "surveys/_beside.html", _drawn(request, contact, surveys, route))


def _drawn(request: HttpRequest, contact: Contact, surveys: SurveyQuerySet, route: str) -> dict[str, Any]:
    now = version(contact, surveys)
    beside = read_beside(user_of(request), contact, surveys)
    return {"contact": contact, "beside": beside, "version": now, "route": route}
