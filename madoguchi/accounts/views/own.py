"""One's own way in: the second factor, its recovery codes, the password."""

import time
from base64 import b64decode, b64encode

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from madoguchi.accounts import actions, second_factor
from madoguchi.accounts.first_steps import PROVEN
from madoguchi.accounts.forms import EnrolForm, OwnPasswordForm, PasswordForm
from madoguchi.accounts.models import User
from madoguchi.accounts.request import user_of
from madoguchi.accounts.views.attempts import answer, right
from madoguchi.core import seal

UNCONFIRMED = "new_second_factor"  # in the session: a secret, sealed because sessions lie in the database


@never_cache
def enrol(request: HttpRequest) -> HttpResponseBase:
    """Set up one's own second factor with a QR code for an authenticator app, or replace it."""
    user = user_of(request)
    secret = _new_secret(request, user)
    form = EnrolForm(request.POST or None, is_set=bool(user.second_factor))
    if request.method == "POST" and form.is_valid() and _is_the_person(request, form, user):
        codes = actions.enrol(user, secret, form.cleaned_data["code"], request.session.session_key)
        if codes:
            del request.session[UNCONFIRMED]
            request.session[PROVEN] = int(time.time())
            return render(request, "accounts/recovery_codes.html", {"codes": codes, "is_first": True})
        form.add_error("code", _("確認コードが合いません。アプリに出ている新しいコードを入力してください。"))
    code = segno.make(second_factor.address(user, secret)).svg_data_uri(scale=5, border=2)
    context = {"form": form, "qr": code, "secret": secret, "left": len(user.recovery_codes)}
    return answer(request, "console/enrol.html", context)


def _is_the_person(request: HttpRequest, form: EnrolForm | OwnPasswordForm, user: User) -> bool:
    """Whether the password is right, where the form asks for it."""
    if "password" not in form.fields:
        return True
    password = form.cleaned_data["password"]
    wrong = _("パスワードが違います。もう一度入力してください。")
    attempt = right(form, "password", lambda: actions.check_password(request, user.email, password), wrong)
    return attempt is not None


def _new_secret(request: HttpRequest, user: User) -> str:
    """The secret that this session is setting up: the same until it is confirmed."""
    try:
        return second_factor.opened(user, b64decode(request.session[UNCONFIRMED]))
    except (KeyError, ValueError, seal.CannotOpen):
        secret = second_factor.new_secret()
        request.session[UNCONFIRMED] = b64encode(second_factor.sealed(user, secret)).decode()
        return secret


@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponseBase:
    """Make new recovery codes; they are shown once."""
    user = user_of(request)
    if not user.second_factor:
        return redirect("accounts:enrol")
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_the_person(request, form, user):
        codes = actions.renew_recovery_codes(user)
        return render(request, "accounts/recovery_codes.html", {"codes": codes, "is_first": False})
    return answer(
        request, "accounts/renew_recovery_codes.html", {"form": form, "left": len(user.recovery_codes)}
    )


@never_cache
def password(request: HttpRequest) -> HttpResponseBase:
    """Change one's own password; at the first sign-in nothing else is open before."""
    user = user_of(request)
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        wrong = _("今のパスワードが違います。もう一度入力してください。")
        if right(form, "old", lambda: actions.change_password(request, user, old, new), wrong):
            update_session_auth_hash(request, user)
            messages.success(request, _("パスワードを変えました。ほかの端末ではサインアウトしました。"))
            return redirect("console:home")
    context = {"form": form, "is_first": user.password_set_at is None}
    return answer(request, "accounts/password.html", context)
