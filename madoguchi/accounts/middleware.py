"""The two gates in front of every view: the organisation's wall, and the permission table. And the end of its connection."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from madoguchi.accounts import presence
from madoguchi.accounts.first_steps import SIGN_IN, first_step
from madoguchi.accounts.permissions import TABLE, may
from madoguchi.accounts.request import user_of
from madoguchi.core import walls

OF_LOCKED_SESSIONS = ("accounts:lock", "accounts:unlock", "accounts:sign-out")
# Numbers alone, so that a locked screen can still call its person. It neither opens the session nor counts as an act.
WHILE_LOCKED = ("supervision:calls",)
Inner = Callable[[HttpRequest], HttpResponseBase]  # the rest of the middleware, and the view


def give_back(get_response: Inner) -> Inner:
    """The database connection goes back to the pool before the answer goes out, so that a browser that reads slowly holds
    none; what streams takes one again when it needs it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        try:
            return get_response(request)
        finally:
            if not connection.in_atomic_block:  # as in a test
                connection.close()

    return middleware


def wall(get_response: Inner) -> Inner:
    """Run the rest of the request inside the wall of the signed-in user's organisation."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with walls.everywhere():
            user = request.user
            organisation_id = user.organisation_id if user.is_authenticated else None
        with walls.within(organisation_id):
            return get_response(request)

    return middleware


def permission(get_response: Inner) -> Inner:
    """Close every route that the table does not open to this user; what is denied looks absent."""

    class Gate:
        def __call__(self, request: HttpRequest) -> HttpResponseBase:
            return get_response(request)

        def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
            return _answer(request)

    return Gate()


def _answer(request: HttpRequest) -> HttpResponseBase | None:
    verb = request.resolver_match.view_name if request.resolver_match else ""
    row = TABLE.get(verb)
    if row is not None and row.is_public:
        return None
    if not request.user.is_authenticated or presence.is_over(request.session):
        return _ask_to_sign_in(request)
    first = first_step(user_of(request), request.session)
    if first == SIGN_IN:
        return _ask_to_sign_in(request)
    if verb not in OF_LOCKED_SESSIONS:
        if not presence.is_locked(request.session):
            presence.note(request)
        elif verb not in WHILE_LOCKED:
            return _lead(
                request, redirect(f"{reverse('accounts:unlock')}?{urlencode({'next': _page(request)})}")
            )
    if first and verb not in (first, *OF_LOCKED_SESSIONS):
        return _lead(request, redirect(first))
    if not may(request.user, verb):
        raise Http404
    return None


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    logout(request)
    return _lead(request, redirect_to_login(_page(request)))


def _page(request: HttpRequest) -> str:
    """Where to come back to: the page a person sees, not the part of it that was asked for."""
    if request.method == "GET" and not request.headers.get("HX-Current-URL"):
        return request.get_full_path()
    return "/" + _shown_path(request).lstrip("/\\")


def _shown_path(request: HttpRequest) -> str:
    """The path of the page that a request comes from; a browser may say anything."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")).path
    except ValueError:
        return ""


def _lead(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Lead the whole page there, also when only a part of it was asked for; a page that is there already stays."""
    if not request.headers.get("HX-Request"):
        return answer
    is_there = urlsplit(answer["Location"]).path == _shown_path(request)
    return HttpResponse(status=204, headers={} if is_there else {"HX-Redirect": answer["Location"]})
