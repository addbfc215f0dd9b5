"""In which form answers are taken along, and why."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class FileForm(models.TextChoices):
    EXCEL = "xlsx", _("Excel（集計と回答）")
    UTF_8 = "utf-8", _("CSV（UTF-8）")
    SHIFT_JIS = "shift_jis", _("CSV（Shift_JIS）")


class ExportForm(forms.Form):
    """`is_personal`: also what people wrote in their own words, and by which name the desk knows them."""

    form = forms.ChoiceField(
        label=_("形式"), choices=FileForm, widget=forms.RadioSelect, initial=FileForm.EXCEL
    )
    is_personal = forms.BooleanField(
        label=_("書かれた言葉・場所・郵便番号と、呼び名を含める"),
        help_text=_("個人が分かるおそれのある内容です。いらないときは外したままにします。"),
        required=False,
    )
    reason = forms.CharField(
        label=_("理由"),
        help_text=_(
            "何のために、だれが使うか。ファイルの中と記録に残ります。友だちの名前や相談の中身は書きません。"
        ),
        min_length=5,
        max_length=200,
        strip=True,
    )
