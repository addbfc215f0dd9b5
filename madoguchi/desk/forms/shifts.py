"""Shifts, as supervisors type them: some people, some days of a week, from when to when."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.core import clock
from madoguchi.desk.forms.opening import WEEKDAYS


def people_of(user: User) -> list[tuple[int, str]]:
    """Who may be on shift: everybody who talks."""
    ours = User.objects.filter(
        organisation_id=user.organisation_id, deactivated_at=None, roles__overlap=sorted(TALKERS)
    )
    return list(ours.order_by("name", "pk").values_list("pk", "name"))


class ShiftForm(forms.Form):
    people = forms.TypedMultipleChoiceField(
        label=_("だれ"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("だれのシフトかを選んでください。")},
    )
    days = forms.TypedMultipleChoiceField(
        label=_("どの日"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("どの日かを選んでください。")},
    )
    begin = forms.TimeField(label=_("から"), widget=forms.TimeInput(attrs={"type": "time"}))
    end = forms.TimeField(
        label=_("まで"),
        help_text=_("始まりより早い時刻は、翌日のその時刻です。"),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )

    def __init__(self, user: User, monday: date, data: Any = None) -> None:
        super().__init__(data)
        self.monday = monday
        self.fields["people"].choices = people_of(user)  # type: ignore[attr-defined]
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (day, f"{WEEKDAYS[day]} {monday + timedelta(days=day):%-m/%-d}") for day in range(7)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("begin") is not None and values.get("begin") == values.get("end"):
            self.add_error("end", _("始まりと終わりが同じ時刻です。"))
        return values

    def times(self) -> list[tuple[datetime, datetime]]:
        """(from, until) of each chosen day, in Japan's time."""
        begin, end = self.cleaned_data["begin"], self.cleaned_data["end"]
        past_midnight = timedelta(days=1 if end <= begin else 0)
        return [
            (
                datetime.combine(self.monday + timedelta(days=day), begin, clock.JST),
                datetime.combine(self.monday + timedelta(days=day), end, clock.JST) + past_midnight,
            )
            for day in self.cleaned_data["days"]
        ]
