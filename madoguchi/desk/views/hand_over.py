"""Handing a talk over: asked for, accepted, declined, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import User
from madoguchi.accounts.request import user_of
from madoguchi.desk import actions
from madoguchi.desk.forms import HandOverForm, hand_over_choices
from madoguchi.desk.views.asked import TURNED_AWAY, first_error, is_partial, one, problem, too_much

ALREADY = gettext_lazy("この相談は、もうほかの人に引き継ぎを頼んでいます。取り下げてから頼み直してください。")
ENDED = gettext_lazy("この引き継ぎはもう終わっています。一覧を確かめてください。")


@never_cache
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Whom one can ask, for the dialog; POST asks."""
    user = user_of(request)
    if request.method != "POST":
        context = {"conversation": one(request, pk), "hand_over_choices": hand_over_choices(user)}
        return render(request, "desk/_hand_over.html", context)
    form = HandOverForm(user, request.POST)
    if not form.is_valid():
        return problem(request, first_error(form), pk)
    try:
        actions.hand_over(user, pk, form.cleaned_data["words"], **form.whom())
    except actions.NotYours:
        return problem(request, TURNED_AWAY, pk)
    except actions.NotNow:
        return problem(request, ALREADY, pk)
    notices.info(request, _("引き継ぎを頼みました。受けてもらうまでは、あなたの担当です。"))
    return redirect("desk:conversation", pk)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        conversation = actions.accept(user_of(request), pk, insists=request.POST.get("insists") == "yes")
    except actions.NotYours:
        return problem(request, ENDED, None)
    except actions.HandsFull as full:
        return problem(request, too_much(full), None)
    return redirect("desk:conversation", conversation.pk)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _ended(request, pk, actions.decline)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _ended(request, pk, actions.withdraw)


def _ended(request: HttpRequest, pk: int, act: Callable[[User, int], Any]) -> HttpResponseBase:
    try:
        asked = act(user_of(request), pk)
    except actions.NotYours:
        return problem(request, ENDED, None)
    visible = asked.conversation.owner_id == user_of(request).pk
    return redirect("desk:conversation", asked.conversation_id) if visible else redirect("desk:index")


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How a hand-over ended was read."""
    try:
        actions.see_end(user_of(request), pk)
    except actions.NotYours:
        return problem(request, ENDED, None)
    return HttpResponse(status=204) if is_partial(request) else redirect("desk:index")
