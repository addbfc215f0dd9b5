"""Who is at the desk: a counsellor says so, and an open desk shows that it still is."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.desk import actions
from madoguchi.desk.models import DutyState
from madoguchi.desk.views.asked import is_partial, number, one
from madoguchi.desk.views.talk import lists_of, lookers


@require_POST
def report(request: HttpRequest) -> HttpResponseBase:
    state = request.POST.get("state", "")
    if state in DutyState.values:
        actions.report(user_of(request), DutyState(state))
    if not is_partial(request):
        return redirect("desk:index")
    return render(request, "desk/_lists.html", lists_of(request))


@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """The desk stands open on a screen: each half minute, and when something changes. `open`: the talk before the eyes,
    `writing`: somebody writes in it, `left`: the talk that was before it, `gone`: the page
    is being left, which is no sign of anybody being there."""
    user = user_of(request)
    if request.POST.get("gone") != "yes":
        actions.was_seen(user)
    left, shown = number(request, "left"), number(request, "open")
    if left is not None:
        actions.look_away(user, left)
    if shown is not None:
        actions.look_at(user, shown, writes=request.POST.get("writing") == "yes")
    return HttpResponse(status=204)


@never_cache
def looking(request: HttpRequest, pk: int) -> HttpResponse:
    """Which colleagues have this talk before the eyes, and who of them is writing."""
    found = one(request, pk)
    return render(request, "desk/_looking.html", {"conversation": found, "lookers": lookers(request, found)})
