"""The forms of safety."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.channels.harmless import LONGEST_LABEL, LONGEST_TEXT, MOST, texts_of
from madoguchi.channels.models import Channel
from madoguchi.contacts.actions.safety import LONGEST_NAME, LONGEST_WORD
from madoguchi.threads.quietly import ICONS

ICON_NAMES = {"leaf": _("葉"), "sun": _("太陽"), "book": _("本")}


class HoursForm(forms.Form):
    begin = forms.TimeField(required=False)
    end = forms.TimeField(required=False)


class QuietForm(forms.Form):
    is_quiet = forms.BooleanField(required=False)
    name = forms.CharField(required=False, max_length=LONGEST_NAME)


class WordForm(forms.Form):
    word = forms.CharField(required=False, max_length=LONGEST_WORD * 2)
    way_back = forms.IntegerField(required=False, min_value=-1, max_value=MOST - 1)


class ChannelForm(forms.Form):
    """How an account keeps its friends safe."""

    asks_speaker = forms.BooleanField(
        label=_("相談が始まるとき、話している人をたずねる"),
        required=False,
        help_text=_(
            "最初の自動応答の下に「本人・母・父…」のボタンが出ます。同じ相談の中では二度たずねません。"
        ),
    )
    quiet_name = forms.CharField(
        label=_("ひかえめな名前"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("頼んだ友だちの電話には、この名前で届きます。空なら「お知らせ」です。"),
    )
    quiet_icon = forms.ChoiceField(
        label=_("ひかえめなアイコン"),
        required=False,
        choices=[("", _("変えない")), *((icon, ICON_NAMES[icon]) for icon in ICONS)],
    )
    is_quiet = forms.BooleanField(
        label=_("すべての友だちに、ひかえめな名前で送る"),
        required=False,
        help_text=_("トークの一覧に出るアカウントの名前は、LINEのしくみで変えられません。"),
    )

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(
            {
                name: getattr(channel, name)
                for name in ("asks_speaker", "quiet_name", "quiet_icon", "is_quiet")
            }
        )
        known = texts_of(channel)
        for place in range(MOST):
            one = known[place] if place < len(known) else None
            self.fields[f"label_{place}"] = forms.CharField(
                label=_("ボタンの言葉"),
                required=False,
                max_length=LONGEST_LABEL,
                initial=one.label if one else "",
            )
            self.fields[f"text_{place}"] = forms.CharField(
                label=_("お知らせの文"),
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=one.text if one else "",
            )

    @property
    def text_rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"label_{place}"], self[f"text_{place}"]) for place in range(MOST)]

    def clean_quiet_name(self) -> str:
        name = str(self.cleaned_data["quiet_name"]).strip()
        if "line" in name.casefold():
            raise forms.ValidationError(_("LINEという言葉は、名前に使えません。"))
        return name

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for place in range(MOST):
            label, text = values.get(f"label_{place}", ""), values.get(f"text_{place}", "")
            if bool(label) != bool(text):
                self.add_error(
                    f"text_{place}", _("ボタンの言葉とお知らせの文は、両方書くか、両方空にしてください。")
                )
        return values

    @property
    def texts(self) -> list[dict[str, str]]:
        rows = [(self.cleaned_data[f"label_{n}"], self.cleaned_data[f"text_{n}"]) for n in range(MOST)]
        return [{"label": label, "text": text} for label, text in rows if label]
