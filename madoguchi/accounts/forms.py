"""The forms of signing in and of staff."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
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


class PasswordForm(forms.Form):
    """Takes the user whose password it is, so that it may not be made of the person's own name."""

    old = forms.CharField(
        label=_("今のパスワード"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new = forms.CharField(
        label=_("新しいパスワード"),
        help_text=_("12文字以上。よく使われる言葉や、自分の名前に近いものは使えません。"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("新しいパスワード（もう一度）"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        if new == self.cleaned_data.get("old"):
            raise forms.ValidationError(_("今のパスワードと同じです。別のものにしてください。"))
        validate_password(new, self._user)
        return new

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("二つの新しいパスワードが違います。もう一度入力してください。"))
        return again


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
