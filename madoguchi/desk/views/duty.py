"""Who is at the desk: a counsellor says so, and an open desk shows that it still is."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.desk import actions
from madoguchi.desk.models import DutyState
from madoguchi.desk.views.asked import is_partial
from madoguchi.desk.views.talk import lists_of


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
    """The desk stands open on a screen: each half minute."""
    actions.was_seen(user_of(request))
    return HttpResponse(status=204)
