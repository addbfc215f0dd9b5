"""Letting a survey out and stopping it; its versions, and what changed between them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.surveys import actions, changes
from madoguchi.surveys.definition import Definition
from madoguchi.surveys.models import Survey, Version
from madoguchi.surveys.views import asked
from madoguchi.surveys.views.saving import save


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What stands on the page goes out; not what somebody else has changed since."""
    found = asked.one(request, pk)
    try:
        version = actions.publish(user_of(request), found, asked.revision(request))
    except actions.HasProblems as refusal:
        messages.error(
            request,
            _("あと%(count)sか所を直すと公開できます。") % {"count": len(refusal.problems)},
        )
    except actions.Overtaken:
        messages.warning(
            request,
            _("ほかの人がいま編集しました。内容を確かめてから、もう一度「公開する」を押してください。"),
        )
    else:
        messages.success(request, _said(Survey.objects.get(pk=pk), version))
    return redirect("surveys:survey", pk)


def _said(survey: Survey, version: Version) -> str:
    if survey.is_asked:
        return _("第%(number)s版を公開しました。いまから、この内容でおたずねします。答えている途中の人は、始めた版のまま続けます。") % {
            "number": version.number
        }  # fmt: skip
    return _("第%(number)s版を公開しました。受付の期間になると、おたずねします。") % {
        "number": version.number
    }


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    actions.close(user_of(request), asked.one(request, pk))
    messages.success(request, _("受付を止めました。これまでの回答は残っています。"))
    return redirect("surveys:survey", pk)


def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest first, each with what changed from the one before; above them what has not gone out."""
    found = asked.one(request, pk)
    rows = list(found.versions.select_related("published_by").order_by("number"))
    before = Definition(title=found.draft_definition.title)
    shown = []
    for row in rows:
        shown.append((row, changes.between(before, row.definition) if row.number > 1 else []))
        before = row.definition
    waiting = changes.between(rows[-1].definition, found.draft_definition) if rows else []
    context = {
        "survey": found,
        "versions": list(reversed(shown)),
        "waiting": waiting,
        "can_build": may(user_of(request), "surveys:restore-version") and found.archived_at is None,
    }
    return render(request, "surveys/versions.html", context)


@require_POST
def restore_version(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A version's content becomes the draft; the present draft can be had back by undoing it."""
    found = asked.one(request, pk)
    version = get_object_or_404(found.versions, number=number)
    save(user_of(request), found, lambda _now: version.definition, what="version")
    messages.success(
        request,
        _("第%(number)s版の内容を下書きに戻しました。公開するまで、友だちには見えません。")
        % {"number": number},
    )
    return redirect("surveys:survey", pk)
