"""The live board: what a supervisor sees at a glance, on the desk and on the wall."""

from collections.abc import Callable

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import User
from madoguchi.accounts.request import user_of
from madoguchi.desk import actions as desk
from madoguchi.desk import calling
from madoguchi.desk.views.asked import as_number
from madoguchi.supervision import actions
from madoguchi.supervision.board import MOST, board


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "supervision/board.html", _context(request))


@never_cache
def now(request: HttpRequest) -> HttpResponse:
    """The board alone, for whoever shows it already."""
    return render(request, "supervision/_board.html", _context(request))


def _context(request: HttpRequest) -> dict[str, object]:
    user = user_of(request)
    shown = board(user.organisation_id)
    call = calling.counted(user, anybody_is_free=shown.anybody_is_free)
    return {"board": shown, "most": MOST, "call": call}


@require_POST
def hold(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    return _switched(
        request, channel_pk, actions.hold_queue, _("列を止めました。割り当てるまで、だれも担当できません。")
    )


@require_POST
def release(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    return _switched(
        request, channel_pk, actions.release_queue, _("列を動かしました。相談員が自分で担当できます。")
    )


def _switched(
    request: HttpRequest, channel_pk: int, act: Callable[[User, int], object], done: str
) -> HttpResponseBase:
    try:
        act(user_of(request), channel_pk)
    except desk.NotYours:
        raise Http404 from None
    notices.success(request, done)
    return redirect("supervision:board")


@require_POST
def deal(request: HttpRequest) -> HttpResponseBase:
    """`talk`: waiting talks, `to`: people; none of these: evenly among those at the desk."""
    talks, people = (_numbers(request, name) for name in ("talk", "to"))
    if not talks:
        notices.error(request, _("割り当てる相談を選んでから、もう一度押してください。"))
        return redirect("supervision:board")
    dealt = actions.deal_out(user_of(request), talks, [] if "evenly" in request.POST else people)
    if dealt.given:
        notices.success(request, _("%(count)s件を割り当てました。") % {"count": len(dealt.given)})
    if dealt.gone:
        notices.info(
            request, _("%(count)s件は、先にほかの人が担当したか、終わっています。") % {"count": dealt.gone}
        )
    if dealt.left:
        notices.warning(
            request,
            _(
                "%(count)s件は、手の空いた人がいないので列に残しました。人を選ぶと、上限を超えても割り当てられます。"
            )
            % {"count": dealt.left},
        )
    return redirect("supervision:board")


def _numbers(request: HttpRequest, name: str) -> list[int]:
    found = (as_number(value) for value in request.POST.getlist(name))
    return [number for number in found if number is not None]
