"""What else a person can call or write to: the ready-made lines, and the words that an automatic text says of them.

Numbers and hours are those that the lines themselves publish. Supervisors look them over before they take them in.
"""

from dataclasses import dataclass

from madoguchi.contacts.models import Attribute, Contact, Values
from madoguchi.contacts.models.attribute import Kind
from madoguchi.desk.models import OtherLine

MOST_TOLD = 6  # more would push the words before them off a telephone's screen


@dataclass(frozen=True)
class Line:
    name: str
    number: str
    hours: str
    note: str = ""


READY = (
    Line("児童相談所 虐待対応ダイヤル「いちはやく」", "189", "24時間", "虐待かもと思ったとき。通話は無料"),
    Line("警察", "110", "24時間", "身の危険があるとき"),
    Line("消防・救急", "119", "24時間", "けがや急な病気のとき"),
    Line("チャイルドライン", "0120-99-7777", "毎日16時〜21時", "18歳までの子ども専用。通話は無料"),
    Line("24時間子供SOSダイヤル", "0120-0-78310", "24時間", "いじめなど子どもの困りごと。通話は無料"),
    Line("いのちの電話", "0120-783-556", "毎日16時〜21時", "通話は無料"),
    Line("児童相談所相談専用ダイヤル", "0120-189-783", "24時間", "子育てや子どもの福祉の相談。通話は無料"),
    Line("DV相談＋（プラス）", "0120-279-889", "24時間", "配偶者や恋人からの暴力"),
    Line("性犯罪・性暴力ワンストップ支援センター", "#8891", "地域による", "通話は無料"),
    Line("警察相談専用電話", "#9110", "地域による", "急ぎではない警察への相談"),
)
URGENT = READY[:2]  # told while an organisation has written down none


def told(organisation_id: int, contact: Contact | None) -> str:
    """A line of words for each, those for the friend's own area first; only as many as fit."""
    known = list(OtherLine.objects.filter(organisation_id=organisation_id))
    areas = _areas(contact) if contact is not None and any(line.area for line in known) else []
    near = [line for line in known if line.area and any(code.startswith(line.area) for code in areas)]
    chosen = [*near, *(line for line in known if not line.area)] or URGENT
    return "\n".join(words(line) for line in chosen[:MOST_TOLD])


def words(line: OtherLine | Line) -> str:
    hours = f"（{line.hours}）" if line.hours else ""
    return f"・{line.name} {line.number}{hours}"


def _areas(contact: Contact) -> list[str]:
    """Codes of where the friend lives, as far as a value that may be used for consultations says."""
    kept = Values.objects.filter(contact=contact).first()
    if kept is None or not kept.plain:
        return []
    attributes = Attribute.objects.of(contact.organisation_id).current().filter(kind=Kind.AREA)
    return [str(code) for each in attributes for code in kept.plain.get(str(each.pk)) or []]
