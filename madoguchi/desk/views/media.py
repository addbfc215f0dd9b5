"""The pictures and files of a talk, opened for one request and kept nowhere."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache

from madoguchi.accounts.request import user_of
from madoguchi.desk.actions import look
from madoguchi.desk.views.asked import one
from madoguchi.threads import contents
from madoguchi.threads.models import Attachment

_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


@never_cache
def attachment(request: HttpRequest, pk: int, token: str, variant: str) -> HttpResponse:
    """What may not be shown in a page is only offered as a download."""
    if variant not in ("full", "small"):
        raise Http404
    found = look.attachment(user_of(request), one(request, pk), token, variant)
    if found is None:
        raise Http404
    kept, plain = found
    answer = _piece(request, plain) if kept.is_shown else HttpResponse(plain)
    answer["Content-Type"] = _content_type(kept, variant)
    answer["Content-Disposition"] = (
        content_disposition_header(not kept.is_shown, _file_name(kept)) or "inline"
    )
    answer["Cache-Control"] = "no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _content_type(kept: Attachment, variant: str) -> str:
    if variant == "small":
        return "image/jpeg"
    return kept.content_type if kept.is_shown else "application/octet-stream"


def _file_name(kept: Attachment) -> str:
    """The friend's name of a file, which may hold anything: only for the browser to propose, without folders."""
    named = contents.file_name(kept.message.content).replace("\\", "/").rsplit("/", 1)[-1]
    return named or f"{kept.message.kind}-{kept.message.number}"


def _piece(request: HttpRequest, plain: bytes) -> HttpResponse:
    """The part a player asks for (RFC 9110, one range), so that a video can be wound forward."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        return HttpResponse(plain, headers={"Accept-Ranges": "bytes"})
    begin, end = int(asked[1]), min(int(asked[2] or len(plain)), len(plain) - 1)
    if begin > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(plain)}"})
    headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {begin}-{end}/{len(plain)}"}
    return HttpResponse(plain[begin : end + 1], status=206, headers=headers)
