"""Friends from a file and into a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import Role
from madoguchi.accounts.request import user_of
from madoguchi.contacts.actions import files
from madoguchi.contacts.forms import ExportForm, UploadForm
from madoguchi.contacts.models import Export, Import
from madoguchi.contacts.narrowing import read
from madoguchi.contacts.planning import Plan
from madoguchi.contacts.shown import words
from madoguchi.core import sheets
from madoguchi.core.csv import Encoding, encoded

SHOWN = 20


def _page(request: HttpRequest, upload: UploadForm, export: ExportForm) -> HttpResponse:
    user = user_of(request)
    past = Export.objects.filter(organisation_id=user.organisation_id).select_related("by").order_by("-pk")
    if not user.has_role([Role.SUPERVISOR]):
        past = past.filter(by=user)
    asked = read(request.GET, user)
    context = {"upload": upload, "export": export, "past": past[:SHOWN], "asked": asked}
    context["count"] = asked.apply().count()
    wrong = bool(upload.errors or export.errors)
    return render(request, "contacts/files.html", context, status=422 if wrong else 200)


@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Both ways on one page; the address holds what the list was narrowed to."""
    return _page(request, UploadForm(), ExportForm())


@require_POST
def upload(request: HttpRequest) -> HttpResponseBase:
    """Keep the table until its preview is confirmed."""
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            rows = sheets.read(form.cleaned_data["file"].read())
        except sheets.Unreadable as unreadable:
            place = _("%(row)s行目：") % {"row": unreadable.line} if unreadable.line else ""
            form.add_error("file", f"{place}{unreadable.sentence}")
        else:
            return redirect("contacts:import", files.prepare(user_of(request), rows).pk)
    return _page(request, form, ExportForm())


def _waiting(request: HttpRequest, pk: int) -> Import:
    """The person's own, while it waits."""
    return get_object_or_404(Import, pk=pk, by=user_of(request), applied_at=None)


@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    waiting = _waiting(request, pk)
    return _preview(request, waiting, files.preview(user_of(request), waiting))


def _preview(request: HttpRequest, waiting: Import, made: Plan, status: int = 200) -> HttpResponse:
    lines = [
        (line, [(each, words(each, value)) for each, value in line.values.items()])
        for line in made.lines[:SHOWN]
    ]
    context = {"waiting": waiting, "plan": made, "lines": lines, "more": len(made.lines) - len(lines)}
    return render(request, "contacts/import.html", context, status=status)


@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponseBase:
    waiting = get_object_or_404(Import, pk=pk, by=user_of(request))
    try:
        made = files.take_in(user_of(request), waiting)
    except files.TakenIn:
        return redirect("contacts:friends")
    except files.Faulty as faulty:
        return _preview(request, waiting, faulty.plan, status=422)
    messages.success(
        request,
        _("%(friends)s人の友だちの%(changes)s個の値を取り込みました。")
        % {"friends": len(made.lines), "changes": made.changes},
    )
    return redirect("contacts:friends")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    files.discard(user_of(request), _waiting(request, pk))
    return redirect("contacts:files")


@never_cache
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The friends that the address narrows to, as a file that is kept nowhere."""
    user = user_of(request)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, UploadForm(), form)
    made, rows = files.write_out(user, read(request.GET, user).apply(), form.cleaned_data["reason"])
    encoding = Encoding(form.cleaned_data["encoding"])
    charset = "utf-8" if encoding is Encoding.UTF_8 else "Shift_JIS"
    name = f"friends-{made.pk}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        b"".join(encoded(rows, encoding)), content_type=f"text/csv; charset={charset}", headers=headers
    )
