"""A question as one LINE message with quick replies, whatever the survey: 13 buttons and 20 letters are all there is.

More choices than fit are turned over page by page. Buttons under the newest message only are shown, so each message
carries all that can be done now. Whoever reads LINE where buttons are not drawn may type a choice's name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from madoguchi.channels.line import messages, templates
from madoguchi.channels.line.body import JsonObject
from madoguchi.channels.line.measure import first_graphemes
from madoguchi.surveys import reading, wording
from madoguchi.surveys.definition import CHOICES, Kind, Option, Question, Wording
from madoguchi.surveys.given import Given
from madoguchi.surveys.postbacks import Act

MOST_BUTTONS = 13

Data = Callable[[Act, str], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked now. `note`: said before it. `number`: the how-manieth question this is for the friend.
    `picked`: of several choices, those chosen so far. `now`: the present answer, in words."""

    question: Question
    wording: Wording = Wording.JA
    note: str = ""
    number: int = 1
    picked: tuple[str, ...] = ()
    page: int = 0
    now: str = ""
    can_go_back: bool = False
    web_address: str = ""  # where the same can be answered on a page


def message(asked: Asked, data: Data) -> JsonObject:
    """The LINE message; `data` makes a button's postback data."""
    controls = _controls(asked, data)
    choices = _choices(asked, data, MOST_BUTTONS - len(controls))
    return messages.with_quick_replies(messages.text(text(asked)), [*choices, *controls])


def text(asked: Asked) -> str:
    """What the message says; the same as the counsellor reads in the thread."""
    question = asked.question
    lines = [asked.note, ""] if asked.note else []
    lines.append(f"【{asked.number}】" + wording.with_readings(question.text.worded(asked.wording)))
    lines += [hint for hint in (_hint(question), _chosen(asked)) if hint]
    if asked.now:
        lines.append(_("いまの回答：%(answer)s") % {"answer": asked.now})
    return "\n".join(lines)


def _hint(question: Question) -> str:
    range_ = range_of(question)
    return {
        Kind.MULTIPLE: _("あてはまるものをすべて選んで「決定」を押してください。"),
        Kind.TEXT: _("文字で送ってください。"),
        Kind.NUMBER: _("数字を送ってください。") + range_,
        Kind.DATE: _("「日付を選ぶ」を押すか、文字で送ってください。") + range_,
        Kind.DATETIME: _("「日時を選ぶ」を押すか、文字で送ってください。") + range_,
        Kind.POSTCODE: _("郵便番号を7けたの数字で送ってください。"),
        Kind.PLACE: _("「場所を送る」を押してください。"),
        Kind.PICTURE: _("写真を1枚送ってください。"),
    }.get(question.kind, "")


def range_of(question: Question) -> str:
    """（0〜18）, or empty without a lowest and a highest answer."""
    low, high = (reading.shown(reading.bound(question.kind, text)) for text in (question.low, question.high))
    return f"（{low}〜{high}）" if low or high else ""


def _chosen(asked: Asked) -> str:
    if asked.question.kind is not Kind.MULTIPLE or not asked.picked:
        return ""
    names = (
        wording.label(option.label, asked.wording)
        for option in asked.question.options
        if option.code in asked.picked
    )
    return _("選択中：%(names)s") % {"names": "、".join(names)}


def _choices(asked: Asked, data: Data, room: int) -> list[JsonObject]:
    """What answers the question, at most `room` buttons."""
    match asked.question.kind:
        case kind if kind in CHOICES:
            return _page(asked, data, room)
        case Kind.CONFIRMATION:
            return [
                templates.postback_action(
                    _("確認しました"), data(Act.PICK, "ok"), display_text=_("確認しました")
                )
            ]
        case Kind.DATE:
            return [_picker(asked, data, _("日付を選ぶ"), "date")]
        case Kind.DATETIME:
            return [_picker(asked, data, _("日時を選ぶ"), "datetime")]
        case Kind.PLACE:
            return [{"type": "location", "label": _("場所を送る")}]
        case Kind.PICTURE:
            return [
                {"type": "camera", "label": _("写真をとる")},
                {"type": "cameraRoll", "label": _("写真を選ぶ")},
            ]
    return []


def _page(asked: Asked, data: Data, room: int) -> list[JsonObject]:
    options = asked.question.options
    if len(options) <= room:
        return [_choice(asked, data, option) for option in options]
    size = room - 2
    last = (len(options) - 1) // size
    page = min(max(asked.page, 0), last)
    shown = [_choice(asked, data, option) for option in options[page * size : (page + 1) * size]]
    if page > 0:
        shown.append(templates.postback_action(_("◀ 前の選択肢"), data(Act.PAGE, str(page - 1))))
    if page < last:
        shown.append(templates.postback_action(_("次の選択肢 ▶"), data(Act.PAGE, str(page + 1))))
    return shown


def _choice(asked: Asked, data: Data, option: Option) -> JsonObject:
    name = wording.label(option.label, asked.wording)
    is_picked = asked.question.kind is Kind.MULTIPLE and option.code in asked.picked
    return templates.postback_action(
        _ticked(name) if is_picked else name, data(Act.PICK, option.code), display_text=name
    )


def _ticked(name: str) -> str:
    """A label that may fill its button already: the tick takes the last letters' place."""
    return "✓" + first_graphemes(name, templates.LABEL_LIMIT - 1)


def _picker(asked: Asked, data: Data, label: str, mode: str) -> JsonObject:
    action = templates.datetime_action(label, data(Act.WHEN, ""), mode)
    ends = {"min": asked.question.low, "max": asked.question.high}
    return action | {name: end.replace("T", "t")[:16] for name, end in ends.items() if end}


def _controls(asked: Asked, data: Data) -> list[JsonObject]:
    made = []
    if asked.question.kind is Kind.MULTIPLE:
        made.append(templates.postback_action(_("決定"), data(Act.DONE, ""), display_text=_("決定")))
    if not asked.question.is_required:
        made.append(templates.postback_action(_("スキップ"), data(Act.SKIP, ""), display_text=_("スキップ")))
    if asked.can_go_back:
        made.append(templates.postback_action(_("1つ戻る"), data(Act.BACK, ""), display_text=_("1つ戻る")))
    if asked.web_address:
        made.append(templates.uri_action(_("ページで答える"), asked.web_address))
    made.append(templates.postback_action(_("あとで"), data(Act.LATER, ""), display_text=_("あとで")))
    return made


def worded(question: Question, given: Given, spoken: Wording = Wording.JA) -> str:
    """An answer in words: for the friend, and beside the talk. Empty for what was skipped or is drawn otherwise."""
    if given.is_skipped:
        return ""
    if question.kind in CHOICES:
        chosen: Sequence[Option] = [option for option in question.options if option.code in given.codes]
        return "、".join(wording.label(option.label, spoken) for option in chosen)
    if question.kind is Kind.DATETIME:
        return reading.shown(reading.bound(Kind.DATETIME, given.moment))
    if question.kind is Kind.PLACE:
        return str(given.private.get("address") or given.private.get("title") or _("場所"))
    if question.kind is Kind.PICTURE:
        return _("写真")
    if question.kind is Kind.CONFIRMATION:
        return _("確認しました")
    return reading.shown(given.number if given.number is not None else given.on) or str(
        given.private.get("text") or given.private.get("postcode") or ""
    )
