"""Signing in and out, the second factor, and the staff of one's organisation."""

import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any, TypeVar

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts import actions, second_factor
from madoguchi.accounts.first_steps import PROVEN
from madoguchi.accounts.forms import CodeForm, PasswordForm, RolesForm, SignInForm, StaffForm
from madoguchi.accounts.models import User
from madoguchi.accounts.request import user_of
from madoguchi.core import seal, walls

PENDING = "second_factor_of"
UNCONFIRMED = "new_second_factor"  # in the session: a secret, sealed because sessions lie in the database
PAGE = 50
T = TypeVar("T")


def sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return redirect("console:home")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _try_password(request, form)
        if answer is not None:
            return answer
    return render(request, "console/sign_in.html", {"form": form, "next": _next(request)})


def _try_password(request: HttpRequest, form: SignInForm) -> HttpResponseBase | None:
    email, password = form.cleaned_data["email"], form.cleaned_data["password"]
    wrong = _("メールアドレスかパスワードが違います。もう一度入力してください。")
    user = _right(form, None, lambda: actions.check_password(request, email, password), wrong)
    if user is None:
        return None
    if user.second_factor:
        request.session[PENDING] = user.pk
        return redirect("accounts:second-factor")
    return _enter(request, user)


def _right(form: Form, field: str | None, attempt: Callable[[], T], wrong: str) -> T | None:
    """What an attempt with a secret gave. When it gave nothing, or too many went before it, None: the form says why."""
    try:
        found = attempt()
    except actions.TooManyTries:
        wait = {"minutes": settings.SIGN_IN_WINDOW_SECONDS // 60}
        wrong = (
            _("続けて間違えたため、しばらく受け付けません。%(minutes)s分ほど待ってから試してください。")
            % wait
        )
        found = None
    if not found:
        form.add_error(field, wrong)
    return found or None


def second_factor_code(request: HttpRequest) -> HttpResponseBase:
    with walls.everywhere():
        user = User.objects.filter(pk=int(request.session.get(PENDING) or 0), deactivated_at=None).first()
        if user is None:
            return redirect("accounts:sign-in")
        form = CodeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            code = form.cleaned_data["code"]
            wrong = _("確認コードが違います。新しいコードに変わるのを待って入力してください。")
            if _right(form, "code", lambda: actions.try_code(request, user, code), wrong):
                return _enter(request, user, has_proven=True)
    return render(request, "console/second_factor.html", {"form": form})


def _enter(request: HttpRequest, user: User, *, has_proven: bool = False) -> HttpResponseBase:
    target = _next(request)
    with walls.everywhere():
        login(request, user)
        actions.entered(user)
    for left_over in (PENDING, PROVEN):
        request.session.pop(left_over, None)
    if has_proven:
        request.session[PROVEN] = int(time.time())
    return redirect(target or "console:home")


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: only to an address of our own."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else ""


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    actions.left(user_of(request))
    logout(request)
    return redirect("accounts:sign-in")


@never_cache
def enrol(request: HttpRequest) -> HttpResponseBase:
    """Set up one's own second factor with a QR code for an authenticator app."""
    user = user_of(request)
    secret = _new_secret(request, user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions.enrol(user, secret, form.cleaned_data["code"], request.session.session_key):
            del request.session[UNCONFIRMED]
            request.session[PROVEN] = int(time.time())
            messages.success(request, _("二段階認証を設定しました。次のサインインから確認コードを使います。"))
            return redirect("console:home")
        form.add_error("code", _("確認コードが合いません。アプリに出ている新しいコードを入力してください。"))
    code = segno.make(second_factor.address(user, secret)).svg_data_uri(scale=5, border=2)
    return render(request, "console/enrol.html", {"form": form, "qr": code, "secret": secret})


def _new_secret(request: HttpRequest, user: User) -> str:
    """The secret that this session is setting up: the same until it is confirmed."""
    try:
        return second_factor.opened(user, b64decode(request.session[UNCONFIRMED]))
    except (KeyError, ValueError, seal.CannotOpen):
        secret = second_factor.new_secret()
        request.session[UNCONFIRMED] = b64encode(second_factor.sealed(user, secret)).decode()
        return secret


@never_cache
def password(request: HttpRequest) -> HttpResponseBase:
    """Change one's own password; at the first sign-in nothing else is open before."""
    user = user_of(request)
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        wrong = _("今のパスワードが違います。もう一度入力してください。")
        if _right(form, "old", lambda: actions.change_password(request, user, old, new), wrong):
            update_session_auth_hash(request, user)
            messages.success(request, _("パスワードを変えました。ほかの端末ではサインアウトしました。"))
            return redirect("console:home")
    return render(request, "accounts/password.html", {"form": form, "is_first": user.password_set_at is None})


def staff(request: HttpRequest) -> HttpResponse:
    found = User.objects.filter(organisation=user_of(request).organisation).order_by(
        "deactivated_at", "name", "pk"
    )
    search = request.GET.get("q", "").strip()
    if search:
        found = found.filter(Q(name__icontains=search) | Q(email__icontains=search))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/staff.html", {"page": page, "search": search})


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            added, first_password = actions.add_user(
                user, user.organisation, values["email"], values["name"], values["roles"]
            )
        except actions.AddressTaken:
            form.add_error("email", _("このメールアドレスは使えません。別のアドレスにしてください。"))
        else:
            return render(request, "accounts/added.html", {"added": added, "password": first_password})
    return render(request, "accounts/member.html", {"form": form, "member": None})


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    member = get_object_or_404(User, pk=pk, organisation=user.organisation)
    initial: dict[str, Any] = {"roles": member.roles, "is_active": member.is_active}
    form = RolesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_roles(user, member, form.cleaned_data["roles"], form.cleaned_data["is_active"])
        except actions.OwnRoles:
            form.add_error(None, _("自分の役割と利用は変えられません。ほかの管理者に頼んでください。"))
        except actions.LastAdministrator:
            form.add_error(
                "roles",
                _("最後の管理者です。先に別の人を管理者にしてください。"),
            )
        else:
            messages.success(request, _("%(name)sさんの設定を変えました。") % {"name": member.name})
            return redirect("accounts:staff")
    return render(request, "accounts/member.html", {"form": form, "member": member})
