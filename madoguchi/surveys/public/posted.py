"""A question's form as it was sent -> the answer, or a kind sentence. What was typed is given back to be put right."""

import math
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from madoguchi.channels.line.body import storable
from madoguchi.surveys import reading
from madoguchi.surveys.areas import area_of
from madoguchi.surveys.definition import Kind, Question
from madoguchi.surveys.given import SKIPPED, Given
from madoguchi.surveys.reading import Unfit

LONGEST_PLACE = 300  # letters of an address
LONGEST_TYPED = 4000  # letters that are given back in a form


def text_of(post: QueryDict) -> str:
    """What was typed, with line ends as they are kept."""
    return str(storable(post.get("text", "").replace("\r\n", "\n").replace("\r", "\n")))[:LONGEST_TYPED]


def number_of(request: HttpRequest, name: str) -> int:
    """A number that the page carries; 0 when it is missing or made up."""
    written = request.POST.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0


def given(question: Question, post: QueryDict) -> Given:
    """Raises Unfit. Pictures are not read here."""
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        return _chosen(question, post)
    if question.kind is Kind.CONFIRMATION:
        if post.get("choice") != "ok":
            raise Unfit(_("読んで確かめたら、しるしを付けてください。"))
        return Given(codes=("ok",))
    text = text_of(post).strip()
    if question.kind is Kind.PLACE:
        return _place(question, text, post)
    if not text and not question.is_required:
        return SKIPPED
    return reading.typed(question, text, area_of)


def _chosen(question: Question, post: QueryDict) -> Given:
    codes = [reading.picked(question, code) for code in post.getlist("choice")]
    if not codes and not question.is_required:
        return SKIPPED
    if not codes:
        raise Unfit(
            _("1つ選んでください。") if question.kind is Kind.SINGLE else _("1つ以上選んでください。")
        )
    return Given(codes=(codes[-1],)) if question.kind is Kind.SINGLE else reading.in_order(question, codes)


def _place(question: Question, text: str, post: QueryDict) -> Given:
    if len(text) > LONGEST_PLACE:
        raise Unfit(_("場所は%(most)s文字までで入力してください。") % {"most": LONGEST_PLACE})
    found = _position(post)
    if not text and not found:
        if question.is_required:
            raise Unfit(_("場所の名前か住所を入力してください。"))
        return SKIPPED
    return Given(private={"title": "", "address": text, **found})


def _position(post: QueryDict) -> dict[str, Any]:
    """The phone's own, when the friend pressed the button for it."""
    try:
        latitude, longitude = float(post.get("latitude", "")), float(post.get("longitude", ""))
    except ValueError:
        return {}
    is_on_earth = math.isfinite(latitude + longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return {"latitude": round(latitude, 6), "longitude": round(longitude, 6)} if is_on_earth else {}
