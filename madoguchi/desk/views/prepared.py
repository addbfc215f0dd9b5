"""Answers that are not sent yet, beside the talk and in a list; what their writers and supervisors do with them."""

import json
from collections.abc import Callable

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import User
from madoguchi.accounts.request import user_of
from madoguchi.channels.line.limits import MessageError
from madoguchi.desk import actions
from madoguchi.desk.actions import look
from madoguchi.desk.forms import ChangeForm
from madoguchi.desk.models import Conversation, Prepared
from madoguchi.desk.views.asked import as_number, first_error, is_partial, number, one, problem

PAGE = 30
GONE = gettext_lazy("もう送られたか、ほかの人が決めたあとです。トークで確かめてください。")
SENT = gettext_lazy(
    "取り消しが間に合わず、もう送られました。訂正するときは、そのメッセージの「訂正する」を使ってください。"
)
NOT_YOURS = gettext_lazy("この返事は、いまあなたには変えられません。担当を確かめてください。")
WHEN = gettext_lazy("送る日時は、いまより後で、30日以内にしてください。")
READ_FIRST = gettext_lazy("このあとに友だちが書いています。読んでから、もう一度決めてください。")
OTHER_HANDS = gettext_lazy("担当が変わったので送れません。戻すか、いまの担当の人に伝えてください。")
REMARK = gettext_lazy("何を直すとよいかを、1,000文字までで書いてください。")


def changed_strip(conversation: Conversation) -> dict[str, str]:
    """Headers by which the tab that did it draws the strip anew at once; others hear the hint."""
    return {"HX-Trigger": json.dumps({f"live:beside-{conversation.contact_id}": {}})}


@never_cache
def strip(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not sent yet in a talk: 204 while it is what the tab shows (`?version=`)."""
    user, found = user_of(request), one(request, pk)
    shown = look.prepared(user, found)
    if request.GET.get("version") == shown.version:
        return HttpResponse(status=204)
    return render(request, "desk/_prepared.html", {"conversation": found, "prepared": shown})


def tabs(here: str) -> list[dict[str, object]]:
    """The two pages of the supervisors' word on answers."""
    pages = {"desk:asked": _("返事の確認"), "desk:writing-rules": _("返事の決まり")}
    return [
        {"label": label, "href": reverse(route), "is_current": route == here}
        for route, label in pages.items()
    ]


@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    """What waits for a supervisor's yes in the whole organisation: whose, since when, how grave; without content."""
    user = user_of(request)
    rows = Prepared.objects.filter(organisation_id=user.organisation_id).asked().with_word_after()
    rows = rows.select_related("author", "conversation__contact", "conversation__owner")
    search = request.GET.get("q", "").strip()[:40]
    if search:
        by_number = Q(conversation__number=as_number(search)) if as_number(search) is not None else Q()
        by_name = Q(contact__handle__icontains=search) | Q(author__name__icontains=search)
        rows = rows.filter(by_name | by_number if by_number else by_name)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/asked.html", {"page": page, "search": search, "tabs": tabs("desk:asked")})


def _decided(
    request: HttpRequest, pk: int, act: Callable[[User], object], *, gone: str | Promise = GONE
) -> HttpResponseBase:
    """Do it, or say why not; the talk's strip is drawn anew either way."""
    user = user_of(request)
    found = get_object_or_404(
        Prepared.objects.select_related("conversation"), pk=pk, organisation_id=user.organisation_id
    )
    refusals: dict[type[Exception], str | Promise] = {
        actions.NotYours: NOT_YOURS,
        actions.HasGone: gone,
        actions.SomethingNew: READ_FIRST,
    }
    try:
        act(user)
    except tuple(refusals) as refused:
        return _refused(request, found, refusals[type(refused)])
    except MessageError as error:
        return _refused(request, found, error.message_ja)
    if is_partial(request):
        return HttpResponse(headers=changed_strip(found.conversation))
    return redirect("desk:conversation", found.conversation_id)


def _refused(request: HttpRequest, found: Prepared, text: str | Promise) -> HttpResponseBase:
    answer = problem(request, text, found.conversation_id)
    if is_partial(request):
        said = json.loads(answer["HX-Trigger"])
        answer["HX-Trigger"] = json.dumps({**said, f"live:beside-{found.contact_id}": {}})
    return answer


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Its words go back to where they were written."""
    words: dict[str, str] = {}

    def act(user: User) -> None:
        dropped = actions.take_back(user, pk)
        words["text"] = str(dropped.answer["shape"].get("text", "")) if dropped.author_id == user.pk else ""

    answer = _decided(request, pk, act, gone=SENT)
    if words.get("text") and is_partial(request):
        said = json.loads(answer["HX-Trigger"])
        answer["HX-Trigger"] = json.dumps({**said, "words-back": words})
    return answer


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return problem(request, first_error(form), None)

    def act(user: User) -> None:
        actions.change(user, pk, form.cleaned_data["text"], form.cleaned_data["at"])

    return _unless_not_now(request, pk, act, WHEN)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    def act(user: User) -> None:
        text = request.POST.get("text", "").replace("\r\n", "\n")
        actions.approve(user, pk, text=text, through=number(request, "through"))

    return _unless_not_now(request, pk, act, OTHER_HANDS)


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    def act(user: User) -> None:
        actions.give_back(user, pk, request.POST.get("remark", ""))

    return _unless_not_now(request, pk, act, REMARK)


def _unless_not_now(
    request: HttpRequest, pk: int, act: Callable[[User], object], not_now: str | Promise
) -> HttpResponseBase:
    try:
        return _decided(request, pk, act)
    except actions.NotNow:
        return problem(request, not_now, None)
