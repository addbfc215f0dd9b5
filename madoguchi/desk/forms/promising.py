"""What is offered to who cannot be answered at once."""

from typing import Any

from django import forms

from madoguchi.desk.models import Reception

FIELDS = (
    *("offers_choices", "offers_from"),
    *("later_minutes", "later_capacity"),
    *("slot_minutes", "slot_capacity"),
)


class PromisesForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none at run time
    class Meta:
        model = Reception
        fields = FIELDS

    def values(self) -> dict[str, Any]:
        """Checked values of Reception's own fields."""
        return {name: self.cleaned_data[name] for name in FIELDS}
