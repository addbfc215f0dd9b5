"""The log of acts and reads. Rows are only ever added: the database refuses to change or remove them.

It stands below accounts, so that signing in and changing roles are recorded like everything else, and keeps plain ids
and the actor's name as it was: a log outlives what it speaks of.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from madoguchi.audit import words


class Entry(models.Model):
    """Who did what to what, when. `detail` holds ids and counts, never content."""

    organisation_id = models.BigIntegerField()
    at = models.DateTimeField("日時", db_default=Now())
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField("操作した人", max_length=60, blank=True)
    verb = models.CharField("操作", max_length=60)
    subject_kind = models.CharField("対象", max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    detail = models.JSONField("詳細", default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "-at"]),
            models.Index(fields=["subject_kind", "subject_id", "-at"]),
        ]

    @property
    def verb_text(self) -> str:
        return str(words.VERBS.get(self.verb, self.verb))

    @property
    def subject_text(self) -> str:
        return str(words.KINDS.get(self.subject_kind, self.subject_kind))

    def details_in_words(self, word: Callable[[str, Any], object]) -> list[tuple[str, str]]:
        """(name, value) of each detail; a list as its first and how many there are. `word`: what a detail's code means, for
        the log itself stands below whoever named it."""
        return [
            (str(words.DETAILS.get(name, name)), _short(value, partial(word, name)))
            for name, value in self.detail.items()
        ]


def _short(value: Any, word: Callable[[Any], object]) -> str:
    if value is None or value == []:
        return "—"
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, list):
        shown = _("、").join(str(word(each)) for each in value[:6])
        return shown + (f" … ({len(value)})" if len(value) > 6 else "")
    return str(word(value))[:60]
