"""What staff enter about attributes, tags and origins."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import User
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Attribute, Colour, Kind, Purpose
from madoguchi.contacts.models.attribute import CHOSEN, READERS
from madoguchi.contacts.new import NewAttribute, NewOption

MOST_OPTIONS = 200


class AttributeForm(forms.Form):
    """A new attribute, or a known one, whose key, kind and options are changed elsewhere or never."""

    name = forms.CharField(label=_("名前"), max_length=60)
    name_en = forms.CharField(label=_("名前（英語）"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("種類"), choices=Kind, widget=forms.RadioSelect, help_text=_("あとから変えられません。")
    )
    options = forms.CharField(
        label=_("選択肢"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "1行にひとつ。「区部：新宿区」のように書くと、まとまりに分かれます。あとから変えられます。"
        ),
    )
    unit = forms.CharField(
        label=_("単位"), max_length=10, required=False, help_text=_("数のとき。例：歳、人")
    )
    purpose = forms.ChoiceField(
        label=_("目的"),
        choices=Purpose,
        widget=forms.RadioSelect,
        help_text=_(
            "「相談」の属性は、配信の条件にできず、広報と承認者には見えません。値がついたあとで「配信」に広げることはできません。"
        ),
    )
    readers = forms.MultipleChoiceField(
        label=_("見てよい役割"),
        choices=[(role.value, role.label) for role in READERS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("役割を一つは選んでください。")},
    )
    is_personal = forms.BooleanField(
        label=_("個人を特定できる"), required=False, help_text=_("書き出すときと、画面に印が出ます。")
    )
    key = forms.SlugField(
        label=_("記号"),
        max_length=40,
        required=False,
        help_text=_(
            "取り込みや書き出しの列の名前になります。半角の英小文字、数字、ハイフン。空なら自動で決まります。"
        ),
    )

    def __init__(self, *args: Any, attribute: Attribute | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if attribute is not None:
            for name in ("kind", "options", "key"):
                del self.fields[name]
            if attribute.kind != Kind.NUMBER:
                del self.fields["unit"]

    def clean_options(self) -> tuple[NewOption, ...]:
        """`group：name` a line -> options with made-up codes."""
        lines = [line.strip() for line in str(self.cleaned_data["options"]).splitlines() if line.strip()]
        if len(lines) > MOST_OPTIONS:
            raise forms.ValidationError(_("選択肢は200までです。"))
        parted = [line.replace(":", "：", 1).rpartition("：") for line in lines]
        if any(not name.strip() or len(name) > 60 or len(group) > 20 for group, _colon, name in parted):
            raise forms.ValidationError(_("名前は60文字、まとまりは20文字までにしてください。"))
        return tuple(
            NewOption(f"o{place}", name.strip(), group=group.strip())
            for place, (group, _colon, name) in enumerate(parted, 1)
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") in CHOSEN and "options" in values and len(values["options"]) < 2:
            self.add_error("options", _("選ぶ属性には、選択肢を2つ以上書いてください。"))
        if values.get("readers") and not _able(values):
            self.add_error("readers", _("目的が「相談」なら、相談員かスーパーバイザーを選んでください。"))
        return values

    def new(self) -> NewAttribute:
        values = self.cleaned_data
        names = ("name", "name_en", "kind", "purpose", "key", "is_personal", "unit")
        options = values["options"] if values["kind"] in CHOSEN else ()
        readers = tuple(values["readers"])
        return NewAttribute(**{name: values[name] for name in names}, readers=readers, options=options)


def _able(values: dict[str, Any]) -> bool:
    talk = {"counsellor", "supervisor"}
    return values.get("purpose") != Purpose.CONSULTATION or bool(talk & set(values["readers"]))


class OptionForm(forms.Form):
    name = forms.CharField(max_length=60)
    name_en = forms.CharField(max_length=60, required=False)
    group = forms.CharField(max_length=20, required=False)


def _colours() -> list[tuple[str, SafeString]]:
    """Each colour as the tag that it makes."""
    shown = '<span class="tag" data-colour="{}">{}</span>'
    return [(colour.value, format_html(shown, colour.value, colour.label)) for colour in Colour]


class TagForm(forms.Form):
    name = forms.CharField(label=_("タグの名前"), max_length=20)
    colour = forms.ChoiceField(label=_("色"), choices=_colours, initial=Colour.AI, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(
        label=_("目的"),
        choices=Purpose,
        initial=Purpose.CONSULTATION,
        help_text=_("「相談」のタグは、広報と承認者には見えません。"),
    )


class OriginForm(forms.Form):
    name = forms.CharField(
        label=_("入口の名前"), max_length=60, help_text=_("例：駅のポスター、第一小学校、市のサイト")
    )
    channel = forms.ModelChoiceField(label=_("LINE公式アカウント"), queryset=Channel.objects.none())

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = Channel.objects.of(user).order_by("name")
        self.fields["channel"].queryset = ours  # type: ignore[attr-defined]
        self.fields["channel"].initial = ours.first()


class RenameForm(forms.Form):
    name = forms.CharField(label=_("入口の名前"), max_length=60)


class MergeForm(forms.Form):
    number = forms.IntegerField(
        label=_("もうひとつのアカウントの番号"),
        min_value=1,
        max_value=2**62,
        help_text=_("一覧で呼び名の横にある番号です。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=_("同じ人だと分かった理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("CSVファイル"),
        help_text=_("UTF-8でもShift_JISでも読めます。まず中身を確かめ、確認してから取り込みます。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )


class ExportForm(forms.Form):
    reason = forms.CharField(
        label=_("書き出す理由"),
        max_length=200,
        help_text=_("だれが、いつ、何人分を、なぜ書き出したかが残ります。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    encoding = forms.ChoiceField(
        label=_("文字コード"),
        choices=[
            ("utf-8", _("UTF-8（新しいExcel、ほかの表計算）")),
            ("shift_jis", _("Shift_JIS（古いExcel）")),
        ],
    )
