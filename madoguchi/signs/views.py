"""The rules for grave signs, as a supervisor sees and changes them. What is tried stays nowhere, and in no address."""

from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.signs import actions, labels
from madoguchi.signs.compiled import Compiled, State, compiled, make
from madoguchi.signs.examples import HALVES, Change, changes, examples
from madoguchi.signs.forms import RuleForm, TryForm, WordForm
from madoguchi.signs.lexicon import changed
from madoguchi.signs.marks import label_in, pieces
from madoguchi.signs.words import Kind, Word

PAGE, WORDS, SHOWN_CHANGES = 20, 50, 12
LONGEST_LABEL = 40


@never_cache
def rules(request: HttpRequest) -> HttpResponse:
    """The list, and the box in which a sentence is tried against all rules."""
    known = compiled(user_of(request).organisation_id)
    form, tried = TryForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        tried = pieces(known, form.cleaned_data["sentence"])
    search = request.GET.get("q", "").strip()[:40]
    found = [row for row in _rows(known) if _fits(row, search)]
    context = {"page": Paginator(found, PAGE).get_page(request.GET.get("page")), "search": search}
    return render(request, "signs/rules.html", {**context, "form": form, "tried": tried})


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_rule(user_of(request), **form.cleaned_data)
        messages.success(request, _("規則をつくりました。下で言葉を加えると、働き始めます。"))
        return redirect("signs:rule", made.name)
    return render(request, "signs/new.html", {"form": form})


@never_cache
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule with its words; a word is tried and added here."""
    user = user_of(request)
    known = compiled(user.organisation_id)
    state = _state(known, key)
    form = WordForm(request.POST or None)
    context: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            context = _tried(known, state, form)
        else:
            try:
                actions.add_word(user, key, form.word())
            except actions.WordThere:
                form.add_error("text", _("この言葉はもうあります。"))
            else:
                _tell(request, known, _("言葉を加えました。"))
                return redirect("signs:rule", key)
    search = request.GET.get("q", "").strip()[:40]
    words = [*state.added, *(word for word in state.rule.words if word not in state.added)]
    found = [word for word in words if search in word.text]
    page = Paginator(found, WORDS).get_page(request.GET.get("page"))
    context |= {"state": state, "label": label_in(known, key), "theme": labels.THEMES[state.rule.theme]}
    return render(request, "signs/rule.html", {**context, "form": form, "page": page, "search": search})


@require_POST
def rename(request: HttpRequest, key: str) -> HttpResponse:
    label = request.POST.get("label", "").strip()
    if not 0 < len(label) <= LONGEST_LABEL:
        messages.error(request, _("名前は1文字から40文字で入れてください。"))
        return redirect("signs:rule", key)
    try:
        actions.rename_rule(user_of(request), key, label)
    except actions.UnknownRule:
        raise Http404 from None
    messages.success(request, _("規則の名前を変えました。"))
    return redirect("signs:rule", key)


@require_POST
def switch(request: HttpRequest, key: str) -> HttpResponse:
    user = user_of(request)
    before = compiled(user.organisation_id)
    is_on = not _state(before, key).is_on
    actions.switch(user, key, is_on=is_on)
    _tell(request, before, _("規則を使います。") if is_on else _("規則を止めました。"))
    return redirect("signs:rule", key)


@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Take a word out, or a shipped one back in."""
    user = user_of(request)
    before = compiled(user.organisation_id)
    state = _state(before, key)
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "")
    if kind not in set(Kind):
        raise Http404
    word = Word(Kind(kind), text)
    if word in state.left_out:
        actions.add_word(user, key, word)
        _tell(request, before, _("言葉を戻しました。"))
    elif word in state.rule.words:
        actions.drop_word(user, key, word)
        _tell(request, before, _("言葉を外しました。"))
    return redirect("signs:rule", key)


def _rows(known: Compiled) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "state": state,
            "label": label_in(known, name),
            "theme": labels.THEMES[state.rule.theme],
            "count": len(state.rule.words),
        }
        for name, state in known.states.items()
    ]


def _fits(row: dict[str, object], search: str) -> bool:
    state = row["state"]
    assert isinstance(state, State)  # noqa: S101 - for the types alone
    texts = (str(row["label"]), str(row["theme"]), *(word.text for word in state.rule.words))
    return any(search in text for text in texts)


def _state(known: Compiled, key: str) -> State:
    """Of the user's organisation; any other looks absent."""
    if key not in known.states:
        raise Http404
    return known.states[key]


def _tried(known: Compiled, state: State, form: WordForm) -> dict[str, object]:
    """The sentence marked as if the word were there, and what that does to the examples."""
    with_word = replace(state, rule=changed(state.rule, (form.word(),), frozenset()))
    after = make({**known.states, state.rule.name: with_word})
    sentence = form.cleaned_data["sentence"]
    moved = changes(known.matcher, after.matcher)
    return {
        "tried": pieces(after, sentence) if sentence else None,
        "changes": _shown(after, moved[:SHOWN_CHANGES]),
        "changed_count": len(moved),
        "example_count": _example_count(),
        "has_tried": True,
    }


def _shown(known: Compiled, moved: list[Change]) -> list[dict[str, object]]:
    return [
        {
            "text": change.text,
            "gained": [label_in(known, name) for name in change.gained],
            "lost": [label_in(known, name) for name in change.lost],
        }
        for change in moved
    ]


def _tell(request: HttpRequest, before: Compiled, done: str) -> None:
    after = compiled(user_of(request).organisation_id)
    count = len(changes(before.matcher, after.matcher))
    effect = _("例文%(all)s件のうち、%(count)s件で印が変わりました。") % {
        "all": _example_count(),
        "count": count,
    }
    messages.success(request, f"{done}{effect}")


def _example_count() -> int:
    return sum(len(examples(half)) for half in HALVES)
