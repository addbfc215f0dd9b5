"""The desk's screens. Every live part has one partial and one address that gives only it."""

from contextlib import suppress
from typing import Any

from django.contrib import messages as notices
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.channels.line.limits import MessageError
from madoguchi.channels.line.stickers import SENDABLE
from madoguchi.desk import actions, sending
from madoguchi.desk.actions import look
from madoguchi.desk.forms import CloseForm, ReplyForm
from madoguchi.desk.models import Conversation, Outcome
from madoguchi.threads.actions import KeyUsed
from madoguchi.threads.media import NotAPicture

TURNED_AWAY = "この相談は、いまあなたの担当ではありません。一覧を確かめてください。"


def _visible(request: HttpRequest, pk: int) -> Conversation:
    found = Conversation.objects.visible_to(user_of(request)).select_related(
        "contact", "owner", "channel", "last_message"
    )
    return get_object_or_404(found, pk=pk)


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name) or request.POST.get(name) or ""
    return int(value) if value.isdigit() and len(value) < 10 else None


@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The desk without an open talk."""
    return render(request, "desk/desk.html", {**_lists(request), "open": None})


@never_cache
def lists(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/_lists.html", _lists(request))


def _lists(request: HttpRequest) -> dict[str, Any]:
    return {"lists": look.lists(user_of(request)), "open_pk": _number(request, "open")}


@never_cache
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """An open talk: the whole desk, or only the talk's pane when htmx asks for it."""
    found = _visible(request, pk)
    context = {**_talk(request, found), "talk": look.talk(user_of(request), found)}
    if request.headers.get("HX-Request"):
        return render(request, "desk/_talk_pane.html", context)
    return render(request, "desk/desk.html", {**_lists(request), **context, "open_pk": pk})


def _talk(request: HttpRequest, found: Conversation) -> dict[str, Any]:
    """What the talk's head, foot and side need."""
    user = user_of(request)
    earlier = (
        Conversation.objects.visible_to(user)
        .filter(contact=found.contact)
        .exclude(pk=found.pk)
        .order_by("-opened_at")
    )
    return {
        "conversation": found,
        "is_mine": found.is_held_by(user),
        "alerts": found.alerts.filter(acknowledged_at=None).select_related("message"),
        "earlier": earlier[:5],
        "outcomes": Outcome.choices,
        "stickers": SENDABLE,
    }


@never_cache
def messages(request: HttpRequest, pk: int) -> HttpResponse:
    """`?after=<revision>`: what is new or changed. `?before=<number>`: the page before that message."""
    user, found = user_of(request), _visible(request, pk)
    before, after = _number(request, "before"), _number(request, "after")
    if before is None:
        talk = look.news(user, found, after or 0)
    elif found.contact.last_number >= before > 0:
        talk = look.talk(user, found, before=before)
    else:
        raise Http404
    return render(
        request,
        "desk/_messages.html",
        {"conversation": found, "talk": talk, "is_mine": found.is_held_by(user)},
    )


@never_cache
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Head, foot and side of a talk. To who may not read it (any more), only that somebody else has it now."""
    user = user_of(request)
    found = (
        Conversation.objects.visible_to(user)
        .select_related("contact", "owner", "channel", "last_message")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        ours = Conversation.objects.filter(organisation_id=user.organisation_id).select_related("owner")
        return render(request, "desk/_taken.html", {"conversation": get_object_or_404(ours, pk=pk)})
    return render(request, "desk/_state.html", _talk(request, found))


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        actions.take(user_of(request), pk)
    except Conversation.DoesNotExist:
        raise Http404 from None
    except actions.AlreadyTaken as taken:
        text = f"{taken.by}さんが先に担当しました。" if taken.by else "この相談はもう終わっています。"
        return _problem(request, text, pk=None)
    return redirect("desk:conversation", pk)


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answers with the message as it now stands in the thread, or 422 with what is wrong; the draft stays."""
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _problem(request, _first_error(form), pk)
    user = user_of(request)
    try:
        message = sending.send(user, pk, form.cleaned_data["key"], form.cleaned_data)
    except actions.NotYours:
        return _problem(request, TURNED_AWAY, pk)
    except MessageError as error:
        return _problem(request, error.message_ja, pk)
    except KeyUsed:
        return _problem(
            request,
            "同じ控えで別の文が送られています。文を書き直してもう一度送ってください。",
            pk,
            status=409,
        )
    except NotAPicture:
        return _problem(request, "写真として開けませんでした。JPEGかPNGの写真を選んでください。", pk)
    if not request.headers.get("HX-Request"):
        return redirect("desk:conversation", pk)
    found = _visible(request, pk)
    talk = look.news(user, found, message.revision - 1)
    return render(request, "desk/_messages.html", {"conversation": found, "talk": talk, "is_mine": True})


def _first_error(form: Form) -> str:
    return str(next(iter(form.errors.values()))[0])


def _problem(request: HttpRequest, text: str, pk: int | None, status: int = 422) -> HttpResponseBase:
    """A refused act: said in place for htmx (422), as a notice above the desk otherwise."""
    if request.headers.get("HX-Request"):
        return render(request, "desk/_problem.html", {"text": text}, status=status)
    notices.error(request, text)
    return redirect("desk:conversation", pk) if pk else redirect("desk:index")


@require_POST
def retry(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    try:
        actions.resend(user_of(request), pk, number)
    except actions.NotYours:
        return _problem(request, TURNED_AWAY, pk)
    return (
        HttpResponse(status=204) if request.headers.get("HX-Request") else redirect("desk:conversation", pk)
    )


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The holder's screen shows everything up to this message, and a person is there to see it."""
    with suppress(actions.NotYours):  # somebody who only looks leaves no mark
        actions.read(user_of(request), pk, _number(request, "number") or 0)
    return HttpResponse(status=204)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _problem(request, _first_error(form), pk)
    try:
        actions.close(user_of(request), pk, Outcome(form.cleaned_data["outcome"]))
    except actions.NotYours:
        return _problem(request, TURNED_AWAY, pk)
    return redirect("desk:index")


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        actions.release(user_of(request), pk)
    except actions.NotYours:
        return _problem(request, TURNED_AWAY, pk)
    return redirect("desk:index")


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        profile = actions.reveal(user_of(request), pk, _visible(request, pk).contact)
    except actions.NotYours:
        return _problem(request, TURNED_AWAY, pk)
    return render(request, "desk/_name.html", {"profile": profile})


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        alert = actions.acknowledge(user_of(request), pk)
    except actions.NotYours:
        raise Http404 from None
    return redirect("desk:conversation", alert.conversation_id)


@never_cache
def attachment(request: HttpRequest, pk: int, token: str, variant: str) -> HttpResponse:
    """A picture or file of the talk. What may not be shown in a page is only offered as a download."""
    found = look.attachment(user_of(request), _visible(request, pk), token, variant)
    if found is None:
        raise Http404
    kept, plain = found
    content_type = kept.content_type if kept.is_shown else "application/octet-stream"
    answer = HttpResponse(plain, content_type="image/jpeg" if variant == "small" else content_type)
    answer["Content-Disposition"] = "inline" if kept.is_shown else 'attachment; filename="file"'
    answer["Cache-Control"] = "no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
