"""The shifts of a week: who is on duty from when to when."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.core import clock
from madoguchi.desk import actions
from madoguchi.desk.forms import ShiftForm
from madoguchi.desk.forms.opening import WEEKDAYS
from madoguchi.desk.forms.shifts import people_of
from madoguchi.desk.models import Shift
from madoguchi.desk.opening import holiday_name
from madoguchi.desk.views.reception import tabs

WEEK = timedelta(days=7)


def shifts(request: HttpRequest) -> HttpResponseBase:
    """`?week=`: any date of the week; without one, this week."""
    user, monday = user_of(request), _monday(request)
    form = ShiftForm(user, monday, request.POST or None)
    if request.method == "POST" and may(user, "desk:remove-shift") and form.is_valid():
        count, left_out = actions.add_shifts(user, form.cleaned_data["people"], form.times())
        _say(request, count, left_out)
        return _back(monday)
    return _drawn(request, user, monday, form)


def _drawn(request: HttpRequest, user: User, monday: date, form: ShiftForm) -> HttpResponse:
    today = clock.jst(clock.now()).date()
    days = [monday + timedelta(days=day) for day in range(7)]
    search = request.GET.get("q", "").strip()
    context = {
        "form": form,
        "monday": monday,
        "before": monday - WEEK,
        "after": monday + WEEK,
        "sunday": days[-1],
        "is_this_week": today in days,
        "days": [(WEEKDAYS[day.weekday()], day, holiday_name(day), day == today) for day in days],
        "rows": _rows(user, days, search),
        "search": search,
        "may_edit": may(user, "desk:remove-shift"),
        "tabs": tabs(user, "desk:shifts"),
    }
    return render(request, "desk/shifts.html", context)


def _rows(user: User, days: list[date], search: str) -> list[tuple[str, list[list[Shift]]]]:
    """(name, a list of shifts for each day) of everybody who talks."""
    begin, end = _midnight(days[0]), _midnight(days[-1]) + timedelta(days=1)
    found: dict[tuple[int, date], list[Shift]] = {}
    week = Shift.objects.filter(organisation_id=user.organisation_id, begins_at__gte=begin, begins_at__lt=end)
    for shift in week.order_by("begins_at", "pk"):
        found.setdefault((shift.counsellor_id, clock.jst(shift.begins_at).date()), []).append(shift)
    people = [(pk, name) for pk, name in people_of(user) if search in name]
    return [(name, [found.get((pk, day), []) for day in days]) for pk, name in people]


@require_POST
def remove_shift(request: HttpRequest, pk: int) -> HttpResponseBase:
    actions.remove_shift(user_of(request), pk)
    messages.success(request, _("シフトを消しました。"))
    return _back(_monday(request))


@require_POST
def copy_shifts(request: HttpRequest) -> HttpResponseBase:
    monday = _monday(request)
    count, left_out = actions.copy_week(user_of(request), _midnight(monday))
    if count or left_out:
        _say(request, count, left_out)
    else:
        messages.warning(request, _("前の週にはシフトがありません。"))
    return _back(monday)


def _say(request: HttpRequest, count: int, left_out: int) -> None:
    if count:
        messages.success(request, _("%(count)s件のシフトを加えました。") % {"count": count})
    if left_out:
        said = _("%(count)s件は、その人のほかのシフトと重なるので加えていません。")
        messages.warning(request, said % {"count": left_out})


def _monday(request: HttpRequest) -> date:
    asked: Any = request.GET.get("week") or request.POST.get("week") or ""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = clock.jst(clock.now()).date()
    if not 2000 <= day.year <= 2100:
        day = clock.jst(clock.now()).date()
    return day - timedelta(days=day.weekday())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.JST)


def _back(monday: date) -> HttpResponseBase:
    return redirect(f"{reverse('desk:shifts')}?week={monday.isoformat()}")
