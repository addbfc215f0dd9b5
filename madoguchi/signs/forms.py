"""What supervisors enter about rules and their words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.signs import labels
from madoguchi.signs.models import Kind
from madoguchi.signs.words import Kind as Found
from madoguchi.signs.words import NotAWord, Word, check


class RuleForm(forms.Form):
    label = forms.CharField(
        label=_("規則の名前"), max_length=40, help_text=_("印の横に出ます。例：校内のいじめ")
    )
    theme = forms.ChoiceField(label=_("テーマ"), choices=list(labels.THEMES.items()))
    heeds_denial = forms.BooleanField(
        label=_("打ち消しがあれば印をつけない"),
        required=False,
        initial=True,
        help_text=_("「…とは思わない」のように、すぐ後ろで打ち消されたとき。"),
    )


class WordForm(forms.Form):
    text = forms.CharField(
        label=_("言葉"),
        max_length=400,
        help_text=_("「…」は同じ文の中の短いあいだ、「(父|母)」はどちらか。例：薬を…(捨てる|隠す)"),
    )
    kind = forms.ChoiceField(label=_("見つけ方"), choices=Kind, initial=Kind.LEMMA)
    sentence = forms.CharField(
        label=_("試す文"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("ここに書いた文は、どこにも残りません。"),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "text" in values and "kind" in values:
            try:
                check(self.word())
            except NotAWord:
                self.add_error(
                    "text",
                    _("この書き方では見つけられません。2文字以上の言葉にし、かっこの数をそろえてください。"),
                )
        return values

    def word(self) -> Word:
        return Word(Found(self.cleaned_data["kind"]), self.cleaned_data["text"].strip())


class TryForm(forms.Form):
    sentence = forms.CharField(
        label=_("試す文"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("ここに書いた文は、どこにも残りません。"),
    )
