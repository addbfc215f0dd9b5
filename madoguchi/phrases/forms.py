"""A phrase as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.core import braces
from madoguchi.phrases.models import CHOICE, CHOICES, SHORTCUT, TEXT, TITLE, TOPIC, Phrase
from madoguchi.phrases.variables import VARIABLES

NAMES = ("title", "topic", "shortcut", "text", "choices")


def choices_of(text: str) -> list[str]:
    """One a line; empty lines and repetitions are left out."""
    lines = (line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return list(dict.fromkeys(line for line in lines if line))


class ChoicesField(forms.CharField):
    """Quick replies, one a line -> a list."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        found = choices_of(super().clean(value))
        if len(found) > CHOICES:
            too_many = len(found) - CHOICES
            raise forms.ValidationError(
                _("クイックリプライは13個までです。%(n)s個減らしてください。") % {"n": too_many}
            )
        long = next((one for one in found if len(one) > CHOICE), "")
        if long:
            raise forms.ValidationError(
                _("「%(words)s」は20文字より長いので、短くしてください。") % {"words": long}
            )
        return found


class PhraseForm(forms.Form):
    title = forms.CharField(
        label=_("名前"),
        max_length=TITLE,
        help_text=_("一覧で見分けるための名前です。友だちには届きません。"),
        error_messages={"required": _("名前をつけてください。一覧と検索で使います。")},
    )
    topic = forms.CharField(
        label=_("分類"),
        max_length=TOPIC,
        required=False,
        help_text=_("同じ分類のものが、まとまって並びます。"),
        widget=forms.TextInput(attrs={"list": "topics", "autocomplete": "off"}),
    )
    shortcut = forms.CharField(
        label=_("合言葉"),
        max_length=SHORTCUT,
        required=False,
        help_text=_("書く欄で「/」に続けて打つ短い言葉です。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    text = forms.CharField(
        label=_("文"),
        max_length=TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("文を書いてください。書く欄に入るのは、この文です。")},
    )
    choices = ChoicesField(
        label=_("クイックリプライ（友だちが押して答えるボタン）"),
        help_text=_("1行にひとつ、13個まで。1つは20文字までです。"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = " ".join(f"{{{name}}}" for name in VARIABLES)
        self.fields["text"].help_text = _("使える変数：%(known)s") % {"known": known}

    def clean_shortcut(self) -> str:
        shortcut = str(self.cleaned_data["shortcut"]).strip().lstrip("/／")
        if any(sign.isspace() for sign in shortcut):
            raise forms.ValidationError(_("合言葉には空白を入れないでください。"))
        return shortcut

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        unknown = braces.unknown(text, VARIABLES)
        if unknown:
            known = " ".join(f"{{{name}}}" for name in VARIABLES)
            raise forms.ValidationError(
                _("{%(name)s} という変数はありません。使えるのは %(known)s です。")
                % {"name": unknown[0], "known": known}
            )
        if not text.strip():
            raise forms.ValidationError(_("文を書いてください。書く欄に入るのは、この文です。"))
        return text


def typed(phrase: Phrase) -> dict[str, Any]:
    """A phrase as the form shows it."""
    return {name: getattr(phrase, name) for name in NAMES} | {"choices": "\n".join(phrase.choices)}


class SignatureForm(forms.Form):
    name = forms.CharField(
        label=_("名乗る名前"),
        max_length=20,
        required=False,
        help_text=_(
            "文の中の {相談員} が、この名前になります。本名でなくてかまいません。空なら「相談員」になります。"
        ),
    )
