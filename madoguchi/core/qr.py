"""QR codes as files: SVG for print, PNG for whatever takes no SVG."""

import io

import segno
from django.http import HttpRequest, HttpResponse

PNG_MODULE_PIXELS = 24  # a code of 33 modules prints at 7 cm in 300 dpi
_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


def answer(request: HttpRequest, kind: str, link: str, title: str, name: str) -> HttpResponse:
    """The code of `link` as "svg" or "png", to be shown in a page; with `?save` it is loaded down as `name`."""
    kept = "attachment" if "save" in request.GET else "inline"
    headers = {
        "Content-Disposition": f'{kept}; filename="{name}.{kind}"',
        "Cache-Control": "private, max-age=3600",
    }
    data = _svg(link, title) if kind == "svg" else _png(link)
    return HttpResponse(data, content_type=_TYPES[kind], headers=headers)


def _svg(link: str, title: str) -> bytes:
    file = io.BytesIO()
    segno.make(link, error="m").save(file, kind="svg", scale=8, border=4, title=title, light="white")
    return file.getvalue()


def _png(link: str) -> bytes:
    file = io.BytesIO()
    segno.make(link, error="m").save(file, kind="png", scale=PNG_MODULE_PIXELS, border=4)
    return file.getvalue()
