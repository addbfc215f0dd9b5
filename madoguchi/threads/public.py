"""What is fetched without signing in, behind addresses of 256 random bits, stored hashed: pictures by LINE, files by friends."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from madoguchi.core import walls
from madoguchi.threads.actions.pictures import fetch_file, fetch_public


def picture(_request: HttpRequest, token: str, variant: str) -> HttpResponse:
    if variant not in ("full", "small"):
        raise Http404
    with walls.everywhere():
        plain = fetch_public(token, variant)
    if plain is None:
        raise Http404
    return HttpResponse(plain, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


@require_safe
def file(_request: HttpRequest, token: str) -> HttpResponse:
    """Always a download, with headers that let nothing in it run."""
    with walls.everywhere():
        found = fetch_file(token)
    if found is None:
        raise Http404
    name, content_type, plain = found
    answer = HttpResponse(plain, content_type=content_type)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
