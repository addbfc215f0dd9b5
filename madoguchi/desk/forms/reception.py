"""Whether a channel heeds the shifts, and what happens by itself. How much it takes at once is `forms.team.CapsForm`."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from madoguchi.desk.models import Reception, SecondEyes

CLOCKS = (
    "quiet_minutes",
    "wrap_up_minutes",
    "hold_minutes",
    "summing_minutes",
    "waiting_minutes",
    "answer_minutes",
    "missed_minutes",
)
SHIFTS = ("needs_shift", "is_sized_by_shift", "second_eyes")


class ReceptionForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none at run time
    class Meta:
        model = Reception
        fields = (*SHIFTS, *CLOCKS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second_eyes"].choices = [("", _("いらない")), *SecondEyes.choices]  # type: ignore[attr-defined]

    def shifts(self) -> list[BoundField]:
        return [self[name] for name in SHIFTS]

    def clocks(self) -> list[BoundField]:
        return [self[name] for name in CLOCKS]

    def values(self) -> dict[str, Any]:
        """Checked values of Reception's own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
