"""The form that adds or changes a LINE official account."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.channels.models import Channel

SHORTEST_TOKEN = 20  # LINE's have more than 150 signs; ours only refuses what can be none


class ChannelForm(forms.Form):
    """For a new channel the secret is needed; for a known one an empty secret or token means: as it is."""

    name = forms.CharField(
        label=_("名前"), max_length=60, help_text=_("あいさつの文にも使います。例：○○市 親子相談")
    )
    line_channel_id = forms.CharField(
        label=_("チャネルID"),
        max_length=20,
        help_text=_("LINE Developersの「チャネル基本設定」にある数字です。"),
    )
    secret = forms.CharField(
        label=_("チャネルシークレット"),
        max_length=64,
        widget=forms.PasswordInput,
        help_text=_("「チャネル基本設定」にある32文字です。封をして保存します。"),
    )
    token = forms.CharField(
        label=_("チャネルアクセストークン（長期）"),
        max_length=400,
        required=False,
        widget=forms.PasswordInput,
        help_text=_(
            "「Messaging API設定」で発行します。空のままなら、チャネルIDとシークレットで短いトークンを自動で取得します。"
        ),
    )

    login_channel_id = forms.CharField(
        label=_("LINEログインのチャネルID"),
        max_length=20,
        required=False,
        help_text=_(
            "アンケートをLINEの中のページで開くとき（LIFF）だけ入力します。同じプロバイダーのものに限ります。"
        ),
    )
    liff_id = forms.CharField(
        label=_("LIFF ID"),
        max_length=32,
        required=False,
        help_text=_("LINEログインのチャネルの「LIFF」にあります。例：1234567890-AbcdEfgh"),
    )

    def __init__(
        self, *args: Any, organisation_id: int, channel: Channel | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisation_id, self.channel = organisation_id, channel
        if channel is not None:
            self.initial.update(name=channel.name, line_channel_id=channel.line_channel_id)
            self.initial.update(login_channel_id=channel.login_channel_id, liff_id=channel.liff_id)
            self.fields["line_channel_id"].disabled = channel.is_proven
            if not channel.is_proven:
                self.fields["line_channel_id"].help_text = _(
                    "まだ一度もLINEにつながっていないので、ここで直せます。LINE Developersの「チャネル基本設定」にある数字です。"
                )
            self.fields["secret"].required = False
            self.fields["secret"].help_text = _(
                "変えるときだけ入力します。いまのシークレットも24時間は受け付けます。"
            )
            self.fields["token"].help_text = _("変えるときだけ入力します。")

    def clean_line_channel_id(self) -> str:
        value = str(self.cleaned_data["line_channel_id"]).strip()
        if not re.fullmatch(r"[0-9]{4,20}", value):
            raise forms.ValidationError(
                _(
                    "チャネルIDは数字だけで、4桁以上です。LINE Developersの「チャネル基本設定」から写してください。"
                )
            )
        known = Channel.objects.filter(organisation_id=self.organisation_id, line_channel_id=value)
        others = known.exclude(pk=self.channel.pk) if self.channel else known
        if others.exists():
            raise forms.ValidationError(
                _("このチャネルはもう登録されています。一覧から選んで変更してください。")
            )
        return value

    def clean_secret(self) -> str:
        value = str(self.cleaned_data.get("secret") or "").strip()
        if value and not re.fullmatch(r"[0-9a-f]{32}", value):
            raise forms.ValidationError(
                _(
                    "チャネルシークレットは0〜9とa〜fの32文字です。前後の空白や写し漏れがないか確かめてください。"
                )
            )
        return value

    def clean_token(self) -> str:
        value = str(self.cleaned_data.get("token") or "").strip()
        if value and not re.fullmatch(r"[A-Za-z0-9+/=_.\-]+", value):
            raise forms.ValidationError(
                _("アクセストークンに使えない文字があります。全体を写し直してください。")
            )
        if 0 < len(value) < SHORTEST_TOKEN:
            raise forms.ValidationError(
                _("アクセストークンが短すぎます。途中で切れていないか、別の値でないか確かめてください。")
            )
        return value

    def clean_login_channel_id(self) -> str:
        value = str(self.cleaned_data.get("login_channel_id") or "").strip()
        if value and not re.fullmatch(r"[0-9]{4,20}", value):
            raise forms.ValidationError(
                _(
                    "チャネルIDは数字だけです。LINEログインのチャネルの「チャネル基本設定」から写してください。"
                )
            )
        if value and value == self.cleaned_data.get("line_channel_id"):
            raise forms.ValidationError(
                _("これはMessaging APIのチャネルIDです。LINEログインのチャネルのIDを入力してください。")
            )
        return value

    def clean_liff_id(self) -> str:
        value = str(self.cleaned_data.get("liff_id") or "").strip()
        if value and not re.fullmatch(r"[0-9]{4,20}-[0-9A-Za-z]{4,12}", value):
            raise forms.ValidationError(
                _("LIFF IDは「1234567890-AbcdEfgh」の形です。URLではなくIDを入力してください。")
            )
        if bool(value) != bool(self.cleaned_data.get("login_channel_id")):
            raise forms.ValidationError(
                _("LIFF IDとLINEログインのチャネルIDは、両方入力するか、両方空にしてください。")
            )
        return value
