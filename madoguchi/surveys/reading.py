"""What somebody typed or picked -> the answer it means, or a kind sentence that says what is asked for."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.surveys import wording
from madoguchi.surveys.definition import Kind, Question
from madoguchi.surveys.given import Given

LONGEST_TEXT = 2000  # letters of a free answer
EXAMPLES = {
    Kind.NUMBER: gettext_lazy("例：12"),
    Kind.DATE: gettext_lazy("例：2026-04-01"),
    Kind.DATETIME: gettext_lazy("例：2026-04-01T09:30"),
}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "r": 2018, "h": 1988, "s": 1925, "t": 1911}
_NUMBER = re.compile(r"(-?\d{1,12}(?:\.\d{1,4})?)\s*(?:歳|才|さい|人|か月|ヶ月|カ月|回|年|日|円|%|点|番)?\Z")
_DATE = re.compile(
    r"(?:(令和|平成|昭和|大正|[rhst])\s*)?(\d{1,4}|元)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
)
_CLOCK = re.compile(r"[t\s,]*(\d{1,2})\s*(?::|時)\s*(?:(\d{1,2})\s*分?|(半))?\Z")
_POSTCODE = re.compile(r"〒?\s*(\d{3})\s*-?\s*(\d{4})\Z")
_BETWEEN = re.compile(r"[、,，・/／\n]+")

Bound = Decimal | date | datetime


class Unfit(ValueError):
    """This is no answer to the question. `sentence` is for whoever answers, in the language spoken now."""

    def __init__(self, sentence: str) -> None:
        super().__init__("unfit")
        self.sentence = sentence


def folded(text: str) -> str:
    """As it is compared: width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def typed(question: Question, text: str, area_of: Callable[[str], str | None]) -> Given:
    """The answer that these words mean. Raises Unfit. `area_of`: the area code of a postcode of 7 digits, if there is one."""
    return {
        Kind.SINGLE: _single,
        Kind.MULTIPLE: _multiple,
        Kind.TEXT: _text,
        Kind.NUMBER: _number,
        Kind.DATE: _date,
        Kind.DATETIME: _datetime,
        Kind.POSTCODE: lambda _question, words: _postcode(words, area_of),
        Kind.CONFIRMATION: _confirmation,
        Kind.PLACE: _only_sent,
        Kind.PICTURE: _only_sent,
    }[question.kind](question, text)


def is_free_writing(question: Question, text: str) -> bool:
    """Words that cannot be meant as an answer here: they are for a person to read. At a question that is answered by
    choosing, all but a choice's own name; where figures are asked for, whatever has none in it."""
    if question.kind is Kind.TEXT:
        return False
    if question.kind in (Kind.NUMBER, Kind.DATE, Kind.DATETIME, Kind.POSTCODE):
        return not any(character.isdecimal() for character in text)
    try:
        typed(question, text, lambda _postcode: None)
    except Unfit:
        return True
    return False


def picked(question: Question, code: str) -> str:
    """The code of an option of this question. Raises Unfit for another."""
    if question.option(code) is None:
        raise Unfit(_("その選択肢は、いまは選べません。"))
    return code


def bound(kind: Kind, text: str) -> Bound | None:
    """The end of a range as a value; None when it is empty or cannot be read."""
    try:
        if kind is Kind.NUMBER:
            return Decimal(text)
        return date.fromisoformat(text) if kind is Kind.DATE else datetime.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return None


def _named(question: Question, text: str) -> str | None:
    wanted = folded(text)
    for option in question.options:
        if wanted in {folded(label) for label in wording.labels(option.label)}:
            return option.code
    return None


def _single(question: Question, text: str) -> Given:
    code = _named(question, text)
    if code is None:
        raise Unfit(_("ボタンから選んでください。"))
    return Given(codes=(code,))


def _multiple(question: Question, text: str) -> Given:
    whole = _named(question, text)  # a label may hold a comma itself
    codes = [whole] if whole else [_named(question, part) for part in _BETWEEN.split(text) if part.strip()]
    if not codes or None in codes:
        raise Unfit(_("ボタンから選んでください。"))
    return in_order(question, [code for code in codes if code])


