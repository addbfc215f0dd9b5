"""A new survey, and one from a file."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.accounts.models import User
from madoguchi.contacts.models import Purpose
from madoguchi.surveys.check import MOST_OPTIONS, MOST_QUESTIONS
from madoguchi.surveys.definition import Definition, Malformed, from_json
from madoguchi.surveys.models import SEE_ALL
from madoguchi.surveys.places import in_words

LARGEST_FILE = 1024 * 1024  # bytes
PURPOSE_HELP = gettext_lazy("相談のために聞いたことは、配信には使えません。公開したあとは変えられません。")


def purposes(user: User) -> list[tuple[str, Any]]:
    """What this person may build a survey for: whoever only delivers, nothing of consultations alone."""
    everything = [(choice.value, choice.label) for choice in Purpose]
    return (
        everything
        if user.has_role(SEE_ALL)
        else [pair for pair in everything if pair[0] != Purpose.CONSULTATION]
    )


class NewForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("アンケートの名前"),
        max_length=60,
        help_text=gettext_lazy("友だちにも見えます。例：相談の前の質問"),
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("何のために聞きますか"), widget=forms.RadioSelect, help_text=PURPOSE_HELP
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = purposes(user)
        field.initial = field.choices[0][0]


class FileForm(forms.Form):
    """A file, or what the page sent back of one that was looked at already. `definition` is read from either."""

    file = forms.FileField(
        label=gettext_lazy("アンケートのファイル"),
        required=False,
        help_text=gettext_lazy("「ファイルに書き出す」で作った .json ファイルです。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )
    content = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    definition: Definition

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            values["content"] = self._text(values)
            self.definition = _read(values["content"])
        except Malformed as problem:
            where = in_words(problem.place)
            self.add_error("file", f"{where}：{problem.message_ja}" if where else problem.message_ja)
        return values

    def _text(self, values: dict[str, Any]) -> str:
        file = values.get("file")
        if file is None:
            if values.get("content"):
                return str(values["content"])
            raise Malformed("", _("ファイルを選んでください。"))
        if file.size > LARGEST_FILE:
            raise Malformed(
                "", _("ファイルが大きすぎます（1 MBまで）。アンケートのファイルか確かめてください。")
            )
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise Malformed("", _("文字コードがUTF-8ではありません。UTF-8で保存し直してください。")) from None


def _read(text: str) -> Definition:
    """Raises Malformed, also for what is no JSON."""
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        said = _(
            "%(line)s行目の%(column)s文字目で、JSONとして読めなくなりました。かっこやカンマを確かめてください。"
        )
        raise Malformed("", said % {"line": error.lineno, "column": error.colno}) from None
    except RecursionError:
        raise Malformed(
            "", _("かっこの入れ子が深すぎます。アンケートのファイルか確かめてください。")
        ) from None
    definition = from_json(given)
    if len(definition.questions) > MOST_QUESTIONS:
        raise Malformed("questions", _("質問は%(most)s問までです。") % {"most": MOST_QUESTIONS})
    for at, question in enumerate(definition.questions):
        if len(question.options) > MOST_OPTIONS:
            raise Malformed(
                f"questions[{at}].options", _("選択肢は%(most)s個までです。") % {"most": MOST_OPTIONS}
            )
    return definition
