"""The builder: one page; every edit is saved at once. With htmx the answer redraws what changed and leaves the fields in which
somebody writes alone; without it every button is an ordinary post that leads back to the page."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.contacts.models import Attribute
from madoguchi.surveys import actions, editing
from madoguchi.surveys.check import MOST_OPTIONS, MOST_QUESTIONS
from madoguchi.surveys.definition import CHOICES, Definition, Kind, Option, Question, Words
from madoguchi.surveys.forms import question as sent_question
from madoguchi.surveys.models import Survey
from madoguchi.surveys.views import asked, drawing
from madoguchi.surveys.views.drawing import WORDS_PLACES, Wish, drawn
from madoguchi.surveys.views.saving import Conflict, latest, save


def survey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The page; for whoever may only look, without fields. `?open=` names the card that is open."""
    found = asked.one(request, pk)
    wished = Wish(open=request.GET.get("open", "")[:12], shut=request.GET.get("shut", "")[:12])
    opened = found.draft_definition.question(wished.open)
    is_new = opened is not None and opened.text == Words()
    wished.focus = "text" if is_new else "card" if asked.is_partial(request) else ""
    context = drawn(request, found, wished)
    return render(
        request, "surveys/_drawn.html" if asked.is_partial(request) else "surveys/survey.html", context
    )


def answer(request: HttpRequest, survey: Survey, wished: Wish, *, is_quiet: bool = False) -> HttpResponseBase:
    """What follows an edit. `is_quiet`: only a card's own fields changed, and they stand on the page as they are."""
    if not asked.is_partial(request):
        return redirect(address(survey, wished.open))
    response = render(request, "surveys/_drawn.html", drawn(request, survey, wished) | {"is_quiet": is_quiet})
    if is_quiet:
        response["HX-Reswap"] = "none"
    return response


def address(survey: Survey, open_key: str = "") -> str:
    page = reverse("surveys:survey", args=[survey.pk])
    return f"{page}?open={open_key}#card-{open_key}" if open_key else page


def refused(request: HttpRequest, conflict: Conflict, wished: Wish) -> HttpResponseBase:
    """Somebody else was here first: their name, and everything that was typed."""
    wished.has_conflict, wished.conflict = True, conflict.edit
    context = drawn(request, conflict.survey, wished)
    name = "surveys/_drawn.html" if asked.is_partial(request) else "surveys/survey.html"
    return render(request, name, context, status=409)


