"""The dossier: everything at hand on one page that also prints; and the clocks, wherever they have to be seen."""

from django.contrib import messages as notices
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import Role
from madoguchi.accounts.request import user_of
from madoguchi.core import clock
from madoguchi.desk.models import Conversation
from madoguchi.desk.views.asked import as_number, is_partial, one
from madoguchi.emergency import actions
from madoguchi.emergency.actions import look
from madoguchi.emergency.forms import ConfirmForm, DecideForm
from madoguchi.emergency.models import Emergency, Notice

NOT_REACHED = gettext_lazy("この緊急のまとめは、もう終わっているか、あなたの担当ではありません。")
NOT_CONFIRMED = gettext_lazy("確認した相手と、決めてから今までの時刻を入れてください。")
MOST = 20


@require_POST
def open_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`pk`: the talk. One key."""
    try:
        emergency = actions.open_dossier(user_of(request), pk)
    except actions.NotReached:
        raise Http404 from None
    return redirect("emergency:dossier", emergency.pk)


@never_cache
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    return _drawn(request, _one(request, pk))


def _one(request: HttpRequest, pk: int) -> Emergency:
    visible = Emergency.objects.visible_to(user_of(request)).select_related(
        *("conversation__contact", "conversation__owner", "conversation__channel"),
        *("conversation__first_message", "opened_by", "decided_by"),
    )
    return get_object_or_404(visible, pk=pk)


def _drawn(request: HttpRequest, emergency: Emergency, status: int = 200, **more: object) -> HttpResponse:
    user = user_of(request)
    context = {
        "dossier": look.dossier(user, emergency),
        "emergency": emergency,
        "conversation": emergency.conversation,
        "now": clock.now(),
        "reads_talk": Conversation.objects.visible_to(user).filter(pk=emergency.conversation_id).exists(),
        "may_withdraw": emergency.state == "preparing" or user.has_role([Role.SUPERVISOR]),
        "chosen": [],
        **more,
    }
    return render(request, "emergency/dossier.html", context, status=status)


@require_POST
def quote(request: HttpRequest, pk: int) -> HttpResponseBase:
    number = as_number(request.POST.get("number", ""))
    try:
        if number is None:
            raise actions.NotReached
        actions.quote(user_of(request), pk, number, is_quoted=request.POST.get("quoted") == "yes")
    except actions.NotReached:
        raise Http404 from None
    if not is_partial(request):
        return redirect("emergency:dossier", pk)
    emergency = _one(request, pk)
    return render(request, "emergency/_quotes.html", {"dossier": look.dossier(user_of(request), emergency)})


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was typed stays on the page until it is taken."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        typed = {"reason": request.POST.get("reason", ""), "chosen": form.chosen}
        return _drawn(request, _one(request, pk), 422, form_error=_first(form), **typed)
    try:
        actions.decide(user_of(request), pk, form.cleaned_data["reason"], form.chosen)
    except (actions.NotReached, actions.Unfit):
        return _refused(request, pk, NOT_REACHED)
    notices.success(request, _("通告を決めたことを残しました。電話をかけ、確認されたら下に入れてください。"))
    return redirect("emergency:dossier", pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = ConfirmForm(request.POST)
    found = get_object_or_404(Notice, pk=pk, organisation_id=user_of(request).organisation_id)
    emergency = _one(request, found.emergency_id)
    if not form.is_valid():
        return _drawn(request, emergency, 422, confirm_error=_first(form), confirm_pk=pk, typed=request.POST)
    try:
        actions.confirm(user_of(request), pk, **form.cleaned_data)
    except actions.Unfit:
        return _drawn(request, emergency, 422, confirm_error=NOT_CONFIRMED, confirm_pk=pk, typed=request.POST)
    except actions.NotReached:
        return _refused(request, emergency.pk, NOT_REACHED)
    notices.success(request, _("確認を残しました。"))
    return _back_to(request, emergency.pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        emergency = actions.withdraw(user_of(request), pk, request.POST.get("reason", ""))
    except actions.NotReached:
        return _refused(request, pk, NOT_REACHED)
    except actions.Unfit:
        return _refused(request, pk, gettext_lazy("取りやめる理由を、ひとことでも書いてください。"))
    notices.info(request, _("緊急のまとめを閉じました。記録は残ります。"))
    return redirect("desk:conversation", emergency.conversation_id)


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        profile = actions.reveal(user_of(request), pk)
    except actions.NotReached:
        raise Http404 from None
    return render(request, "desk/_name.html", {"profile": profile})


@never_cache
def strip(request: HttpRequest, pk: int) -> HttpResponse:
    """In the talk: the way into the dossier, and the clocks that run for it."""
    conversation = one(request, pk)
    standing = Emergency.objects.visible_to(user_of(request)).filter(conversation=conversation)
    emergency = standing.order_by("-pk").first()
    running = list(emergency.notices.running().order_by("deadline_at")) if emergency else []
    context = {"conversation": conversation, "emergency": emergency, "running": running, "now": clock.now()}
    return render(request, "emergency/_strip.html", context)


@never_cache
def running(request: HttpRequest) -> HttpResponse:
    """Above every page: the clocks that run, of a supervisor's whole team or of the own talks; practice only who holds it."""
    user = user_of(request)
    talk = "emergency__conversation"
    concerns = Q(**{f"{talk}__channel__is_practice": False}) | Q(**{f"{talk}__owner": user})
    found = Notice.objects.running().filter(concerns, emergency__in=Emergency.objects.visible_to(user))
    found = found.select_related("emergency__conversation__contact").order_by("deadline_at")
    return render(request, "emergency/_running.html", {"running": found[:MOST], "now": clock.now()})


def _first(form: ConfirmForm | DecideForm) -> str:
    return str(next(iter(form.errors.values()))[0])


def _back_to(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The last confirmation ends it, and with it the sight of who only telephoned."""
    if Emergency.objects.visible_to(user_of(request)).filter(pk=pk).exists():
        return redirect("emergency:dossier", pk)
    return redirect("desk:index")


def _refused(request: HttpRequest, pk: int, text: str | Promise) -> HttpResponseBase:
    notices.error(request, str(text))
    return _back_to(request, pk)
