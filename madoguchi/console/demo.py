"""The demo's doors: two desks in one window, and entering as one of its invented counsellors. Absent outside the demo."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from madoguchi.accounts import actions
from madoguchi.accounts.models import User
from madoguchi.core import walls

DOMAIN = "demo.example.jp"
HOST = "desk.localhost"
SIDE_BY_SIDE = ("sato", "suzuki")


def _only_in_the_demo() -> None:
    if settings.MODE != "demo":
        raise Http404


def desks(request: HttpRequest) -> HttpResponseBase:
    """Two counsellors' desks side by side. Each frame has a host of its own (`sato.desk.localhost`), so each has its own
    session; browsers send every `*.localhost` to this machine. The page itself is on `desk.localhost`, because a frame
    of another site is given no cookie."""
    _only_in_the_demo()
    here = urlsplit(f"//{request.get_host()}")
    port = here.port or 80
    if here.hostname != HOST:
        return redirect(f"http://{HOST}:{port}{request.path}")
    with walls.everywhere():
        people = list(User.objects.filter(email__endswith=f"@{DOMAIN}", deactivated_at=None).order_by("pk"))
    doors = [(person, person.email.split("@")[0]) for person in people]
    frames = [
        (person, f"http://{handle}.{HOST}:{port}/demo/{handle}/")
        for person, handle in doors
        if handle in SIDE_BY_SIDE
    ]
    return render(request, "console/demo.html", {"frames": frames, "doors": doors})


def enter(request: HttpRequest, handle: str) -> HttpResponseBase:
    _only_in_the_demo()
    with walls.everywhere():
        user = User.objects.filter(email=f"{handle}@{DOMAIN}", deactivated_at=None).first()
        if user is None:
            raise Http404
        login(request, user)
        actions.entered(user)
    return redirect("console:home")
