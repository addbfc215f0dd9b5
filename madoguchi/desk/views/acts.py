"""What a counsellor does at the desk: one form, one action each."""

from contextlib import suppress

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.channels.line.limits import MessageError
from madoguchi.desk import actions, sending
from madoguchi.desk.actions import look
from madoguchi.desk.forms import CloseForm, ReplyForm
from madoguchi.desk.models import Conversation, Outcome, Prepared
from madoguchi.desk.views.asked import (
    ONLY_IN_TURN,
    QUEUE_HELD,
    TURNED_AWAY,
    first_error,
    gone,
    is_partial,
    number,
    one,
    problem,
    too_much,
    why_full,
)
from madoguchi.desk.views.prepared import changed_strip
from madoguchi.desk.views.talk import head
from madoguchi.threads.actions import KeyUsed
from madoguchi.threads.files import NotSendable
from madoguchi.threads.media import Busy, NotAPicture

KEY_USED = gettext_lazy("同じ控えで別の文が送られています。文を書き直してもう一度送ってください。")
NOT_A_PICTURE = gettext_lazy("写真として開けませんでした。JPEGかPNGの写真を選んでください。")
SECOND_EYES = gettext_lazy(
    "この窓口では、担当する前に、もうひとりの確認が必要です。「確認を頼む」を押してください。"
)
BUSY = gettext_lazy("いま写真の処理が混み合っています。少し待ってから、もう一度送ってください。")

NOT_SENDABLE = gettext_lazy(
    "このファイルは送れません。PDF、Word、Excel、PowerPoint（マクロなし）か、テキストを選んでください。"
)
UNCONFIRMED = gettext_lazy("送る前に、文をもう一度確かめてください。確かめたら、もう一度送ってください。")
TOO_LATE = gettext_lazy("送る日時は、いまより後で、30日以内にしてください。")
NOT_SENT: dict[type[Exception], str | Promise] = {
    actions.NotYours: TURNED_AWAY,
    actions.NotNow: TOO_LATE,
    KeyUsed: KEY_USED,
    NotAPicture: NOT_A_PICTURE,
    NotSendable: NOT_SENDABLE,
    Busy: BUSY,
    sending.Unconfirmed: UNCONFIRMED,
}
ONLY_A_SUPERVISOR = gettext_lazy(
    "研修中は送り直せません。スーパーバイザーにこのトークを開いて送り直してもらってください。"
)


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        actions.take(user_of(request), pk, insists=request.POST.get("insists") == "yes")
    except actions.HandsFull as full:
        return _hands_full(request, pk, full)
    except actions.OnlyInTurn:
        return problem(request, ONLY_IN_TURN, None)
    except Conversation.DoesNotExist:
        raise Http404 from None
    except actions.QueueHeld:
        return problem(request, QUEUE_HELD, pk)
    except actions.NeedsSecondEyes:
        return problem(request, SECOND_EYES, pk)
    except actions.AlreadyTaken as taken:
        if is_partial(request):
            return gone(request, pk)
        text = (
            _("%(name)sさんが先に担当しました。") % {"name": taken.by}
            if taken.by
            else _("この相談はもう終わっています。")
        )
        return problem(request, text, pk=None)
    return redirect("desk:conversation", pk)


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A supervisor goes on with a talk that somebody else holds, anybody with one that is left alone."""
    try:
        actions.take_over(user_of(request), pk)
    except actions.HandsFull as full:
        return problem(request, too_much(full), None)
    except actions.NotYours:
        return problem(request, TURNED_AWAY, None)
    return redirect("desk:conversation", pk)


def _hands_full(request: HttpRequest, pk: int, full: actions.HandsFull) -> HttpResponseBase:
    """Said in the talk, with the way to take it all the same where there is one."""
    if not full.may_insist or not is_partial(request):
        return problem(request, too_much(full), pk)
    found = one(request, pk)
    context = {
        **head(request, found),
        "talk": look.talk(user_of(request), found),
        "full": full,
        "too_much": why_full(full),
    }
    return render(request, "desk/_talk_pane.html", context)


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answers with the message as it now stands in the thread, or 422 with what is wrong; the draft stays."""
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _not_sent(request, first_error(form), pk)
    user = user_of(request)
    try:
        said = sending.send(user, pk, form.cleaned_data["key"], form.cleaned_data)
    except MessageError as error:
        return _not_sent(request, error.message_ja, pk)
    except tuple(NOT_SENT) as refused:
        status = 409 if isinstance(refused, KeyUsed) else 422
        return _not_sent(request, NOT_SENT[type(refused)], pk, status)
    if not is_partial(request):
        return redirect("desk:conversation", pk)
    found = one(request, pk)
    if isinstance(said, Prepared):
        return HttpResponse(headers=changed_strip(found))
    talk = look.news(user, found, said.revision - 1)
    return render(request, "desk/_messages.html", {"conversation": found, "talk": talk, "is_mine": True})


def _not_sent(request: HttpRequest, text: str | Promise, pk: int, status: int = 422) -> HttpResponseBase:
    """Said under the words that were not sent."""
    if is_partial(request):
        return render(request, "desk/_problem.html", {"text": text}, status=status)
    return problem(request, text, pk)


@require_POST
def retry(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    try:
        actions.resend(user_of(request), pk, number)
    except actions.MustAsk:
        return problem(request, ONLY_A_SUPERVISOR, pk)
    except actions.NotYours:
        return problem(request, TURNED_AWAY, pk)
    return HttpResponse(status=204) if is_partial(request) else redirect("desk:conversation", pk)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The holder's screen shows everything up to this message, and a person is there to see it."""
    with suppress(actions.NotYours):  # somebody who only looks leaves no mark
        actions.read(user_of(request), pk, number(request, "number") or 0)
    return HttpResponse(status=204)


TOO_LONG = gettext_lazy("次の人へのひとことは、4,000文字までで書いてください。")
SOMETHING_NEW = gettext_lazy(
    "新しいメッセージか、まだ確かめていない重大なサインがあります。読んで確かめてから、もう一度終えてください。"
)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return problem(request, first_error(form), pk)
    try:
        outcome, through = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["through"]
        closed = actions.close(user_of(request), pk, outcome, through=through)
    except actions.NotYours:
        return problem(request, TURNED_AWAY, pk)
    except actions.SomethingNew:
        return problem(request, SOMETHING_NEW, pk)
    said = {"number": closed.number, "outcome": closed.get_outcome_display()}
    notices.success(request, _("相談 %(number)s を「%(outcome)s」で終えました。") % said)
    return redirect("desk:index")


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        words = request.POST.get("words", "").replace("\r\n", "\n")
        released = actions.release(user_of(request), pk, words)
    except actions.NotYours:
        return problem(request, TURNED_AWAY, pk)
    except actions.Unfit:
        return problem(request, TOO_LONG, pk)
    notices.info(request, _("相談 %(number)s を待っている人の列に戻しました。") % {"number": released.number})
    return redirect("desk:index")


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        profile = actions.reveal(user_of(request), pk, one(request, pk).contact)
    except actions.NotYours:
        return problem(request, TURNED_AWAY, pk)
    return render(request, "desk/_name.html", {"profile": profile})


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        said = {"yes": True, "no": False}.get(request.POST.get("grave", ""))
        alert = actions.acknowledge(user_of(request), pk, is_grave=said)
    except actions.NotYours:
        raise Http404 from None
    if not is_partial(request):
        return redirect("desk:conversation", alert.conversation_id)
    return render(request, "desk/_state.html", head(request, one(request, alert.conversation_id)))
