"""Answers as a file: asked for with a reason, streamed."""

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from madoguchi.accounts.models import User
from madoguchi.accounts.request import user_of
from madoguchi.contacts.models import Attribute
from madoguchi.core import clock
from madoguchi.core.csv import Encoding
from madoguchi.surveys import counting, narrowing, reach
from madoguchi.surveys.actions.exporting import export as record_export
from madoguchi.surveys.exports import CsvWriter, Taken, Writer, stream
from madoguchi.surveys.forms.export import ExportForm, FileForm
from madoguchi.surveys.models import Export, Survey
from madoguchi.surveys.narrowing import Narrowing
from madoguchi.surveys.views.answers import area_names, frame
from madoguchi.surveys.workbook import WorkbookWriter

MOST_SHOWN = 20
TYPES = {
    FileForm.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileForm.UTF_8: "text/csv; charset=utf-8",
    FileForm.SHIFT_JIS: "text/csv; charset=shift_jis",
}


@never_cache
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET: in which form, and why. POST: the file."""
    user = user_of(request)
    survey = get_object_or_404(reach.readable(user).select_related("organisation"), pk=pk)
    looked_at = narrowing.read(request.GET)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _file(user, survey, looked_at, form)
    earlier = Export.objects.filter(survey=survey).select_related("made_by").order_by("-made_at")[:MOST_SHOWN]
    count = looked_at.submissions(survey).count()
    context = frame(request, survey, looked_at) | {"form": form, "earlier": earlier, "count": count}
    return render(request, "surveys/export.html", context, status=422 if form.errors else 200)


def _file(user: User, survey: Survey, looked_at: Narrowing, form: ExportForm) -> StreamingHttpResponse:
    kind, values = FileForm(form.cleaned_data["form"]), form.cleaned_data
    made, newest = record_export(
        user, survey, looked_at, form=kind, reason=values["reason"], is_personal=values["is_personal"]
    )
    taken = _taken(user, survey, looked_at, made, newest)
    answer = StreamingHttpResponse(stream(taken, _writer(kind, taken, looked_at)), content_type=TYPES[kind])
    ending = "xlsx" if kind is FileForm.EXCEL else "csv"
    name = _("アンケート回答_%(number)s_%(day)s") % {
        "number": survey.pk,
        "day": f"{clock.jst(clock.now()):%Y%m%d}",
    }
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}") or "attachment"  # noqa: FBT003
    return answer


def _taken(user: User, survey: Survey, looked_at: Narrowing, made: Export, newest: int) -> Taken:
    attributes = {each.key: each for each in Attribute.objects.of(survey.organisation)}
    columns = reach.columns(user, survey)
    personal = frozenset(
        each.name for each in columns
        if each.question.attribute in attributes and attributes[each.question.attribute].is_personal
    )  # fmt: skip
    return Taken(
        made, looked_at.submissions(survey), newest, columns, personal,
        translation.get_language() or "ja", area_names(survey, columns),
    )  # fmt: skip


def _writer(kind: FileForm, taken: Taken, looked_at: Narrowing) -> Writer:
    if kind is not FileForm.EXCEL:
        return CsvWriter(taken, Encoding(kind.value))
    return WorkbookWriter(taken, counting.tallies(taken.export.survey, looked_at, taken.columns))
