"""My answers: seen, put right and deleted by the friend, also when the survey is over."""

from django.http import HttpRequest, HttpResponse

from madoguchi.surveys.actions import pages
from madoguchi.surveys.public.opened import Opened, opened
from madoguchi.surveys.public.pages import rows_of


@opened
def mine(request: HttpRequest, opened: Opened) -> HttpResponse:
    if opened.submission.erased_at is not None:
        return opened.draw(request, "erased")
    pages.look(opened.submission)
    rows, consent = rows_of(opened), pages.consent_of(opened.submission)
    return opened.draw(request, "mine", may_correct=_may_correct(opened), rows=rows, consent=consent)


def _may_correct(opened: Opened) -> bool:
    return opened.submission.finished_at is not None or (opened.is_answerable and not opened.needs_consent)


@opened
def erase(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Asked once more before it is done, because nobody can undo it."""
    if opened.submission.erased_at is not None:
        return opened.lead()
    if request.method != "POST":
        return opened.draw(request, "erase")
    pages.erase(opened.submission)
    return opened.lead()


@opened
def withdraw(request: HttpRequest, opened: Opened) -> HttpResponse:
    consent = pages.consent_of(opened.submission)
    if consent is None:
        return opened.lead("mine")
    if request.method != "POST":
        return opened.draw(request, "withdraw", consent=consent)
    pages.withdraw(opened.submission)
    return opened.lead("mine")
