"""When a channel is open, as staff type it: two spans a day at most, each a pair of times.

A clock has no 24:00 and no 26:00: an end that is not after its beginning is on the next day, and an end of 00:00 is the day's end.
"""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madoguchi.core import clock
from madoguchi.desk.models import ByHand, Holidays, Reception

WEEKDAYS = (_("月"), _("火"), _("水"), _("木"), _("金"), _("土"), _("日"))
SPANS_A_DAY = 2
HOLIDAY = "holiday"
MOST_NOTE = 60

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
_ENDS = (_("から"), _("まで"))


class SpanFields(forms.Form):
    """Pairs of times, `<key>_<which>_<0 from, 1 until>`."""

    def add_spans(self, key: str, spoken: str | Promise, known: list[list[str]]) -> None:
        for which in range(SPANS_A_DAY):
            for end, label in enumerate(_ENDS):
                name = _("%(day)s %(number)sつ目 %(end)s") % {
                    "day": spoken,
                    "number": which + 1,
                    "end": label,
                }
                initial = shown_time(known[which][end]) if which < len(known) else ""
                self.fields[f"{key}_{which}_{end}"] = forms.CharField(
                    label=name,
                    required=False,
                    max_length=5,
                    initial=initial,
                    widget=forms.TextInput(attrs={"type": "time", "aria-label": str(name)}),
                )

    def pairs(self, key: str) -> list[tuple[Any, Any]]:
        """(from field, until field) for the template."""
        return [(self[f"{key}_{which}_0"], self[f"{key}_{which}_1"]) for which in range(SPANS_A_DAY)]

    def spans(self, values: dict[str, Any], key: str, spoken: str | Promise) -> list[list[str]]:
        """Checked spans; what is wrong stands at the first field of its pair."""
        found: list[list[str]] = []
        for which in range(SPANS_A_DAY):
            begin, end = (str(values.get(f"{key}_{which}_{index}") or "") for index in (0, 1))
            if not begin and not end:
                continue
            wrong = _wrong(begin, end)
            span = [begin, _until(begin, end)] if wrong is None else None
            if span and found and span[0] < found[-1][1]:
                wrong = _(
                    "%(day)sの2つの時間が重なっています。早いほうを先に、重ならないように書いてください。"
                )
            if wrong is not None:
                self.add_error(f"{key}_{which}_0", str(wrong) % {"day": spoken})
            elif span:
                found.append(span)
        return found


def _wrong(begin: str, end: str) -> str | Promise | None:
    if not begin or not end:
        return _("%(day)sは、始まりと終わりの両方の時刻を入れてください。休みなら両方を空にします。")
    if not _TIME.match(begin) or not _TIME.match(end):
        return _("%(day)sの時刻は、9:00のように0:00から23:59までで入れてください。")
    if begin == end != "00:00":
        return _("%(day)sの始まりと終わりが同じ時刻です。一日じゅうなら、0:00から0:00までと入れてください。")
    return None


def _until(begin: str, end: str) -> str:
    if end > begin:
        return end
    return f"{int(end[:2]) + 24}{end[2:]}"


def shown_time(written: str) -> str:
    """As a clock shows it: 26:00 is 02:00."""
    return f"{int(written[:2]) % 24:02}{written[2:]}"


class HoursForm(SpanFields):
    """The week and what counts on national holidays. All days empty: always open."""

    holidays = forms.ChoiceField(label=_("国民の祝日"), choices=Holidays, widget=forms.RadioSelect)

    def __init__(self, reception: Reception, data: Any = None) -> None:
        super().__init__(data, initial={"holidays": reception.holidays})
        week = reception.hours or [[]] * 7
        for day, name in enumerate(WEEKDAYS):
            self.add_spans(f"hours_{day}", _spoken(name), week[day])
        self.add_spans(HOLIDAY, _("祝日"), reception.holiday_hours)

    def rows(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """(weekday, its pairs) for the template."""
        return [(str(name), self.pairs(f"hours_{day}")) for day, name in enumerate(WEEKDAYS)]

    def holiday_pairs(self) -> list[tuple[Any, Any]]:
        return self.pairs(HOLIDAY)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        week = [self.spans(values, f"hours_{day}", _spoken(name)) for day, name in enumerate(WEEKDAYS)]
        values["hours"] = week if any(week) else []
        values["holiday_hours"] = self.spans(values, HOLIDAY, _("祝日"))
        if values.get("holidays") == Holidays.OWN and not values["holiday_hours"] and not self.errors:
            self.add_error(
                f"{HOLIDAY}_0_0", _("祝日の受付時間を入れてください。受け付けないなら「休む」を選びます。")
            )
        return values

    def values(self) -> dict[str, Any]:
        """Checked values of Reception's own fields."""
        return {name: self.cleaned_data[name] for name in ("hours", "holidays", "holiday_hours")}


def _spoken(name: str | Promise) -> str:
    return str(_("%(day)s曜") % {"day": name})


class SpecialDayForm(SpanFields):
    """One date with hours of its own, or none."""

    on = forms.DateField(label=_("日付"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(
        label=_("ひとこと（職員だけに見えます）"),
        max_length=MOST_NOTE,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("年末年始、庁舎の停電、増員の日など")}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="special_%s")
        self.add_spans("day", _("この日"), [])

    def day_pairs(self) -> list[tuple[Any, Any]]:
        return self.pairs("day")

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        today = clock.jst(clock.now()).date()
        if not today <= day <= today + timedelta(days=730):
            raise forms.ValidationError(_("今日から2年先までの日付を入れてください。"))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["spans"] = self.spans(values, "day", _("この日"))
        return values


class ByHandForm(forms.Form):
    """A person says what the intake is, whatever the hours say."""

    by_hand = forms.ChoiceField(
        label=_("どうしますか"), choices=ByHand, widget=forms.RadioSelect, initial=ByHand.PAUSED
    )
    until = forms.TimeField(
        label=_("自動で元に戻る時刻"),
        required=False,
        help_text=_("空なら、だれかが元に戻すまで続きます。過ぎた時刻は、あすのその時刻です。"),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    text = forms.CharField(
        label=_("そのあいだの自動応答"),
        max_length=2000,
        required=False,
        help_text=_("空なら、ふだんの文面を送ります。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_until(self) -> Any:
        at = self.cleaned_data["until"]
        if at is None:
            return None
        here = clock.jst(clock.now())
        moment = here.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        return moment if moment > here else moment + timedelta(days=1)
