"""Beside a talk: who is speaking, and what the friend asked for to be safe."""

from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.channels.harmless import texts_of
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Speaker
from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation
from madoguchi.desk.views.asked import TURNED_AWAY, is_partial, one, problem
from madoguchi.safety import actions, menu
from madoguchi.safety.forms import HoursForm, QuietForm, WordForm

UNFIT = {
    "hours": _("始まりと終わりの両方を、違う時刻で入れてください。両方を空にすると、いつでも書けます。"),
    "quiet": _("名前は20文字までです。LINEという言葉は使えません。"),
    "word": _("合言葉は、2文字から20文字の、記号ではない言葉にしてください。"),
}


NOT_TO_ASK = _(
    "いまはたずねません。もう分かっているか、たずねたばかりか、相手に書いてよいときではありません。"
)


@never_cache
def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """204 while what the tab shows (`?version=`) is still so: words may be being written there."""
    conversation = one(request, pk)
    contact = conversation.contact
    version = _version(conversation)
    if request.method == "GET" and request.GET.get("version") == version:
        return HttpResponse(status=204)
    return render(
        request,
        "safety/_beside.html",
        {
            "conversation": conversation,
            "version": version,
            "contact": contact,
            "may_ask": not conversation.speaker and conversation.is_held_by(user_of(request)),
            "speakers": Speaker.choices,
            "standing": menu.standing(contact),
            "has_word": bool(contact.secret.word),
            "secret": contact.secret,
            "texts": list(enumerate(texts_of(contact.channel))),
            "erasing": menu.ERASING,
        },
    )


def _version(conversation: Conversation) -> str:
    contact = conversation.contact
    wishes = (
        contact.safe_from,
        contact.safe_until,
        contact.is_silent,
        contact.is_quiet,
        contact.sealed_safety,
    )
    return sha256(
        repr((conversation.speaker, conversation.owner_id, *map(_plain, wishes))).encode()
    ).hexdigest()[:12]


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _acted(request: HttpRequest, pk: int, act: Callable[[], object], unfit: str = "") -> HttpResponseBase:
    """Do it, and draw the panel anew; or say why not."""
    try:
        act()
    except desk.NotYours:
        return problem(request, TURNED_AWAY, pk)
    except contacts.UnfitWish:
        return problem(request, UNFIT[unfit], pk)
    return beside(request, pk) if is_partial(request) else redirect("desk:conversation", pk)


@require_POST
def speaker(request: HttpRequest, pk: int) -> HttpResponseBase:
    who = request.POST.get("speaker", "")
    return _acted(request, pk, lambda: desk.set_speaker(user_of(request), pk, who))


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        return _acted(request, pk, lambda: desk.ask_who(user_of(request), pk))
    except desk.NotNow:
        return problem(request, NOT_TO_ASK, pk)


@require_POST
def hours(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = HoursForm(request.POST)
    if not form.is_valid():
        return problem(request, UNFIT["hours"], pk)
    begin, end = form.cleaned_data["begin"], form.cleaned_data["end"]
    return _acted(request, pk, lambda: actions.set_hours(user_of(request), pk, begin, end), "hours")


@require_POST
def silent(request: HttpRequest, pk: int) -> HttpResponseBase:
    is_silent = request.POST.get("is_silent") == "yes"
    return _acted(request, pk, lambda: actions.set_silent(user_of(request), pk, is_silent=is_silent))


@require_POST
def quiet(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = QuietForm(request.POST)
    if not form.is_valid():
        return problem(request, UNFIT["quiet"], pk)
    wish = form.cleaned_data
    return _acted(
        request,
        pk,
        lambda: actions.set_quiet(user_of(request), pk, is_quiet=wish["is_quiet"], name=wish["name"]),
        "quiet",
    )


@require_POST
def word(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = WordForm(request.POST)
    if not form.is_valid():
        return problem(request, UNFIT["word"], pk)
    agreed, way_back = form.cleaned_data["word"], form.cleaned_data["way_back"]
    way = -1 if way_back is None else way_back
    return _acted(request, pk, lambda: actions.set_word(user_of(request), pk, agreed, way), "word")


@require_POST
def harmless(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`do`: end it, or confirm that the friend is there again."""
    act = actions.confirm_there if request.POST.get("do") == "confirm" else actions.end_harmless
    try:
        act(user_of(request), pk)
    except desk.NotYours:
        return problem(request, TURNED_AWAY, pk)
    return HttpResponse(status=204) if is_partial(request) else redirect("desk:conversation", pk)


STILL_HELD = _(
    "まだ送れません。画面をかえている間か、書いてよい時間の外です。理由を選ぶと、時間の外でも送れます。"
)


@require_POST
def held(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A message that waits: `do` send it now or drop it."""
    user = user_of(request)
    try:
        if request.POST.get("do") == "drop":
            desk.drop_held(user, pk, number)
        elif not desk.send_held(user, pk, number, request.POST.get("insists", "")):
            return problem(request, STILL_HELD, pk)
    except desk.NotYours:
        return problem(request, TURNED_AWAY, pk)
    return HttpResponse(status=204) if is_partial(request) else redirect("desk:conversation", pk)