def in_order(question: Question, codes: list[str]) -> Given:
    """Several choices, each once, in the order in which they are asked."""
    return Given(codes=tuple(option.code for option in question.options if option.code in codes))


def _text(_question: Question, text: str) -> Given:
    words = text.strip()
    if not words:
        raise Unfit(_("文字で入力してください。"))
    if len(words) > LONGEST_TEXT:
        raise Unfit(
            _("回答は%(most)s文字までです。短くして、もう一度送ってください。")
            % {"most": f"{LONGEST_TEXT:,}"}
        )
    return Given(private={"text": words})


def _number(question: Question, text: str) -> Given:
    found = _NUMBER.match(_plain(text).replace(",", ""))
    if found is None:
        raise Unfit(_("数字で入力してください。例：12"))
    number = Decimal(found[1])
    _within(question, number)
    return Given(number=number)


def _date(question: Question, text: str) -> Given:
    day, rest = _day(_plain(text))
    if day is None or rest.strip():
        raise Unfit(_("日付を入力してください。例：2026年4月1日"))
    _within(question, day)
    return Given(on=day)


def _datetime(question: Question, text: str) -> Given:
    day, rest = _day(_plain(text))
    clock = _CLOCK.match(rest)
    if day is None or clock is None:
        raise Unfit(_("日付と時刻を入力してください。例：2026年4月1日 9:30"))
    try:
        moment = datetime(day.year, day.month, day.day, int(clock[1]), 30 if clock[3] else int(clock[2] or 0))  # noqa: DTZ001
    except ValueError:
        raise Unfit(_("日付と時刻を入力してください。例：2026年4月1日 9:30")) from None
    _within(question, moment)
    return Given(on=day, moment=moment.isoformat(timespec="minutes"))


def _postcode(text: str, area_of: Callable[[str], str | None]) -> Given:
    found = _POSTCODE.match(_plain(text))
    if found is None:
        raise Unfit(_("郵便番号を7けたの数字で入力してください。例：163-8001"))
    postcode = found[1] + found[2]
    area = area_of(postcode)
    if area is None:
        raise Unfit(_("この郵便番号は見つかりませんでした。もう一度確かめてください。"))
    return Given(codes=(area,), private={"postcode": postcode})


def _confirmation(_question: Question, text: str) -> Given:
    if folded(text) not in {"はい", "ok", "yes", "確認しました", "わかりました"}:
        raise Unfit(_("確かめたら、ボタンを押してください。"))
    return Given(codes=("ok",))


def _only_sent(question: Question, _text: str) -> Given:
    sentences = {Kind.PLACE: _("場所を送ってください。"), Kind.PICTURE: _("写真を送ってください。")}
    raise Unfit(sentences[question.kind])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _day(text: str) -> tuple[date | None, str]:
    """The date at the beginning of a text, and what follows it. A Japanese era's year is understood."""
    if len(text) == 8 and text.isdecimal():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = _DATE.match(text)
    if found is None:
        return None, text
    year = 1 if found[2] == "元" else int(found[2])
    if not found[1] and year < 1000:  # 26-4-1: of which century or era?
        return None, text
    try:
        return date(year + _ERAS.get(found[1] or "", 0), int(found[3]), int(found[4])), text[found.end() :]
    except ValueError:
        return None, text


def _within(question: Question, value: Bound) -> None:
    low, high = bound(question.kind, question.low), bound(question.kind, question.high)
    if (low is not None and value < low) or (high is not None and value > high):  # type: ignore[operator]
        names = {"low": shown(low), "high": shown(high)}
        if low is None:
            raise Unfit(_("%(high)sまでの値を入力してください。") % names)
        if high is None:
            raise Unfit(_("%(low)sからの値を入力してください。") % names)
        raise Unfit(_("%(low)sから%(high)sまでの値を入力してください。") % names)


def shown(value: Bound | None) -> str:
    """A number or a date as it is written in a sentence."""
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日 {value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else f"{value:f}"
