"""Coming in and leaving: password, code, lock, sign-out."""

import time

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts import actions, browsers, presence
from madoguchi.accounts.first_steps import PROVEN
from madoguchi.accounts.forms import OwnPasswordForm, SignInCodeForm, SignInForm
from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import own_page, user_of
from madoguchi.accounts.views.attempts import answer, right
from madoguchi.core import walls

PENDING = "second_factor_of"  # in the session: whose password was right, with which password, and when
PENDING_SECONDS = 300
FEW = 3  # recovery codes


def sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return redirect(_next(request) or "console:home")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = _try_password(request, form)
        if entered is not None:
            return entered
    return answer(request, "console/sign_in.html", {"form": form, "next": _next(request)})


def _try_password(request: HttpRequest, form: SignInForm) -> HttpResponseBase | None:
    email, password = form.cleaned_data["email"], form.cleaned_data["password"]
    wrong = _("メールアドレスかパスワードが違います。もう一度入力してください。")
    user = right(form, None, lambda: actions.check_password(request, email, password), wrong)
    if user is None:
        return None
    if not user.second_factor:
        return _enter(request, user)
    request.session.cycle_key()
    request.session[PENDING] = [user.pk, user.get_session_auth_hash(), int(time.time())]
    query = urlencode({"next": _next(request)}) if _next(request) else ""
    return redirect(f"{reverse('accounts:second-factor')}{'?' if query else ''}{query}")


@never_cache
def second_factor_code(request: HttpRequest) -> HttpResponseBase:
    with walls.everywhere():
        user = _pending(request)
        if user is None:
            return redirect("accounts:sign-in")
        form = SignInCodeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            code = form.cleaned_data["code"]
            wrong = _("確認コードが違います。新しいコードに変わるのを待って入力してください。")
            if right(form, "code", lambda: actions.try_code(request, user, code), wrong):
                _say_how_many_are_left(request, user)
                return _enter(request, user, has_proven=True)
    return answer(request, "console/second_factor.html", {"form": form, "next": _next(request)})


def _pending(request: HttpRequest) -> User | None:
    """Whose password was right a moment ago, if it is the password still."""
    match request.session.get(PENDING):
        case [int(pk), str(proof), int(at)] if time.time() - at < PENDING_SECONDS:
            user = User.objects.filter(pk=pk, deactivated_at=None).first()
            if user and user.second_factor and constant_time_compare(proof, user.get_session_auth_hash()):
                return user
    request.session.pop(PENDING, None)
    return None


def _say_how_many_are_left(request: HttpRequest, user: User) -> None:
    before = len(user.recovery_codes)
    user.refresh_from_db(fields=["recovery_codes"])
    left = len(user.recovery_codes)
    if left == before:
        return
    words = _("回復コードを使いました。残りは%(left)s個です。")
    if left <= FEW:
        words = _(
            "回復コードを使いました。残りは%(left)s個です。メニューの「二段階認証」で作り直してください。"
        )
    messages.warning(request, words % {"left": left})


def _enter(request: HttpRequest, user: User, *, has_proven: bool = False) -> HttpResponseBase:
    target = _next(request)
    with walls.everywhere():
        login(request, user)
        actions.entered(user)
    for left_over in (PENDING, PROVEN):
        request.session.pop(left_over, None)
    if has_proven:
        request.session[PROVEN] = int(time.time())
    presence.begin(request.session)
    entered = redirect(target or "console:home")
    browsers.remember(request, entered, user)
    return entered


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: only to a page of our own."""
    return own_page(request.POST.get("next") or request.GET.get("next") or "")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    actions.left(user_of(request), request.session)
    logout(request)
    return redirect("accounts:sign-in")


@require_POST
def lock(request: HttpRequest) -> HttpResponseBase:
    """Hide everything until the password is given again: asked for by a page that nobody has touched, or by a person."""
    actions.lock(request.session)
    return redirect(f"{reverse('accounts:unlock')}?{urlencode({'next': _next(request) or '/'})}")


@never_cache
def unlock(request: HttpRequest) -> HttpResponseBase:
    """Come back into a locked session, to the page where one was."""
    target = _next(request) or "/"
    if not presence.is_locked(request.session):
        return redirect(target)
    user, form = user_of(request), OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        wrong = _("パスワードが違います。もう一度入力してください。")
        if right(form, "password", lambda: actions.check_password(request, user.email, password), wrong):
            presence.touch(request.session)
            return redirect(target)
    rings = may(user, "supervision:calls")
    return answer(request, "console/unlock.html", {"form": form, "next": target, "rings": rings})


@require_POST
def acted(request: HttpRequest) -> HttpResponseBase:
    """A page says that its person is there; the gate has noted it."""
    del request
    return HttpResponse(status=204)
