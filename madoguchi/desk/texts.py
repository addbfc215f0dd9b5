"""The texts that go out by themselves: the defaults, and how their variables are filled in.

Variables stand in braces: {名前} the friend's LINE name, {窓口} the account's name, {受付状況} open, full or closed now,
{受付時間} today's hours. On staff's screens the name stays a placeholder, because it is hidden until revealed.
"""

from madoguchi.core import braces
from madoguchi.desk.models import Intake, Reception

VARIABLES = ("名前", "窓口", "受付状況", "受付時間")
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
    "急ぐときは189（いちはやく）、命の危険があるときは110へ電話してください。"
)
CLOSED = (
    "メッセージを受け取りました。いまは受付時間外です（受付：{受付時間}）。受付が始まったら、相談員が読んでお返事します。\n"
    "急ぐときは189（いちはやく・24時間）、命の危険があるときは110へ電話してください。"
)
QUIET = (
    "その後、いかがですか。急がなくて大丈夫です。話したくなったら、続きを送ってください。\n"
    "しばらくお返事がなければ、今日はここで区切ります。また、いつでも書いてください。"
)
STATE_WORDS = {Intake.OPEN: "受付中", Intake.FULL: "受付中（混み合っています）", Intake.CLOSED: "受付時間外"}


def unknown_variables(template: str) -> list[str]:
    """Names in braces that would reach the friend as they stand."""
    return braces.unknown(template, VARIABLES)


def filled(template: str, values: dict[str, str]) -> str:
    return braces.filled(template, values)


def values(reception: Reception, intake: Intake, hours: str, name: str) -> dict[str, str]:
    return {"名前": name, "窓口": reception.channel.name, "受付状況": STATE_WORDS[intake], "受付時間": hours}


def automatic(reception: Reception, intake: Intake) -> str:
    return {
        Intake.OPEN: reception.open_text,
        Intake.FULL: reception.full_text,
        Intake.CLOSED: reception.closed_text,
    }[intake]
