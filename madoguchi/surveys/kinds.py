"""The kinds of question in plain words, with the icon that stands for each and what the friend does."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madoguchi.surveys.definition import Kind


@dataclass(frozen=True, slots=True)
class Look:
    kind: Kind
    name: str | Promise
    icon: str
    hint: str | Promise


LOOKS: dict[Kind, Look] = {
    look.kind: look
    for look in (
        Look(Kind.SINGLE, _("1つ選ぶ"), "single", _("ボタンを1回押して答えます")),
        Look(Kind.MULTIPLE, _("いくつでも選ぶ"), "multiple", _("ボタンを何回か押して、決定します")),
        Look(Kind.TEXT, _("文章"), "text", _("自分の言葉で書きます")),
        Look(Kind.NUMBER, _("数"), "number", _("数字を送ります")),
        Look(Kind.DATE, _("日付"), "date", _("カレンダーから選びます")),
        Look(Kind.DATETIME, _("日時"), "clock", _("日付と時刻を選びます")),
        Look(Kind.POSTCODE, _("郵便番号"), "postcode", _("7けたの数字から市区町村が分かります")),
        Look(Kind.PLACE, _("場所"), "place", _("地図で場所を送ります")),
        Look(Kind.PICTURE, _("写真"), "picture", _("写真を1枚送ります")),
        Look(Kind.CONFIRMATION, _("確認"), "done", _("読んで、ボタンを押します")),
    )
}