@require_POST
def add_question(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, user = asked.one(request, pk), user_of(request)
    kind = Kind(asked.word(request, set(Kind), "kind"))
    draft = found.draft_definition
    if len(draft.questions) >= MOST_QUESTIONS:
        messages.error(request, _("質問は%(most)s問までです。") % {"most": MOST_QUESTIONS})
        return redirect(address(found))
    key = editing.new_key(draft, _keys_that_went_out(found))
    blank = Question(key, kind, Words(), options=editing.new_options((), ["", ""]) if kind in CHOICES else ())
    after = request.POST.get("after", "")
    found = save(user, found, lambda now: editing.added(now, blank, after), place=key, what="add")
    wished = _fresh(request, key)
    wished.focus = "text"
    return answer(request, found, wished)


def _keys_that_went_out(survey: Survey) -> set[str]:
    return {question["key"] for version in survey.versions.all() for question in version.content["questions"]}


def _fresh(request: HttpRequest, key: str) -> Wish:
    """Another card is open now: the phone shows that one, in the wording chosen."""
    wished = drawing.wish(request, key)
    return Wish(open=key, spoken=wished.spoken)


@require_POST
def move_question(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """Up, down, or (dragged) to above another."""
    found, user = asked.one(request, pk), user_of(request)
    do = asked.word(request, {"up", "down", "before"})
    other = request.POST.get("before", "")

    def change(now: Definition) -> Definition:
        if do == "before":
            return editing.moved_before(now, key, other)
        return editing.moved(now, key, -1 if do == "up" else 1)

    found = save(user, found, change, place=key, what="move")
    return answer(request, found, drawing.wish(request, request.POST.get("open", "")[:12]))


@require_POST
def words(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """The title and the words before the first question, or those after the last."""
    found, user, place = asked.one(request, pk), user_of(request), key
    if place not in WORDS_PLACES:
        raise Http404
    names = ("title", "intro") if place == "intro" else (place,)
    kept: dict[str, Any] = {name: sent_question.words(request.POST, name) for name in names}
    wished = drawing.wish(request, place)
    base = request.POST.get("base", "")
    try:
        found = save(user, found, lambda now: replace(now, **kept), place=place, base=base)
    except Conflict as conflict:
        wished.card = kept
        return refused(request, conflict, wished)
    return answer(request, found, wished, is_quiet=request.POST.get("do", "") == "")


@require_POST
def edit_question(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """A question's card: its fields are saved, then what the pressed button asks for is done, as one change."""
    found, user = asked.one(request, pk), user_of(request)
    do, _colon, code = request.POST.get("do", "").partition(":")
    former = found.draft_definition.question(key)
    if former is None:
        return _after_it_was_removed(request, found, key, do)
    typed = sent_question.question(request.POST, former)
    wished = drawing.wish(request, key)
    if do in ("remove", "duplicate"):
        return _done_with(request, found, former, typed, do)
    wanted, wished.card = _acted(found, typed, do, code, request)
    try:
        found = save(
            user,
            found,
            lambda now: editing.changed(now, wanted),
            place=key,
            base=request.POST.get("base", ""),
        )
    except Conflict as conflict:
        wished.typed = wanted
        return refused(request, conflict, wished)
    is_quiet = not do and (former.kind, former.attribute) == (wanted.kind, wanted.attribute)
    return answer(request, found, wished, is_quiet=is_quiet)


def _acted(
    survey: Survey, typed: Question, do: str, code: str, request: HttpRequest
) -> tuple[Question, dict[str, Any]]:
    """The question after a button of its card, and what the card is to show besides."""
    shown: dict[str, Any] = {"shows_words": True} if "show_words" in request.POST else {}
    match do:
        case "add-option" if len(typed.options) < MOST_OPTIONS:
            new = editing.new_options(typed.options, [""])
            return replace(typed, options=(*typed.options, *new)), shown | {"new_option": new[0].code}
        case "paste":
            wanted, leftover = editing.with_lines(typed, sent_question.text(request.POST.get("lines", "")))
            return wanted, shown | {"leftover": leftover}
        case "up-option" | "down-option":
            return editing.option_moved(typed, code, -1 if do == "up-option" else 1), shown
        case "remove-option":
            return editing.without_option(typed, code), shown
        case "take-options":
            return replace(typed, options=_of_attribute(survey, typed)), shown
    return typed, shown


def _of_attribute(survey: Survey, question: Question) -> tuple[Option, ...]:
    """The attribute's choices; where one leads already stays."""
    attribute = Attribute.objects.of(survey.organisation_id).current().filter(key=question.attribute).first()
    if attribute is None:
        return question.options
    present = {option.code: option for option in question.options}
    rows = attribute.options.filter(archived_at=None)[:MOST_OPTIONS]
    return tuple(
        Option(row.code, Words(row.name, en=row.name_en), present[row.code].to if row.code in present else "")
        for row in rows
    )


def _done_with(
    request: HttpRequest, survey: Survey, former: Question, typed: Question, do: str
) -> HttpResponseBase:
    """Remove the question, or put a copy below it that is open then."""
    user, key = user_of(request), former.key
    copy_key = editing.new_key(survey.draft_definition, _keys_that_went_out(survey))

    def change(now: Definition) -> Definition:
        if do == "remove":
            return editing.removed(now, key)
        return editing.duplicated(editing.changed(now, typed), key, copy_key)

    try:
        survey = save(user, survey, change, place=key, what=do, base=request.POST.get("base", ""))
    except Conflict as conflict:
        wished = drawing.wish(request, key)
        wished.typed = typed
        return refused(request, conflict, wished)
    return answer(request, survey, _fresh(request, copy_key if do == "duplicate" else ""))


def _after_it_was_removed(request: HttpRequest, survey: Survey, key: str, do: str) -> HttpResponseBase:
    """What was typed into a question that somebody else removed is not lost: it can be added again."""
    kind = request.POST.get("kind", "")
    if kind not in list(Kind) or not key.startswith("q"):
        raise Http404
    blank = Question(key, Kind(kind), Words())
    typed = sent_question.question(request.POST, blank)
    if do == "again":
        survey = save(user_of(request), survey, lambda now: editing.added(now, typed), place=key, what="add")
        return answer(request, survey, _fresh(request, key))
    wished = drawing.wish(request, key)
    wished.typed, wished.is_gone = typed, True
    return refused(
        request,
        Conflict(survey, latest(survey)),
        wished,
    )


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, user = asked.one(request, pk), user_of(request)
    wished = drawing.wish(request, request.POST.get("open", "")[:12])
    try:
        edit = actions.undo(user, found, asked.revision(request))
    except actions.Overtaken:
        return refused(request, Conflict(asked.one(request, pk), latest(found)), wished)
    found = asked.one(request, pk)
    if edit is not None and found.draft_definition.question(edit.place) and wished.open:
        wished.open = edit.place
    return answer(request, found, wished)


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A tap on the drawn phone: the walk goes on from the steps that the page sent. Nothing is kept."""
    found = asked.one(request, pk)
    wished = drawing.wish(request, request.POST.get("open", "")[:12])
    _tapped(request, wished)
    context = drawn(request, found, wished)
    return render(
        request, "surveys/_preview.html" if asked.is_partial(request) else "surveys/survey.html", context
    )


def _tapped(request: HttpRequest, wished: Wish) -> None:
    sent = request.POST
    if "restart" in sent:
        wished.steps, wished.begin = [], sent["restart"][:12]
    elif "back" in sent:
        wished.steps = wished.steps[:-1]
    elif said := sent.get("said", "").strip():
        wished.steps = [*wished.steps, f"{sent.get('now', '')}:say:{said[:2000]}"]
    elif "tap" in sent:
        act = sent["tap"][:60]
        ends = sent.get("when", "")[:16] if act.endswith(":when:") else ""
        wished.steps = [*wished.steps, act + ends]
