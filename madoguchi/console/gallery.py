"""The gallery: every component and the desk with made-up content. A page for whoever works on the console; it is routed
in development mode only and reads nothing from the database."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from madoguchi.console import gallery_content as content

SCENES = {
    "desk": content.desk,
    "waiting": content.waiting,
    "held": content.held,
    "empty": content.empty,
    "closed": content.closed,
}


def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    form = content.SampleForm(request.POST or None)
    form.is_valid()
    return render(
        request, "console/gallery.html", {**content.shell(), **content.components(request), "form": form}
    )


def scene(request: HttpRequest, name: str) -> HttpResponse:
    """The whole desk in one of the states it can be in."""
    if name == "nothing":  # what the scenes' live parts pull: nothing has changed
        return HttpResponse(status=204)
    if name not in SCENES:
        raise Http404
    return render(request, "desk/desk.html", {**content.shell(), **SCENES[name]()})


def page(request: HttpRequest, name: str) -> HttpResponse:
    """A page without navigation: sign_in, 404, 403, 500."""
    templates = {"sign_in": "console/sign_in.html", "404": "404.html", "403": "403.html", "500": "500.html"}
    if name not in templates:
        raise Http404
    return render(request, templates[name], {"form": content.SignInSample(request.POST or None)})
