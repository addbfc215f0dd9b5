"""How a talk ends, or until when an answer is promised."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.core import clock
from madoguchi.desk import promises
from madoguchi.desk.models import Outcome


class CloseForm(forms.Form):
    # the last message that was on the screen when the dialog was opened
    through = forms.IntegerField(min_value=0)
    outcome = forms.ChoiceField(
        label=_("結果"),
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("結果を選んでください。")},
    )


class LaterForm(forms.Form):
    """Until when an answer is promised."""

    by = forms.ChoiceField(
        label=_("いつまでに"),
        choices=promises.CHOICES,
        error_messages={
            "required": _("いつまでに答えるかを選んでください。"),
            "invalid_choice": _("いつまでに答えるかを選び直してください。"),
        },
    )

    def clean_by(self) -> datetime:
        return promises.moment(self.cleaned_data["by"], clock.now())
