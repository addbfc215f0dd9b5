"""Whether a value fits its attribute: from what a form, a file or a friend gave to how it is kept, or a sentence that says
what to do. Pure but for the options, which the attribute brings."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madoguchi.channels.line.body import storable
from madoguchi.contacts.models import Attribute, Kind
from madoguchi.contacts.models.values import Stored

LONGEST_TEXT = 2000
LARGEST_NUMBER = 999_999_999
YEARS = range(1900, 2101)
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,3})?")
_DATE = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")


class Unfit(Exception):
    """The value does not fit the attribute; `sentence` tells a person what would, and holds nothing of the value."""

    def __init__(self, attribute: Attribute, sentence: str | Promise) -> None:
        super().__init__("the value does not fit")
        self.attribute, self.sentence = attribute, sentence


def clean(attribute: Attribute, value: object, before: Stored = None) -> Stored:
    """The value as it is kept: codes in the options' order, a number, "YYYY-MM-DD" or a text; None when it is empty.
    `before`: the value until now; what is kept may stay although its option can't be chosen any more. Raises Unfit."""
    if value is None or (isinstance(value, str | list | tuple | set) and not value):
        return None
    return _CLEAN[Kind(attribute.kind)](attribute, value, before)


def _codes(attribute: Attribute, value: object, before: Stored) -> Stored:
    wanted = {value} if isinstance(value, str) else set(value) if isinstance(value, Iterable) else {value}
    kept = set(before or ())
    options = list(attribute.options.all())
    codes = [one.code for one in options if one.code in wanted]
    if len(codes) != len(wanted):
        raise Unfit(attribute, _("選択肢にありません。選択肢から選んでください。"))
    if any(one.archived_at and one.code in wanted - kept for one in options):
        raise Unfit(attribute, _("この選択肢は、いまは選べません。別の選択肢を選んでください。"))
    if len(codes) > 1 and attribute.kind != Kind.MULTIPLE:
        raise Unfit(attribute, _("ひとつだけ選んでください。"))
    return codes


def _number(attribute: Attribute, value: object, _before: Stored) -> Stored:
    written = unicodedata.normalize("NFKC", str(value)).strip().replace(",", "").replace("\u2212", "-")
    if isinstance(value, bool) or not _NUMBER.fullmatch(written) or abs(float(written)) > LARGEST_NUMBER:
        raise Unfit(attribute, _("数字で入力してください（小数は3桁まで）。"))
    return int(float(written)) if float(written).is_integer() else float(written)


def _date(attribute: Attribute, value: object, _before: Stored) -> Stored:
    written = value.isoformat()[:10] if isinstance(value, date) else str(value)
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", written).strip())
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise Unfit(attribute, _("日付を「2026-04-01」のように入力してください。"))
    return day.isoformat()


def _text(attribute: Attribute, value: object, _before: Stored) -> Stored:
    text = str(storable(str(value).replace("\r\n", "\n").strip()))
    if len(text) > LONGEST_TEXT:
        raise Unfit(attribute, _("長すぎます。2000文字までにしてください。"))
    return text or None


_CLEAN: dict[Kind, Callable[[Attribute, object, Stored], Stored]] = {
    Kind.SINGLE: _codes,
    Kind.MULTIPLE: _codes,
    Kind.AREA: _codes,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TEXT: _text,
}


def opened(attribute: Attribute, stored: Stored) -> object:
    """A kept value as code reads it: a code, a list of codes, a number, a date or a text."""
    if stored is None:
        return None
    match attribute.kind:
        case Kind.SINGLE | Kind.AREA:
            return stored[0]
        case Kind.DATE:
            return date.fromisoformat(stored)
    return stored
