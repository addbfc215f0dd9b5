"""The forms of signing in and of staff."""

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Role, User


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("メールアドレス"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("パスワード"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^[0-9]{6}$",
        label=_("確認コード（6桁）"),
        error_messages={"invalid": _("認証アプリに出ている6桁の数字を入力してください。")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("役割"),
        choices=Role,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("役割を一つは選んでください。")},
    )
    is_active = forms.BooleanField(label=_("利用できる"), required=False, initial=True)


class StaffForm(RolesForm):
    name = forms.CharField(
        label=_("表示名"), max_length=60, help_text=_("同僚の画面に出ます。友だちには出ません。")
    )
    email = forms.EmailField(label=_("メールアドレス"))
    field_order = ("name", "email", "roles")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["is_active"]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(
                _("このメールアドレスはもう使われています。別のアドレスにしてください。")
            )
        return email
