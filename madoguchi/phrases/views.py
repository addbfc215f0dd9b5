"""The phrases as they are kept in order. How they are put into an answer is the desk's matter."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import Role, User
from madoguchi.accounts.request import user_of
from madoguchi.phrases import actions
from madoguchi.phrases.finding import found
from madoguchi.phrases.forms import PhraseForm, SignatureForm, typed
from madoguchi.phrases.models import Phrase, PhraseQuerySet
from madoguchi.phrases.variables import signature

PAGE = 30
TAKEN = gettext_lazy("この合言葉は、ほかの定型文が使っています。別の言葉にしてください。")
WHOSE = ("all", "shared", "own", "proposed")


@never_cache
def phrases(request: HttpRequest) -> HttpResponse:
    user, whose = user_of(request), request.GET.get("whose", "all")
    search = request.GET.get("q", "").strip()[:60]
    rows = found(_of(user, whose), search).select_related("owner")
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "search": search,
        "tabs": _tabs(user, whose),
        "has_any": bool(search) or Phrase.objects.visible_to(user).exists(),
        "changeable": {row.pk for row in rows if row.may_be_changed_by(user)},
        "decides": user.has_role([Role.SUPERVISOR]),
        "signature": SignatureForm(initial={"name": signature(user)}),
    }
    return render(request, "phrases/phrases.html", context)


def _of(user: User, whose: str) -> PhraseQuerySet:
    usable = Phrase.objects.usable_by(user)
    match whose:
        case "shared":
            return usable.filter(owner=None)
        case "own":
            return usable.filter(owner=user)
        case "proposed":
            return Phrase.objects.visible_to(user).proposed()
    return Phrase.objects.visible_to(user)


def _tabs(user: User, whose: str) -> list[dict[str, object]]:
    waiting = Phrase.objects.visible_to(user).proposed().count()
    proposed = _("提案（%(n)s）") % {"n": waiting} if waiting else _("提案")
    names = {
        "all": _("すべて"),
        "shared": _("みんなの定型文"),
        "own": _("自分の定型文"),
        "proposed": proposed,
    }
    return [
        {
            "label": names[key],
            "href": f"?whose={key}",
            "is_current": (whose if whose in WHOSE else "all") == key,
        }
        for key in WHOSE
    ]


@never_cache
def add(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_shared = request.POST.get("shared") == "yes" and user.has_role([Role.SUPERVISOR])
        try:
            actions.write(user, form.cleaned_data, is_shared=is_shared)
        except actions.ShortcutTaken:
            form.add_error("shortcut", TAKEN)
        else:
            messages.success(request, _("定型文を加えました。書く欄で「/」を打つと使えます。"))
            return redirect("phrases:list")
    return render(request, "phrases/phrase.html", _form(user, form, None))


@never_cache
def phrase(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = user_of(request)
    kept = get_object_or_404(Phrase.objects.visible_to(user), pk=pk)
    if not kept.may_be_changed_by(user):
        raise Http404
    form = PhraseForm(request.POST or None, initial=typed(kept))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data)
        except actions.ShortcutTaken:
            form.add_error("shortcut", TAKEN)
        except actions.NotYours:
            raise Http404 from None
        else:
            messages.success(request, _("定型文を直しました。"))
            return redirect("phrases:list")
    return render(request, "phrases/phrase.html", _form(user, form, kept))


def _form(user: User, form: PhraseForm, kept: Phrase | None) -> dict[str, object]:
    topics = Phrase.objects.usable_by(user).exclude(topic="").order_by("topic")
    return {
        "form": form,
        "phrase": kept,
        "topics": topics.values_list("topic", flat=True).distinct(),
        "decides": user.has_role([Role.SUPERVISOR]),
    }


def _act(request: HttpRequest, pk: int, name: str, said: str) -> HttpResponseBase:
    try:
        getattr(actions, name)(user_of(request), pk)
    except actions.NotYours:
        raise Http404 from None
    except actions.ShortcutTaken:
        messages.error(request, TAKEN)
    else:
        messages.success(request, said)
    return redirect("phrases:list")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _act(request, pk, "remove", _("定型文を消しました。"))


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _act(request, pk, "propose", _("みんなの定型文に提案しました。スーパーバイザーが決めます。"))


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _act(request, pk, "share", _("みんなの定型文にしました。"))


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _act(request, pk, "decline", _("提案を見送りました。書いた人の定型文としては残ります。"))


@require_POST
def install(request: HttpRequest) -> HttpResponseBase:
    count = actions.install(user_of(request))
    said = _("用意してある定型文を%(n)s個加えました。自分たちの言葉に直して使ってください。") % {"n": count}
    messages.success(request, said if count else _("用意してある定型文は、もう全部入っています。"))
    return redirect("phrases:list")


@require_POST
def sign(request: HttpRequest) -> HttpResponseBase:
    form = SignatureForm(request.POST)
    if form.is_valid():
        actions.sign_as(user_of(request), form.cleaned_data["name"].strip())
        messages.success(request, _("名乗る名前を覚えました。"))
    else:
        messages.error(request, _("名乗る名前は20文字までにしてください。"))
    return redirect("phrases:list")
