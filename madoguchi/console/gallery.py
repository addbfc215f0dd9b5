"""The gallery: every component with made-up content, for whoever works on the console. Absent in production; it reads
nothing from the database."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from madoguchi.console import gallery_content as content


def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    if settings.IS_PRODUCTION:
        raise Http404
    form = content.SampleForm(request.POST or None)
    form.is_valid()
    return render(request, "console/gallery.html", {**content.components(request), "form": form})
