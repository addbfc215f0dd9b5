"""The terms that friends agree to before the first question: written, seen as friends see them, published as a version."""

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import User
from madoguchi.accounts.request import user_of
from madoguchi.contacts import actions
from madoguchi.contacts.models import Consent, Purpose, Terms
from madoguchi.surveys.definition import Wording, Words
from madoguchi.surveys.entrance import NAMES
from madoguchi.surveys.forms.terms import PLACES, TermsForm


def terms(request: HttpRequest) -> HttpResponse:
    """All versions, newest first, and which of them is asked for now."""
    user = user_of(request)
    current = {_current(user, purpose) for purpose in (Purpose.CONSULTATION, Purpose.DELIVERY)}
    agreed = dict(
        Consent.objects.standing()
        .filter(organisation_id=user.organisation_id)
        .values_list("terms_id")
        .annotate(friends=Count("pk"))
    )
    rows = [
        {"terms": one, "is_current": one.pk in current, "agreed": agreed.get(one.pk, 0)}
        for one in _ours(user)
    ]
    return render(request, "surveys/terms.html", {"rows": rows})


def _ours(user: User) -> "QuerySet[Terms]":
    return Terms.objects.of(user.organisation_id).order_by("-number")


def _current(user: User, purpose: str) -> int | None:
    found = Terms.objects.of(user.organisation_id).current(purpose)
    return found.pk if found else None


def add(request: HttpRequest) -> HttpResponse:
    """A new version, which begins with what the last one says."""
    user = user_of(request)
    last = _ours(user).first()
    form = TermsForm(request.POST or None, initial=_values(last) if last else {})
    if request.method == "POST" and form.is_valid():
        made = actions.write_terms(user, **form.cleaned_data)
        messages.success(request, _("下書きを保存しました。見え方を確かめてから公開してください。"))
        return redirect("surveys:terms-version", made.pk)
    return render(request, "surveys/terms_version.html", {"form": form, "terms": None})


def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version as friends see it; a draft can still be changed."""
    user = user_of(request)
    found = get_object_or_404(_ours(user), pk=pk)
    form = TermsForm(request.POST or None, initial=_values(found)) if found.published_at is None else None
    if request.method == "POST" and form is not None and form.is_valid():
        actions.rewrite_terms(user, found, **form.cleaned_data)
        messages.success(request, _("下書きを保存しました。見え方を確かめてから公開してください。"))
        return redirect("surveys:terms-version", pk)
    words = Words(found.text, found.child_text, found.text_en)
    shown = [(name, one.value, words) for one, name in NAMES.items() if getattr(words, Wording(one).value)]
    context = {"form": form, "terms": found, "shown": shown, "asked_anew": _asked_anew(user, found)}
    return render(request, "surveys/terms_version.html", context)


def _values(found: Terms) -> dict[str, str]:
    return {"purpose": found.purpose} | {place: getattr(found, place) for place in PLACES}


def _asked_anew(user: User, found: Terms) -> int:
    """How many friends agreed to what this version takes the place of, and are asked again."""
    covered = Q() if found.purpose == Purpose.BOTH else Q(terms__purpose__in=[found.purpose, Purpose.BOTH])
    standing = Consent.objects.standing().filter(covered, organisation_id=user.organisation_id)
    return standing.exclude(terms=found).values("contact").distinct().count()


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(_ours(user), pk=pk)
    try:
        actions.publish_terms(user, found)
    except actions.Published:
        messages.error(request, _("この版は、もう公開されています。"))
    else:
        messages.success(
            request,
            _("第%(number)s版を公開しました。次に始める人から、この文面を読みます。")
            % {"number": found.number},
        )
    return redirect("surveys:terms")
