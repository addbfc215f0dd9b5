"""What LINE fetches without signing in: pictures we sent, behind an address of 256 random bits, stored hashed."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse

from madoguchi.core import walls
from madoguchi.threads.models import Attachment

VARIANTS = {"full.jpg": "full", "small.jpg": "small"}


def picture(_request: HttpRequest, token: str, name: str) -> HttpResponse:
    if name not in VARIANTS:
        raise Http404
    with walls.everywhere():
        digest = hashlib.sha256(token.encode()).digest()
        found = Attachment.objects.select_related("message__contact").filter(public_hash=digest).first()
        if found is None:
            raise Http404
        plain = found.plain_bytes(VARIANTS[name])
    return HttpResponse(plain, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=86400"})
