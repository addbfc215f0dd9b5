"""Where a survey is in its life, in one word."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madoguchi.core import clock
from madoguchi.surveys.models import Survey


class Stage(models.TextChoices):
    DRAFT = "draft", _("下書き")
    SCHEDULED = "scheduled", _("受付前")
    ASKED = "asked", _("受付中")
    FULL = "full", _("定員に達しました")
    CLOSED = "closed", _("受付終了")
    ARCHIVED = "archived", _("しまってあります")


def stage(survey: Survey, finished: int) -> Stage:
    """`finished`: how many have answered to the end."""
    now = clock.now()
    if survey.archived_at:
        return Stage.ARCHIVED
    if survey.version_id is None:
        return Stage.DRAFT
    if survey.opened_at is None or (survey.closes_at is not None and survey.closes_at <= now):
        return Stage.CLOSED
    if survey.opens_at is not None and survey.opens_at > now:
        return Stage.SCHEDULED
    return Stage.FULL if survey.cap is not None and finished >= survey.cap else Stage.ASKED
