"""The pages around the questions: before the first, before the end, the end, later, and hidden at once."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from madoguchi.surveys import asking
from madoguchi.surveys.actions import answering, links, pages
from madoguchi.surveys.actions.answering import Closed, Moved
from madoguchi.surveys.actions.pages import Unanswered
from madoguchi.surveys.definition import Wording, Words
from madoguchi.surveys.public.opened import Opened, opened
from madoguchi.surveys.public.posted import number_of


@opened
def page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Where the address leads: what is to be done now."""
    submission = opened.submission
    if submission.finished_at is not None:
        return opened.lead("mine")
    if submission.erased_at is not None:
        return opened.draw(request, "erased")
    if not opened.is_answerable:
        return opened.draw(request, "closed")
    if opened.needs_consent or not (opened.now.answers or submission.asked):
        return _introduce(request, opened)
    return go_on(opened)


def _introduce(request: HttpRequest, opened: Opened) -> HttpResponse:
    terms = answering.terms_to_agree_to(opened.submission)
    words = Words(terms.text, terms.child_text, terms.text_en) if terms else None
    return opened.draw(request, "begin", terms=words)


def go_on(opened: Opened) -> HttpResponse:
    """To the question that comes now, or to the check before the end."""
    question = opened.now.now
    return opened.lead("question", key=question.key) if question else opened.lead("check")


@opened
def begin(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Agreed, where there is something to agree to; and on to the first question."""
    if request.method == "POST" and opened.is_answerable:
        question = pages.start(opened.submission)
        return opened.lead("question", key=question.key) if question else opened.lead("check")
    return opened.lead()


@opened
def reword(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Asked in other words from now on; back to the same page."""
    chosen = request.POST.get("wording", "")
    if request.method == "POST" and chosen in list(Wording):
        pages.reword(opened.submission, Wording(chosen))
    key = request.POST.get("key", "")
    if opened.definition.question(key) is not None:
        return opened.lead("question", key=key)
    to = request.POST.get("to", "")
    return opened.lead(to if to in {"check", "mine"} else "page")


@opened
def check(request: HttpRequest, opened: Opened) -> HttpResponse:
    """All answers once more; sent by the button below them."""
    if opened.submission.finished_at is not None:
        return opened.lead("end")
    if not opened.is_answerable or opened.now.walk.next is not None or opened.needs_consent:
        return opened.lead()
    if request.method != "POST":
        return opened.draw(request, "check", rows=rows_of(opened))
    try:
        pages.finish(opened.submission, number_of(request, "revision"))
    except Moved:
        return opened.draw(request, "check", 409, rows=rows_of(opened), is_moved=True)
    except (Closed, Unanswered):
        return opened.lead()
    return opened.lead("end")


def rows_of(opened: Opened) -> list[dict[str, object]]:
    """The questions of the path with their answers in words; a question of a path not yet gone is left out."""
    now, rows = opened.now, []
    for key in now.walk.path:
        question = opened.definition.question(key)
        if question is not None:
            words = asking.worded(question, now.answers[key], opened.wording)
            rows.append({"question": question, "words": words, "is_skipped": now.answers[key].is_skipped})
    return rows


@opened
def end(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The closing words."""
    if opened.submission.finished_at is None:
        return opened.lead()
    return opened.draw(request, "end", closing=opened.definition.closing)


@opened
def later(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Put off: all that was answered is kept. In LINE nothing more is asked until the friend goes on."""
    if request.method == "POST" and opened.is_answerable:
        answering.pause(opened.submission)
        return opened.lead("later")
    return opened.draw(request, "later")


@opened
def hide(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The address shows nothing from now on, and an ordinary page stands in its place."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    links.end(opened.link)
    return render(request, "surveys/public/hidden.html", {"hiding_url": settings.HIDING_URL})
