"""What LINE fetches without signing in: pictures we sent, behind an address of 256 random bits, stored hashed."""

from django.http import Http404, HttpRequest, HttpResponse

from madoguchi.core import walls
from madoguchi.threads.actions.pictures import fetch_public


def picture(_request: HttpRequest, token: str, variant: str) -> HttpResponse:
    if variant not in ("full", "small"):
        raise Http404
    with walls.everywhere():
        plain = fetch_public(token, variant)
    if plain is None:
        raise Http404
    return HttpResponse(plain, content_type="image/jpeg", headers={"Cache-Control": "no-store"})
