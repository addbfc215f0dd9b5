"""The texts that go out by themselves: the defaults, and how their variables are filled in.

Variables stand in braces: {名前} the friend's LINE name, {窓口} the account's name, {受付状況} open, full, closed or paused now,
{受付時間} today's hours, {次の受付} when it opens again, {ほかの窓口} what else to call (desk.lines). On staff's screens the name
stays a placeholder, because it is hidden until revealed.
"""

from datetime import datetime

from madoguchi.contacts.models import Contact
from madoguchi.core import braces, clock
from madoguchi.desk import hours, lines
from madoguchi.desk.models import Intake, Reception

OTHER_LINES = "ほかの窓口"
VARIABLES = ("名前", "窓口", "受付状況", "受付時間", "次の受付", OTHER_LINES)
NAME_SHOWN_TO_STAFF = "〈名前〉"
NAME_NOT_KNOWN = "友だち"

GREETING = (
    "{名前}さん、友だち追加ありがとうございます。「{窓口}」です。\n"
    "ここでは、子どものことや自分のことを、LINEで相談できます。名前を言わなくても大丈夫です。\n"
    "いまは{受付状況}です（{受付時間}）。話したくなったら、ひとことでも送ってください。\n"
    "命の危険があるときは110、虐待の相談は189（いちはやく）へ電話してください。"
)
OPEN = "メッセージを受け取りました。相談員が読んで、順番にお返事します。少しお待ちください。途中で書き足しても大丈夫です。"
FULL = (
    "メッセージを受け取りました。いま相談が混み合っていて、お返事まで時間がかかりそうです。必ず読みますので、待てるときはこのままお待ちください。\n"
    "急ぐときは、電話もできます。\n{ほかの窓口}"
)
CLOSED = (
    "メッセージを受け取りました。いまは受付時間外です（受付：{受付時間}）。次の受付は{次の受付}からです。受付が始まったら、相談員が読んでお返事します。\n"
    "急ぐときは、電話もできます。\n{ほかの窓口}"
)
PAUSED = (
    "メッセージを受け取りました。いまは都合により、相談の受付を止めています。必ず読みます。\n"
    "急ぐときは、電話もできます。\n{ほかの窓口}"
)
QUIET = (
    "その後、いかがですか。急がなくて大丈夫です。話したくなったら、続きを送ってください。\n"
    "しばらくお返事がなければ、今日はここで区切ります。また、いつでも書いてください。"
)
MISSED = (
    "送ってくれたことに、お返事ができませんでした。ごめんなさい。いったんここで区切ります。\n"
    "話したい気持ちがあれば、もう一度ひとことでも送ってください。新しい相談として受け取ります。\n"
    "急ぐときは、電話もできます。\n{ほかの窓口}"
)
CALL_189 = "189に電話する"
CALL_189_WORDS = (
    "電話でも話せます。下のボタンで「189（いちはやく）」につながります。お金はかからず、24時間つながります。"
)
SURVEY_WORDS = "「{名前}」に答えてもらえますか。下のボタンを押すと始まります。途中でやめても大丈夫です。"
FILE = "ファイルを送ります：{名前}\n{リンク}\n（30日のあいだ開けます）"
CORRECTION = "さきほどの「{文}」は誤りです。正しくは、"
STATE_WORDS = {
    Intake.OPEN: "受付中",
    Intake.FULL: "受付中（混み合っています）",
    Intake.CLOSED: "受付時間外",
    Intake.PAUSED: "受付を止めています",
}
NOT_KNOWN_WHEN = "まだ決まっていません"


def unknown_variables(template: str) -> list[str]:
    """Names in braces that would reach the friend as they stand."""
    return braces.unknown(template, VARIABLES)


def filled(template: str, values: dict[str, str]) -> str:
    return braces.filled(template, values)


def values(
    reception: Reception, intake: Intake, name: str, template: str, contact: Contact | None = None
) -> dict[str, str]:
    """What each variable of this template stands for now. Without a `contact` other lines are those for everybody."""
    now = clock.now()
    opens = hours.reopens_at(reception, now)
    found = {
        "名前": name,
        "窓口": reception.channel.name,
        "受付状況": STATE_WORDS[intake],
        "受付時間": hours.today(reception),
        "次の受付": _when(opens, now),
    }
    if OTHER_LINES in template:
        found[OTHER_LINES] = lines.told(reception.organisation_id, contact)
    return found


def automatic(reception: Reception, intake: Intake) -> str:
    """The first answer that goes out by itself; who changed the intake by hand may have written one for this time."""
    if reception.by_hand_text.strip() and hours.said_by_hand(reception, clock.now()) is not None:
        return reception.by_hand_text
    return {
        Intake.OPEN: reception.open_text,
        Intake.FULL: reception.full_text,
        Intake.CLOSED: reception.closed_text,
        Intake.PAUSED: reception.paused_text or PAUSED,
    }[intake]


def _when(opens: datetime | None, now: datetime) -> str:
    if opens is None:
        return NOT_KNOWN_WHEN
    return hours.spoken(opens, now) if opens > now else "いま"
