"""One question a page: drawn, answered, skipped, gone back from, and kept while it is typed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.translation import gettext as _

from madoguchi.surveys import areas, asking, progress, reading
from madoguchi.surveys.actions import answering, pages
from madoguchi.surveys.actions.answering import Moved, NotAnswerable
from madoguchi.surveys.definition import Kind, Question
from madoguchi.surveys.given import SKIPPED, Given
from madoguchi.surveys.public import posted
from madoguchi.surveys.public.opened import Opened, opened
from madoguchi.surveys.public.pages import go_on
from madoguchi.surveys.reading import Unfit
from madoguchi.threads import media

LARGEST_PICTURE = 10 * 1024 * 1024  # bytes


@opened
def question(request: HttpRequest, opened: Opened, *, key: str) -> HttpResponse:
    question = _asked(opened, key)
    if question is None:
        return opened.lead()
    if request.method != "POST":
        return _draw(request, opened, question)
    return _sent(request, opened, question, request.POST.get("act", "next"))


def _asked(opened: Opened, key: str) -> Question | None:
    """The question, when it may be answered or put right now."""
    question = opened.definition.question(key)
    if question is None or opened.submission.erased_at is not None:
        return None
    if opened.submission.finished_at is None and (not opened.is_answerable or opened.needs_consent):
        return None
    return question if opened.now.walk.has(key) else None


def _sent(request: HttpRequest, opened: Opened, question: Question, act: str) -> HttpResponse:
    if act in ("back", "later"):
        return _left(request, opened, question, act)
    try:
        if act == "skip":
            return _skip(request, opened, question)
        return _answer(request, opened, question)
    except Unfit as unfit:
        return _draw(request, opened, question, 422, trouble=unfit.sentence)
    except Moved:
        opened.submission.refresh_from_db()
        fresh = Opened(opened.link, opened.token)
        if not fresh.now.walk.has(question.key):
            return fresh.draw(request, "moved", 409)
        return _draw(request, fresh, question, 409, is_moved=True)
    except NotAnswerable:
        return opened.lead()


def _skip(request: HttpRequest, opened: Opened, question: Question) -> HttpResponse:
    if question.is_required:
        raise Unfit(_("この質問には答えてください。"))
    return _kept(request, opened, question, SKIPPED)


def _answer(request: HttpRequest, opened: Opened, question: Question) -> HttpResponse:
    if question.kind is Kind.PICTURE:
        return _picture(request, opened, question)
    given = posted.given(question, request.POST)
    if question.kind is Kind.POSTCODE and not given.is_skipped:
        postcode = given.private["postcode"]
        if request.POST.get("confirmed") != postcode:
            place = areas.name_of(postcode)
            return _draw(request, opened, question, place=place, confirmed=postcode)
    return _kept(request, opened, question, given)


def _kept(request: HttpRequest, opened: Opened, question: Question, given: Given) -> HttpResponse:
    pages.give(opened.submission, question, given, posted.number_of(request, "revision"))
    return _onward(opened)


def _picture(request: HttpRequest, opened: Opened, question: Question) -> HttpResponse:
    """Drawn anew before anything is locked: a picture may take seconds."""
    sent = request.FILES.get("picture")
    if sent is None:
        if question.key in opened.now.answers:
            return _onward(opened)
        if not question.is_required:
            return _kept(request, opened, question, SKIPPED)
        raise Unfit(_("写真を1枚選んでください。"))
    if sent.size is None or sent.size > LARGEST_PICTURE:
        raise Unfit(_("写真が大きすぎます（10 MBまで）。小さくして選び直してください。"))
    try:
        full, small = media.redrawn(sent.read())
    except media.Busy:
        raise Unfit(_("いま写真を受け取れません。少し待ってから、もう一度送ってください。")) from None
    except media.NotAPicture:
        raise Unfit(_("写真として開けませんでした。別の写真を選んでください。")) from None
    pages.give_picture(opened.submission, question, full, small, posted.number_of(request, "revision"))
    return _onward(opened)


def _onward(opened: Opened) -> HttpResponse:
    """To what comes next. What was put right after the end leads back to the answers, unless a new path asks for more."""
    opened.submission.refresh_from_db()
    fresh = Opened(opened.link, opened.token)
    if fresh.submission.finished_at is None:
        return go_on(fresh)
    return fresh.lead("question", key=fresh.now.walk.next) if fresh.now.walk.next else fresh.lead("mine")


def _left(request: HttpRequest, opened: Opened, question: Question, act: str) -> HttpResponse:
    """Back or later: what was being written is kept as it is."""
    if question.kind is Kind.TEXT and (text := posted.text_of(request.POST)):
        try:
            pages.keep_draft(opened.submission, question, text, *_numbers(request))
        except (Moved, NotAnswerable):
            return _draw(request, opened, question, 409, is_moved=True)
    if act == "later":
        if opened.is_answerable:
            answering.pause(opened.submission)
        return opened.lead("later")
    before = opened.now.walk.before(question.key)
    return opened.lead("question", key=before) if before else opened.lead()


def _numbers(request: HttpRequest) -> tuple[int, int]:
    return posted.number_of(request, "revision"), posted.number_of(request, "draft")


def _draw(
    request: HttpRequest, opened: Opened, question: Question, status: int = 200, **more: Any
) -> HttpResponse:
    now, draft = opened.now, opened.submission.draft
    earlier = now.answers.get(question.key)
    is_drafted = draft.question == question.key
    known = _as_typed(earlier) if earlier and not earlier.is_skipped else {}
    typed = {"text": draft.text} if is_drafted else known
    context = {
        "question": question,
        "typed": _from_form(request) if request.method == "POST" else typed,
        "earlier": asking.worded(question, earlier, opened.wording) if earlier else "",
        "has_picture": question.kind is Kind.PICTURE and bool(earlier and not earlier.is_skipped),
        "hint": asking.range_of(question),
        "before": now.walk.before(question.key),
        "draft_number": draft.number if is_drafted else 0,
        "longest": reading.LONGEST_TEXT,
        **progress.of(now, question),
    }
    return opened.draw(request, "question", status, **context | more)


def _as_typed(given: Given) -> dict[str, Any]:
    """An answer as its form shows it, to be put right."""
    private = given.private
    written = private.get("text") or private.get("postcode") or private.get("address") or given.moment
    if not written and given.on is not None:
        written = given.on.isoformat()
    if not written and given.number is not None:
        written = f"{given.number:f}"
    place = {name: private.get(name) or "" for name in ("latitude", "longitude")}
    return {"text": written or "", "choice": list(given.codes), **place}


def _from_form(request: HttpRequest) -> dict[str, Any]:
    place = {name: request.POST.get(name, "")[:20] for name in ("latitude", "longitude")}
    return {"text": posted.text_of(request.POST), "choice": request.POST.getlist("choice"), **place}


@opened
def draft(request: HttpRequest, opened: Opened, *, key: str) -> HttpResponse:
    """Words kept while they are typed, for scripts: {"draft": number for the next time}; 409 and 422 with a sentence."""
    question = _asked(opened, key)
    if request.method != "POST" or question is None or question.kind is not Kind.TEXT:
        return HttpResponseNotAllowed(["POST"])
    text = posted.text_of(request.POST)
    if len(text) > reading.LONGEST_TEXT:
        return JsonResponse({"sentence": _("長すぎるため、ここから先はまだ残していません。")}, status=422)
    try:
        number = pages.keep_draft(opened.submission, question, text, *_numbers(request))
    except (Moved, NotAnswerable):
        sentence = _("ほかの画面で先に進んでいます。新しい回答はそのまま残っています。")
        return JsonResponse({"sentence": sentence}, status=409)
    return JsonResponse({"draft": number, "sentence": _("ここまで残しました。")})


@opened
def picture(_request: HttpRequest, opened: Opened, *, key: str) -> HttpResponse:
    """The picture that was given, small."""
    question = opened.definition.question(key)
    plain = pages.picture(opened.submission, question) if question else None
    if plain is None:
        raise Http404
    return HttpResponse(plain, content_type="image/jpeg")
