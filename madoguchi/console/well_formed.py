"""What no browser of ours sends is refused before anything understands it, once for all views; and no answer is kept."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, QueryDict

from madoguchi.console.views import refused
from madoguchi.core.cookies import without_zeros

Inner = Callable[[HttpRequest], HttpResponseBase]
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def well_formed(get_response: Inner) -> Inner:
    """Middleware: 400 for a zero byte in a path, a query or a form (PostgreSQL takes none), and for any charset but UTF-8
    (Python knows some that are none). A cookie with a zero byte is left out: a page must not stay closed for its sake."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.COOKIES = without_zeros(request.COOKIES)
        return get_response(request) if _is_well_formed(request) else refused(request)

    return middleware


def _is_well_formed(request: HttpRequest) -> bool:
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8") or "\0" in request.path or _holds_a_zero(request.GET):
        return False
    return request.content_type not in FORMS or not _holds_a_zero(request.POST)


def _holds_a_zero(fields: QueryDict) -> bool:
    return any("\0" in text for name, values in fields.lists() for text in (name, *values))


def kept_nowhere(get_response: Inner) -> Inner:
    """Middleware: whatever says nothing of it, no browser and no proxy keeps. Static files are answered before."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = get_response(request)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return middleware
