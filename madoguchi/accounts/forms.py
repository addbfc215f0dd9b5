"""The forms of signing in and of staff."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts import recovery
from madoguchi.accounts.models import Role, User

NOT_PLAIN = _("メールアドレスは、半角の英字・数字・記号で入力してください。似た形のほかの文字は使えません。")


def _password(*, autofocus: bool = False) -> forms.CharField:
    return forms.CharField(
        label=_("パスワード"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": autofocus}),
    )


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("メールアドレス"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = _password()


class OwnPasswordForm(forms.Form):
    """The password of whoever is signed in, asked for again."""

    password = _password(autofocus=True)


class CodeForm(forms.Form):
    """A code of the app. Full width is as good."""

    code = forms.CharField(
        label=_("確認コード（6桁）"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )
    wrong = _("認証アプリに出ている6桁の数字を入力してください。")
    lengths: tuple[int, ...] = (6,)

    def clean_code(self) -> str:
        code = recovery.plain(self.cleaned_data["code"])
        if not (code.isascii() and code.isdigit() and len(code) in self.lengths):
            raise forms.ValidationError(self.wrong)
        return code


class SignInCodeForm(CodeForm):
    """A code of the app, or a recovery code."""

    wrong = _("認証アプリに出ている6桁の数字か、12桁の回復コードを入力してください。")
    lengths = (6, recovery.DIGITS)


class EnrolForm(CodeForm):
    """Asks for the password when a second factor is already set: an open session alone must not replace it."""

    def __init__(self, *args: Any, is_set: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_set:
            self.fields["password"] = _password()


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


ROLE_HELP: dict[TextChoices, Promise] = {
    Role.COUNSELLOR: _("待っている人を担当し、返事をします。読めるのは、待っている相談と自分の相談です。"),
    Role.SUPERVISOR: _("相談員の仕事に加えて、全員の相談を読み、受付時間と文面を決めます。"),
    Role.DELIVERY: _("友だちの一覧で、広報に使ってよい属性とタグを扱います。相談の内容は見えません。"),
    Role.APPROVER: _("友だちの一覧を見ます。お知らせの配信を承認する役割です。相談の内容は見えません。"),
    Role.AUDITOR: _("操作ログだけを見ます。相談の内容は見えません。"),
    Role.ADMINISTRATOR: _("スタッフとLINE公式アカウントを設定します。相談の内容は見えません。"),
}
"""What a role is for, in a line, for who gives it; `permissions.TABLE` says it route by route."""


class RoleChoice(forms.CheckboxSelectMultiple):
    """Each role with what it is for under its name."""

    option_template_name = "accounts/_role.html"

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().create_option(name, value, *args, **kwargs), "what": ROLE_HELP[Role(value)]}


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("役割"),
        help_text=_("いくつでも選べます。"),
        choices=Role,
        widget=RoleChoice,
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
        email = str(self.cleaned_data["email"])
        if not email.isascii():
            raise forms.ValidationError(NOT_PLAIN)
        return email.lower()
