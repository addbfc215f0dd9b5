"""What the screens of friends share."""

from django.http import Http404, HttpRequest


def is_partial(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def number(request: HttpRequest, name: str) -> int | None:
    """A number of the address; None for anything else."""
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None


def word(request: HttpRequest, allowed: set[str]) -> str:
    """What a button of the page asks to do; 404 for anything that no button says."""
    asked = request.POST.get("do", "")
    if asked not in allowed:
        raise Http404
    return asked
