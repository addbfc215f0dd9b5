"""What a counsellor sends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.channels.line.measure import length_utf16
from madoguchi.channels.line.messages import PICTURE_LIMIT, TEXT_LIMIT
from madoguchi.channels.line.stickers import SENDABLE
from madoguchi.desk.actions import Insists


class ReplyForm(forms.Form):
    """One of text, sticker or picture. `key` is made by the browser, so that sending twice sends once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    sticker = forms.RegexField(r"^[0-9]{1,20}/[0-9]{1,20}$", required=False)  # package/sticker
    picture = forms.FileField(required=False)
    # why it goes although the friend should not be written to now
    insists = forms.ChoiceField(required=False, choices=[("", ""), *Insists.choices])

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

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not (
            str(values.get("text", "")).strip() or values.get("sticker") or values.get("picture")
        ):
            raise forms.ValidationError(
                _("送る内容がありません。文を入力するか、スタンプか写真を選んでください。")
            )
        return values
