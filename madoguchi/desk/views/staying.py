"""What a held talk goes through before it ends, and after: one form, one action each, then the talk as it is now."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import Role, User
from madoguchi.accounts.request import user_of
from madoguchi.desk import actions
from madoguchi.desk.forms import LaterForm
from madoguchi.desk.models import Conversation
from madoguchi.desk.views.asked import (
    ONLY_IN_TURN,
    TURNED_AWAY,
    first_error,
    is_partial,
    number,
    one,
    problem,
    too_much,
)
from madoguchi.desk.views.talk import head

P = ParamSpec("P")
NOT_NOW = gettext_lazy("いまの状態ではできません。相談の状態が変わっていないか、画面を確かめてください。")
ANOTHER_BEGAN = gettext_lazy("相手はもう新しい相談を始めています。新しいほうを開いて続けてください。")


def _done(
    request: HttpRequest,
    pk: int,
    act: Callable[Concatenate[User, int, P], Conversation],
    *args: P.args,
    **kwargs: P.kwargs,
) -> HttpResponseBase:
    """The act, then the parts of the talk that look different now."""
    try:
        act(user_of(request), pk, *args, **kwargs)
    except actions.NotYours:
        return problem(request, TURNED_AWAY, pk)
    except actions.NotNow:
        return problem(request, NOT_NOW, pk)
    if not is_partial(request):
        return redirect("desk:conversation", pk)
    return render(request, "desk/_state.html", head(request, one(request, pk)))


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _done(request, pk, actions.put_on_hold)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _done(request, pk, actions.resume)


@require_POST
def wrap_up(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _done(request, pk, actions.wrap_up)


@require_POST
def later(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = LaterForm(request.POST)
    if not form.is_valid():
        return problem(request, first_error(form), pk)
    return _done(request, pk, actions.answer_later, form.cleaned_data["by"])


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A person says that the talk is grave, or that it is not."""
    return _done(request, pk, actions.judge, is_grave=request.POST.get("grave") == "yes")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        actions.reopen(user_of(request), pk, insists=user_of(request).has_role([Role.SUPERVISOR]))
    except actions.HandsFull as full:
        return problem(request, too_much(full), pk)
    except actions.NotYours:
        return problem(request, TURNED_AWAY, pk)
    except actions.NotNow:
        return problem(request, ANOTHER_BEGAN, pk)
    return redirect("desk:conversation", pk)


@require_POST
def nothing(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One tap: nobody spoke, a prank, a mistake."""
    try:
        closed = actions.close_as_nothing(user_of(request), pk, through=number(request, "through"))
    except (actions.NotYours, actions.AlreadyTaken, Conversation.DoesNotExist):
        return problem(request, TURNED_AWAY, pk)
    except actions.OnlyInTurn:
        return problem(request, ONLY_IN_TURN, None)
    except actions.SomethingNew:
        return problem(request, SOMETHING_NEW_HERE, pk)
    notices.success(
        request, _("相談 %(number)s を「相談ではなかった」で終えました。") % {"number": closed.number}
    )
    return redirect("desk:index")


SOMETHING_NEW_HERE = gettext_lazy(
    "新しいメッセージか、まだ確かめていない重大なサインがあります。読んで確かめてから、もう一度押してください。"
)
