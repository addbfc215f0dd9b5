"""What a counsellor sends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.channels.line.measure import length_utf16
from madoguchi.channels.line.messages import PICTURE_LIMIT, TEXT_LIMIT
from madoguchi.channels.line.stickers import SENDABLE
from madoguchi.desk.actions import Insists
from madoguchi.desk.models import Confirming, WritingRules
from madoguchi.phrases.forms import ChoicesField
from madoguchi.threads.files import FILE_LIMIT


class ReplyForm(forms.Form):
    """One of text, sticker, picture or file, and what goes with a text. `key` is made by the browser, so that sending twice sends once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    sticker = forms.RegexField(r"^[0-9]{1,20}/[0-9]{1,20}$", required=False)  # package/sticker
    picture = forms.FileField(required=False)
    # why it goes although the friend should not be written to now
    insists = forms.ChoiceField(required=False, choices=[("", ""), *Insists.choices])
    file = forms.FileField(required=False)
    choices = ChoicesField(required=False)
    button = forms.RegexField(r"^(189|survey-[0-9]{1,9})$", required=False)
    corrects = forms.IntegerField(required=False, min_value=1)
    at = forms.DateTimeField(required=False, error_messages={"invalid": _("送る日時を選び直してください。")})
    confirmed = forms.BooleanField(required=False)

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        units = length_utf16(text)
        if units > TEXT_LIMIT:
            raise forms.ValidationError(
                _("LINEの一通は%(most)s文字までです（いま%(units)s文字）。分けて送ってください。")
                % {"most": TEXT_LIMIT, "units": units}
            )
        return text

    def clean_sticker(self) -> str:
        chosen = str(self.cleaned_data["sticker"])
        if chosen and tuple(chosen.split("/")) not in {(one.package_id, one.sticker_id) for one in SENDABLE}:
            raise forms.ValidationError(_("このスタンプは送れません。一覧から選び直してください。"))
        return chosen

    def clean_picture(self) -> Any:
        picture = self.cleaned_data["picture"]
        if picture and picture.size > PICTURE_LIMIT:
            raise forms.ValidationError(_("写真は10MBまでです。小さくしてから選び直してください。"))
        return picture

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > FILE_LIMIT:
            raise forms.ValidationError(_("ファイルは10MBまでです。小さくしてから選び直してください。"))
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        things = ("sticker", "picture", "file")
        if not self.errors and not (
            str(values.get("text", "")).strip() or any(values.get(thing) for thing in things)
        ):
            raise forms.ValidationError(
                _("送る内容がありません。文を入力するか、スタンプか写真を選んでください。")
            )
        return values


class ChangeForm(forms.Form):
    """Other words or another moment for what is not sent yet; no moment: now."""

    text = forms.CharField(required=False, strip=False)
    at = forms.DateTimeField(required=False, error_messages={"invalid": _("送る日時を選び直してください。")})

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class WritingRulesForm(forms.Form):
    """How answers go out."""

    confirming = forms.ChoiceField(
        label=_("送る前の確認"),
        choices=Confirming,
        widget=forms.RadioSelect,
        help_text=_("送る前に、友だちの画面での見え方をもう一度見せます。"),
    )
    undo_seconds = forms.IntegerField(
        label=_("送ってから取り消せる秒数"),
        min_value=0,
        max_value=10,
        help_text=_("0から10。この秒数のあいだ友だちには送らず、取り消せます。0ならすぐに送ります。"),
        error_messages={
            "min_value": _("0から10の秒数にしてください。"),
            "max_value": _("0から10の秒数にしてください。"),
        },
    )
    shows_typing = forms.BooleanField(
        label=_("書いているあいだ、友だちの画面に「…」を出す"),
        required=False,
        help_text=_("友だちがトークを開いているときだけ見えます。研修中の人が書いているときは出しません。"),
    )

    def rules(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("confirming", "undo_seconds", "shows_typing")}


def known_rules(rules: WritingRules) -> dict[str, Any]:
    """The rules as the form shows them."""
    return {name: getattr(rules, name) for name in ("confirming", "undo_seconds", "shows_typing")}
