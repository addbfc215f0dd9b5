"""What is typed about an emergency, checked."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.core import clock
from madoguchi.emergency.models import Receiver


class ReceiverForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none at run time
    class Meta:
        model = Receiver
        fields = ("area", "kind", "name", "phone", "remark")
        help_texts = {
            "area": _("例：新宿区。相談に出てきた地域と同じなら、先に出ます。空なら、どの地域にも出ます。"),
            "phone": _("数字とハイフンで。例：03-0000-0000"),
        }

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if not phone.replace("-", "").isdecimal():
            raise forms.ValidationError(_("電話番号は、数字とハイフンで入れてください。"))
        return phone


class ConfirmForm(forms.Form):
    """Who of the receiver confirmed, how, and when on the clock in Japan; without a time: now."""

    who = forms.CharField(
        max_length=200, error_messages={"required": _("確認した相手の名前か係を書いてください。")}
    )
    how = forms.CharField(max_length=1000, required=False)
    at = forms.CharField(max_length=5, required=False)

    def clean_at(self) -> datetime | None:
        """ "HH:MM": the last such moment that has passed."""
        written = str(self.cleaned_data.get("at") or "")
        if not written:
            return None
        try:
            moment = datetime.strptime(written, "%H:%M").time()  # noqa: DTZ007 - a time of day, given its zone below
        except ValueError:
            raise forms.ValidationError(_("時刻は 14:05 のように入れてください。")) from None
        now = clock.jst(clock.now())
        found = datetime.combine(now.date(), moment, now.tzinfo)
        return found if found <= now else found - clock.seconds(86400)


class DecideForm(forms.Form):
    reason = forms.CharField(
        max_length=4000, error_messages={"required": _("なぜ知らせるのかを、ひとことでも書いてください。")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = self.data.getlist("to") if hasattr(self.data, "getlist") else []

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.chosen:
            raise forms.ValidationError(_("知らせる先を、ひとつ以上選んでください。"))
        return values
