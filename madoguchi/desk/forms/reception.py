"""How a channel takes people in."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.desk import texts
from madoguchi.desk.models import Reception

MIDNIGHT, END_OF_DAY = "00:00", "24:00"
TEXTS = ("greeting", "open_text", "full_text", "closed_text", "quiet_text")
WEEKDAYS = (_("月"), _("火"), _("水"), _("木"), _("金"), _("土"), _("日"))

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_END = re.compile(rf"{_TIME.pattern}|{END_OF_DAY}")


class ReceptionForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none at run time
    """Hours as one pair of times a weekday: both empty is a day off, all empty is always open. A clock has no 24:00, so
    an end of 00:00 is the end of that day."""

    class Meta:
        model = Reception
        fields = (
            *("is_paused", "capacity", "assigning", "usual_load", "most_load", "second_eyes"),
            *TEXTS,
            *("quiet_minutes", "wrap_up_minutes", "hold_minutes", "waiting_minutes", "missed_minutes"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.hours or [None] * 7
        for day, weekday in enumerate(WEEKDAYS):
            for end, label in enumerate((_("から"), _("まで"))):
                spoken = _("%(day)s曜 %(end)s") % {"day": weekday, "end": label}
                value = known[day][end] if known[day] else ""
                value = MIDNIGHT if value == END_OF_DAY else value
                self.fields[f"hours_{day}_{end}"] = forms.CharField(
                    label=spoken,
                    required=False,
                    max_length=5,
                    initial=value,
                    widget=forms.TextInput(attrs={"type": "time", "aria-label": spoken}),
                )
        for name in TEXTS:
            self.fields[name].required = False
            self.fields[name].help_text = _("空なら送りません。使える変数：") + "".join(
                f"{{{word}}}" for word in texts.VARIABLES
            )

    def hour_rows(self) -> list[tuple[str, Any, Any]]:
        """(weekday, from field, until field) for the template."""
        return [
            (str(name), self[f"hours_{day}_0"], self[f"hours_{day}_1"]) for day, name in enumerate(WEEKDAYS)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        spans = [self._span(values, day) for day in range(7)]
        values["hours"] = spans if any(spans) else []
        if (values.get("usual_load") or 0) > (values.get("most_load") or 0):
            self.add_error("most_load", _("「ふだん」の数より小さくできません。"))
        for name in TEXTS:
            unknown = texts.unknown_variables(str(values.get(name, "")))
            if unknown:
                self.add_error(
                    name,
                    _("{%(name)s} という変数はありません。そのままの文字が友だちに届くので、直してください。")
                    % {"name": unknown[0]},
                )
        return values

    def _span(self, values: dict[str, Any], day: int) -> list[str] | None:
        begin, end = (str(values.get(f"hours_{day}_{index}") or "") for index in (0, 1))
        if not begin and not end:
            return None
        end = END_OF_DAY if end == MIDNIGHT else end
        if not _TIME.fullmatch(begin) or not _END.fullmatch(end) or begin >= end:
            self.add_error(
                f"hours_{day}_0",
                _("%(day)s曜は、始まりより後の終わりの時刻を入れてください。休みなら両方を空にします。")
                % {"day": WEEKDAYS[day]},
            )
            return None
        return [begin, end]

    def values(self) -> dict[str, Any]:
        """Checked values of Reception's own fields."""
        names = (*self.Meta.fields, "hours")
        return {name: self.cleaned_data[name] for name in names}
