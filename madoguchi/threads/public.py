"""What LINE fetches without signing in: pictures we sent, behind an address of 256 random bits, stored hashed."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse

from madoguchi.core import walls
from madoguchi.threads.actions.attachments import fetch_public

VARIANTS = {"full.jpg": "full", "small.jpg": "small"}


def picture(_request: HttpRequest, token: str, name: str) -> HttpResponse:
    if name not in VARIANTS:
        raise Http404
    with walls.everywhere():
        plain = fetch_public(hashlib.sha256(token.encode()).digest(), VARIANTS[name])
    if plain is None:
        raise Http404
    return HttpResponse(plain, content_type="image/jpeg", headers={"Cache-Control": "no-store"})
