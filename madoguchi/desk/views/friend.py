"""A friend's talks, as a part of the friend's own page: those that this person may read; without content."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from madoguchi.desk.views.asked import visible

MOST = 50


@never_cache
def talks(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk`: the contact. Of a friend who never talked, and of one who is not there, the same."""
    found = visible(request).filter(contact=pk).order_by("-pk")
    return render(request, "desk/_talks.html", {"talks": found[:MOST]})
