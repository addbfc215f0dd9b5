"""An attempt with a secret, and what is said when it was not right, came too often or could not be judged."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from madoguchi.accounts import actions, proving

T = TypeVar("T")
BUSY = "busy"


def right(form: forms.Form, field: str | None, attempt: Callable[[], T], wrong: str) -> T | None:
    """What the attempt gave. When it gave nothing, None: the form says why."""
    found = None
    try:
        found = attempt()
    except actions.TooManyTries as refused:
        form.add_error(field, _too_many(refused.minutes))
    except proving.TooBusy:
        form.add_error(None, busy())
    else:
        if not found:
            form.add_error(field, wrong)
    return found or None


def busy() -> forms.ValidationError:
    words = _(
        "いま混み合っていて、パスワードを確かめられませんでした。少し待ってから、もう一度押してください。"
    )
    return forms.ValidationError(words, code=BUSY)


def answer(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """The page with its form. 503 when nothing was judged: nothing is wrong with what was typed."""
    form = context["form"]
    if not (isinstance(form, forms.Form) and form.is_bound and form.has_error("__all__", BUSY)):
        return render(request, template, context)
    later = render(request, template, context, status=503)
    later["Retry-After"] = "5"
    setattr(later, "_has_been_logged", True)  # noqa: B010 - no error of ours, and anybody could fill the log with it
    return later


def _too_many(minutes: int) -> str:
    if minutes > 60:
        return _(
            "続けて間違えたため、%(hours)s時間ほど受け付けません。組織の管理者に声をかけてください。"
        ) % {"hours": minutes // 60}
    return _("続けて間違えたため、しばらく受け付けません。%(minutes)s分ほど待ってから試してください。") % {
        "minutes": minutes
    }
