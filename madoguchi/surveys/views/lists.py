"""The surveys there are; making one anew, from what is ready, from a file or from another; putting away and removing."""

import json
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.surveys import actions
from madoguchi.surveys.actions import building, create
from madoguchi.surveys.forms.new import FileForm, NewForm, purposes
from madoguchi.surveys.kinds import LOOKS
from madoguchi.surveys.models import Submission, Survey, Welcome
from madoguchi.surveys.ready_made import READY_MADE
from madoguchi.surveys.stages import stage
from madoguchi.surveys.views import asked

PAGE = 50


def surveys(request: HttpRequest) -> HttpResponse:
    user, search = user_of(request), request.GET.get("q", "").strip()
    is_archive = "archived" in request.GET
    mine = Survey.objects.visible_to(user)
    found = mine.exclude(archived_at=None) if is_archive else mine.current()
    if search:
        found = found.filter(title__icontains=search)
    page = Paginator(_counted(found), PAGE).get_page(request.GET.get("page"))
    welcoming = dict(Welcome.objects.filter(survey__in=list(page)).values_list("survey_id", "channel__name"))
    for row in page:
        row.stage = stage(row, row.finished)  # type: ignore[attr-defined]
        row.greets = welcoming.get(row.pk, "")  # type: ignore[attr-defined]
    context = {
        "page": page, "search": search, "is_archive": is_archive, "can_build": may(user, "surveys:add"),
        "can_write_terms": may(user, "surveys:terms"),
        "ready": _ready(user), "archived": mine.exclude(archived_at=None).count(),
    }  # fmt: skip
    return render(request, "surveys/surveys.html", context)


def _counted(found: QuerySet[Survey]) -> QuerySet[Survey]:
    """With how many have answered to the end."""
    answered = Submission.objects.filter(survey=OuterRef("pk")).finished().order_by().values("survey")
    counts = Subquery(answered.annotate(n=Count("pk")).values("n"))
    return (
        found.annotate(finished=Coalesce(counts, 0)).select_related("version").order_by("-created_at", "-pk")
    )


def _ready(user: User) -> list[str]:
    allowed = {purpose for purpose, _label in purposes(user)}
    return [name for name, ready in READY_MADE.items() if ready.purpose in allowed]


def add(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    form = NewForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        made = create(user, form.cleaned_data["title"], form.cleaned_data["purpose"])
        return redirect("surveys:survey", made.pk)
    return render(request, "surveys/add.html", {"form": form, "ready": _ready(user)})


@require_POST
def make_ready_made(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    made = actions.make_ready_made(user, asked.word(request, set(_ready(user))))
    messages.success(
        request,
        _("「%(title)s」をつくりました。文や選択肢を直して、よければ公開します。") % {"title": made.title},
    )
    return redirect("surveys:survey", made.pk)


def take_in(request: HttpRequest) -> HttpResponseBase:
    """A file is first shown as it was read, and made into a survey only when that is agreed to."""
    user = user_of(request)
    chosen = NewForm(request.POST or None, user=user)
    form = FileForm(request.POST or None, request.FILES or None)
    context = {"form": form, "purposes": chosen["purpose"]}
    if request.method != "POST" or not form.is_valid():
        return render(request, "surveys/import.html", context)
    purpose = request.POST.get("purpose", "")
    if request.POST.get("do") == "make" and purpose in dict(purposes(user)):
        made = actions.take_from_file(user, json.loads(form.cleaned_data["content"]), purpose)
        messages.success(request, _("「%(title)s」をつくりました。") % {"title": made.title})
        return redirect("surveys:survey", made.pk)
    return render(request, "surveys/import.html", context | _looked_at(user, form))


def _looked_at(user: User, form: FileForm) -> dict[str, object]:
    definition = form.definition
    unsaved = Survey(organisation_id=user.organisation_id, purpose=purposes(user)[0][0])
    found = building.problems(unsaved, definition)
    rows = [
        (number, question, LOOKS[question.kind]) for number, question in enumerate(definition.questions, 1)
    ]
    return {
        "read": definition, "rows": rows, "content": form.cleaned_data["content"],
        "missing": [problem.message for problem in found if problem.place != "attribute"],
        "has_unknown_attributes": any(problem.place == "attribute" for problem in found),
    }  # fmt: skip


def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a file that another desk can take in."""
    found = asked.one(request, pk)
    answer = HttpResponse(
        json.dumps(found.draft, ensure_ascii=False, indent=2), content_type="application/json"
    )
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.title)}.json"
    return answer


@require_POST
def duplicate(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = asked.one(request, pk)
    title = _("%(title)s（コピー）") % {"title": found.title[:50]}
    made = actions.duplicate(user_of(request), found, title)
    messages.success(request, _("複製しました。いまは「%(title)s」を開いています。") % {"title": made.title})
    return redirect("surveys:survey", made.pk)


@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put away, or take out again."""
    found, user = asked.one(request, pk), user_of(request)
    if asked.word(request, {"archive", "take-out"}) == "archive":
        actions.archive(user, found)
        messages.success(
            request, _("「%(title)s」をしまいました。回答は残っています。") % {"title": found.title}
        )
        return redirect("surveys:list")
    actions.take_out(user, found)
    messages.success(request, _("一覧に戻しました。公開すると、またおたずねします。"))
    return redirect("surveys:survey", pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = asked.one(request, pk)
    try:
        actions.remove(user_of(request), found)
    except actions.HasAnswers:
        messages.error(request, _("回答があるので消せません。「しまう」を使ってください。"))
        return redirect("surveys:settings", pk)
    messages.success(request, _("「%(title)s」を消しました。") % {"title": found.title})
    return redirect("surveys:list")
