"""The first page, the health check, and the pages for what is absent or broken."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render

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


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
