"""Reading what friends answered is an act: R11, the audit row stands in the same transaction. No row, no content."""

import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import seal
from madoguchi.surveys import asking
from madoguchi.surveys.definition import Question
from madoguchi.surveys.models import Answer, Survey
from madoguchi.surveys.narrowing import Narrowing

MOST_FOUND = 50
MOST_SCANNED = 50_000
LONGEST_SCAN_SECONDS = 3.0
_STEP = 500


@dataclass(frozen=True)
class Said:
    """One answer in the friend's own words. `words` is None when they can't be opened any more: they were erased."""

    answer: Answer = field(repr=False)
    words: str | None = field(repr=False)


@dataclass(frozen=True)
class Found:
    """`is_all`: whether every answer was looked at."""

    said: list[Said] = field(repr=False)
    scanned: int
    is_all: bool


def in_own_words(survey: Survey, question: Question, looked_at: Narrowing) -> QuerySet[Answer]:
    """The sealed answers to a question, the newest first."""
    answers = Answer.objects.filter(survey=survey, question=question.key, is_on_path=True, is_skipped=False)
    sealed = answers.filter(sealed_private__isnull=False, **looked_at.of_answers())
    return sealed.select_related("submission__contact").order_by("-answered_at", "-pk")


@transaction.atomic
def read(actor: User, survey: Survey, question: Question, page: Sequence[Answer]) -> list[Said]:
    """Open a page of answers."""
    if page:
        record(actor, "surveys.read", survey, question=question.key, answers=[each.pk for each in page])
    return [Said(each, _words(question, each)) for each in page]


@transaction.atomic
def find(actor: User, survey: Survey, question: Question, looked_at: Narrowing, searched: str) -> Found:
    """Answers with these words in them, the newest first. They are sealed, so they are opened one after the other, within
    bounds of number and time."""
    wanted, until = _folded(searched), time.monotonic() + LONGEST_SCAN_SECONDS
    answers, found, scanned, is_all = in_own_words(survey, question, looked_at), list[Said](), 0, False
    while len(found) < MOST_FOUND and scanned < MOST_SCANNED and time.monotonic() < until:
        step = list(answers[scanned : scanned + _STEP])
        opened = [Said(each, _words(question, each)) for each in step]
        found += [one for one in opened if one.words and wanted in _folded(one.words)]
        scanned += len(step)
        if is_all := len(step) < _STEP:
            break
    shown = found[:MOST_FOUND]
    ids = [one.answer.pk for one in shown]
    record(actor, "surveys.find", survey, question=question.key, answers=ids, scanned=scanned)
    return Found(shown, scanned, is_all and len(found) <= MOST_FOUND)


def _words(question: Question, answer: Answer) -> str | None:
    try:
        return asking.worded(question, answer.given)
    except seal.CannotOpen:
        return None


def _folded(text: str) -> str:
    """Wide and narrow letters, large and small, and both kinds of kana as one."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in plain)
