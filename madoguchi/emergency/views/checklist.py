"""The checklist beside a grave talk."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from madoguchi.accounts.request import user_of
from madoguchi.desk import actions as desk
from madoguchi.desk.views.asked import TURNED_AWAY, is_partial, one, problem
from madoguchi.emergency import actions
from madoguchi.emergency.actions import look
from madoguchi.emergency.questions import Answer

UNFIT = _("答えをひとつ選んでください。書き添えは1,000文字までです。")


@never_cache
def checklist(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`pk`: the talk. POST: `item`, `answer`, `words`."""
    user = user_of(request)
    if request.method == "POST":
        values = (request.POST.get(name, "") for name in ("item", "answer", "words"))
        try:
            actions.tick(user, pk, *values)
        except desk.NotYours:
            return problem(request, TURNED_AWAY, None)
        except actions.Unknown:
            return problem(request, UNFIT, pk)
        if not is_partial(request):
            return redirect("desk:conversation", pk)
    found = one(request, pk)
    context = {"conversation": found, "answers": Answer.choices, **look.checklist(user, found)}
    return render(request, "emergency/_checklist.html", context)
