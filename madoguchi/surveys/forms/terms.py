"""The terms that friends agree to: in ordinary words, in a child's, in English."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.channels.line.measure import length_utf16
from madoguchi.contacts.models import Purpose
from madoguchi.surveys import wording

LONGEST = (
    3500  # UTF-16 code units: in LINE the survey's name and introduction stand in the same message of 5,000
)
PLACES = ("text", "child_text", "text_en")


class TermsForm(forms.Form):
    purpose = forms.ChoiceField(
        label=gettext_lazy("どのアンケートで読んでもらいますか"),
        choices=Purpose.choices,
        initial=Purpose.BOTH,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("アンケートの目的が同じものの、最初の質問の前に出ます。"),
    )
    text = forms.CharField(
        label=gettext_lazy("規約とプライバシーの文面"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "何のために聞き、だれが読み、いつまで残し、どうすれば消せるかを書きます。3,500文字まで。"
        ),
    )
    child_text = forms.CharField(
        label=gettext_lazy("こども向けの文面（やさしい日本語）"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("ふりがなは「漢字《かんじ》」と書きます。空のときは上の文面が出ます。"),
    )
    text_en = forms.CharField(
        label=gettext_lazy("英語の文面"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("空のときは上の文面が出ます。"),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for place in PLACES:
            over = length_utf16(wording.with_readings(str(values.get(place) or ""))) - LONGEST
            if over > 0:
                self.add_error(
                    place, _("%(over)s文字長すぎます。3,500文字までにしてください。") % {"over": f"{over:,}"}
                )
        return values
