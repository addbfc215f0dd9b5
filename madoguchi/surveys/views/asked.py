"""What the builder's views share: the survey that was asked for, and what a button asks to do."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from madoguchi.accounts.request import user_of
from madoguchi.surveys.models import Survey


def one(request: HttpRequest, pk: int) -> Survey:
    """The survey, if this person may see it; 404 otherwise."""
    found = Survey.objects.visible_to(user_of(request)).select_related("version", "organisation")
    return get_object_or_404(found, pk=pk)


def is_partial(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def word(request: HttpRequest, allowed: set[str], name: str = "do") -> str:
    """What a button of the page says; 404 for anything that no button says."""
    asked = request.POST.get(name, "")
    if asked not in allowed:
        raise Http404
    return asked


def number(request: HttpRequest, name: str) -> int:
    """A whole number of the address; 0 when it says none."""
    sent = request.GET.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0


def revision(request: HttpRequest) -> int:
    """Of the draft that the page shows; -1 when it says none."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1
