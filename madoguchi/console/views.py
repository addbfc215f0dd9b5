"""The first page, the health check, and the pages for what is absent or broken."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.console.context import NAVIGATION


def home(request: HttpRequest) -> HttpResponseBase:
    """The first page this user may open; a plain one that says so when the roles open none."""
    user = user_of(request)
    first = next((route for route, _label, _icon in NAVIGATION if may(user, route)), None)
    return redirect(first) if first else render(request, "console/nothing.html")


def health(_request: HttpRequest) -> HttpResponse:
    """200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Denied looks exactly like absent."""
    del exception
    return render(request, "404.html", status=404)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that has no right form, or that came by a name which is not ours."""
    del request, exception
    return HttpResponse(render_to_string("400.html"), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the request, its session or its user: one of them may be what broke."""
    del request
    return HttpResponse(render_to_string("500.html"), status=500)
