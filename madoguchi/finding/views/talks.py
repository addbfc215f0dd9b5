"""Looking for talks: by what is known of them, in an address that can be kept; by their words, in a form's body."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from madoguchi.accounts.request import user_of
from madoguchi.desk.views.asked import is_partial, number
from madoguchi.finding import actions
from madoguchi.finding.forms import FindForm

PAGE = 50


@never_cache
def talks(request: HttpRequest) -> HttpResponseBase:
    """GET: by filters. POST: by words, as far as one answer goes; `before`: where the search goes on."""
    user = user_of(request)
    form = FindForm(request.POST if request.method == "POST" else request.GET, user=user)
    if not form.is_valid():
        return render(request, "finding/talks.html", {"form": form, "page": None})
    if request.method != "POST":
        return _by_filters(request, form)
    words = form.cleaned_data["words"].strip()
    if not words:
        query = urlencode(form.filters)
        return redirect(reverse("finding:talks") + (f"?{query}" if query else ""))
    return _by_words(request, form, words)


def _by_filters(request: HttpRequest, form: FindForm) -> HttpResponse:
    page = Paginator(form.conversations(), PAGE).get_page(request.GET.get("page"))
    return render(
        request, "finding/talks.html", {"form": form, "page": page, "is_narrowed": bool(form.filters)}
    )


def _by_words(request: HttpRequest, form: FindForm, words: str) -> HttpResponse:
    wanted, before = form.conversations(), number(request, "before")
    found = actions.search(user_of(request), wanted, words, before)
    looked = (number(request, "looked") or 0) + found.talks
    hits = (number(request, "hits") or 0) + len(found.hits)
    context = {
        "form": form,
        "words": words,
        "found": found,
        "looked": looked,
        "hits": hits,
        "total": wanted.count() if before is None else max(looked, number(request, "total") or 0),
    }
    name = "finding/_more.html" if is_partial(request) and before is not None else "finding/talks.html"
    return render(request, name, context)
