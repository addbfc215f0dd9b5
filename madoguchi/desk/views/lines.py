"""Other lines that a person can call: the table that automatic texts speak from."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.desk import actions, lines
from madoguchi.desk.forms import OtherLineForm
from madoguchi.desk.models import OtherLine
from madoguchi.desk.views.reception import tabs


def other_lines(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    form = OtherLineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_line(user, form.cleaned_data)
        messages.success(request, _("窓口を加えました。"))
        return redirect("desk:other-lines")
    search = request.GET.get("q", "").strip()
    ours = OtherLine.objects.filter(organisation_id=user.organisation_id)
    found = ours.filter(Q(name__icontains=search) | Q(number__contains=search)) if search else ours
    context = {
        "form": form,
        "lines": found,
        "search": search,
        "told": lines.told(user.organisation_id, None),
        "tabs": tabs(user, "desk:other-lines"),
    }
    return render(request, "desk/other_lines.html", context)


def other_line(request: HttpRequest, pk: int) -> HttpResponseBase:
    user, line = user_of(request), _one(request, pk)
    form = OtherLineForm(request.POST or None, instance=line)
    if request.method == "POST" and form.is_valid():
        actions.change_line(user, line, form.cleaned_data)
        messages.success(request, _("窓口を変えました。"))
        return redirect("desk:other-lines")
    return render(
        request, "desk/other_line.html", {"form": form, "line": line, "tabs": tabs(user, "desk:other-lines")}
    )


@require_POST
def remove_line(request: HttpRequest, pk: int) -> HttpResponseBase:
    actions.remove_line(user_of(request), _one(request, pk))
    messages.success(request, _("窓口を消しました。"))
    return redirect("desk:other-lines")


@require_POST
def raise_line(request: HttpRequest, pk: int) -> HttpResponseBase:
    actions.raise_line(user_of(request), _one(request, pk))
    return redirect("desk:other-lines")


@require_POST
def install_lines(request: HttpRequest) -> HttpResponseBase:
    count = actions.install_lines(user_of(request))
    said = _("%(count)s件の窓口を加えました。番号と時間を確かめて、要らないものは消してください。") % {
        "count": count
    }
    messages.success(request, said if count else _("用意してある窓口は、もうすべて入っています。"))
    return redirect("desk:other-lines")


def _one(request: HttpRequest, pk: int) -> OtherLine:
    return get_object_or_404(OtherLine, pk=pk, organisation_id=user_of(request).organisation_id)
