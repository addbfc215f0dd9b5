"""What a locked screen may still know: how many call, and nothing of whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from madoguchi.accounts import actions as accounts
from madoguchi.accounts import presence
from madoguchi.accounts.request import user_of
from madoguchi.supervision import calling


@never_cache
def calls(request: HttpRequest) -> HttpResponse:
    """Asked for by the locked screen itself, again and again; so the intake knows that its person can still be called."""
    user = user_of(request)
    if presence.is_locked(request.session):
        accounts.rings(user)
    return render(request, "supervision/_locked_calls.html", {"call": calling.counted(user)})
