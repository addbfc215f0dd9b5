"""What goes out by itself, and what else a person can call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.desk import texts
from madoguchi.desk.models import OtherLine, Reception

TEXTS = ("greeting", "open_text", "full_text", "closed_text", "paused_text", "quiet_text", "missed_text")


def unknown_variable(words: str) -> str | None:
    """The sentence about a name in braces that would reach the friend as it stands."""
    unknown = texts.unknown_variables(words)
    if not unknown:
        return None
    return str(
        _("{%(name)s} という変数はありません。そのままの文字が友だちに届くので、直してください。")
        % {"name": unknown[0]}
    )


class TextsForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none at run time
    """The texts of a channel; an empty one is not sent."""

    class Meta:
        model = Reception
        fields = TEXTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            self.fields[name].required = False
            self.fields[name].widget.attrs["rows"] = 5

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in TEXTS:
            if wrong := unknown_variable(str(values.get(name, ""))):
                self.add_error(name, wrong)
        return values

    def values(self) -> dict[str, Any]:
        """Checked values of Reception's own fields."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class OtherLineForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none at run time
    class Meta:
        model = OtherLine
        fields = ("name", "number", "hours", "note", "area")
        help_texts = {
            "area": _(
                "その地域に住む人にだけ知らせるとき。都道府県の2けた（東京都は13）か、市区町村の5けた。空なら、だれにでも。"
            )
        }
