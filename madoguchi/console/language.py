"""Which language the screens speak: Japanese, or what this browser has chosen. Never what the browser was made with, because
a shared machine's settings are nobody's wish."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import own_page

A_YEAR = 365 * 24 * 3600


def speak(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: speak the chosen language for this request."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            return get_response(request)

    return middleware


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keep the language asked for, and go back to the page of ours that it was asked on."""
    answer = redirect(own_page(request.POST.get("next", "")) or "/")
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.IS_HTTPS,
        )
    return answer
