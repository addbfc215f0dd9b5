"""What the pages of surveys ask of their templates: the tabs, and texts without their readings."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from madoguchi.accounts.permissions import may
from madoguchi.surveys import changes, wording
from madoguchi.surveys.definition import Question
from madoguchi.surveys.models import Survey

register = template.Library()

TABS = ("settings", "links", "versions", "answers")
FEW = 3


@register.inclusion_tag("surveys/_tabs.html", takes_context=True)
def survey_tabs(context: dict[str, Any], survey: Survey, here: str) -> dict[str, Any]:
    """The tabs to those pages of a survey that this user may open; `here` is the current one."""
    user = context["user"]
    return {"survey": survey, "here": here, "tabs": {tab: may(user, f"surveys:{tab}") for tab in TABS}}


@register.filter
def bare(text: str) -> str:
    """Without furigana, for staff."""
    return wording.bare(text)


@register.filter
def short(question: Question) -> str:
    return changes.name(question)


@register.filter
def few(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    said = "・".join(names[:FEW])
    more = len(names) - FEW
    return _("%(names)s ほか%(count)s") % {"names": said, "count": more} if more > 0 else said
