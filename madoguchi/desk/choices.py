"""What a friend can choose by a tap while nobody can answer at once: the buttons, what they carry, and what is said.

A button carries `i:<first message>:<act>:<value>`: the talk it speaks of is named by its first message, and opens only to the
friend whose it is. Buttons stay in a chat for ever, so each act must bear being done late and twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from madoguchi.channels.line import templates
from madoguchi.channels.line.body import JsonObject
from madoguchi.core import clock
from madoguchi.desk import hours
from madoguchi.desk.models import Intake, Reception

PREFIX = "i:"
_SHAPE = re.compile(r"i:(\d{1,18}):([a-z]{1,10}):(\d{0,12})\Z")
_MINUTE = "%Y%m%d%H%M"
SLOTS_A_PAGE = 9  # beside "later ones" and "choose again"; LINE shows thirteen buttons at most


class Act(StrEnum):
    WAIT = "wait"
    LATER = "later"
    BOOK = "book"  # value: offers begin after this slot, or nothing
    SLOT = "slot"  # value: the slot that was chosen
    STOP = "stop"
    ASK = "ask"  # where do I stand
    NEAR = "near"  # one word when the turn comes near
    CHOOSE = "choose"  # show the choices again
    WHO = "who"  # show who may be speaking
    MORE = "more"  # what has no place beside the ways to wait
    REST = "rest"  # what has no place beside who is speaking


NAMES = {  # short: the first three and "ほか" stand side by side on a narrow telephone
    Act.WAIT: "待つ",
    Act.LATER: "あとで返事",
    Act.BOOK: "時間を予約",
    Act.SLOT: "この時間を予約する",
    Act.STOP: "今日はやめておく",
    Act.ASK: "順番をたずねる",
    Act.NEAR: "近づいたら知らせて",
    Act.CHOOSE: "選びなおす",
    Act.WHO: "話している人を選ぶ",
    Act.MORE: "ほか",
    Act.REST: "ほか",
}


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed. `moment`: the slot it names, if it names one."""

    first_message: int
    act: Act
    moment: datetime | None


def data(first_message: int, act: Act, moment: datetime | None = None) -> str:
    value = f"{clock.jst(moment):{_MINUTE}}" if moment else ""
    return f"{PREFIX}{first_message}:{act}:{value}"


def read(text: str) -> Press | None:
    """None when it is none of these buttons, or none that we ever made."""
    found = _SHAPE.match(text)
    if found is None or found[2] not in list(Act):
        return None
    try:
        moment = datetime.strptime(found[3], _MINUTE).replace(tzinfo=clock.JST) if found[3] else None
    except ValueError:
        return None
    return Press(int(found[1]), Act(found[2]), moment)


def button(first_message: int, act: Act) -> JsonObject:
    return templates.postback_action(NAMES[act], data(first_message, act), display_text=NAMES[act])


def buttons(first_message: int, acts: Sequence[Act]) -> list[JsonObject]:
    return [button(first_message, act) for act in acts]


def offered(reception: Reception, intake: Intake, *, may_ask: bool = True) -> list[Act]:
    """What may be chosen now. Nothing is booked or promised while nobody knows when it goes on."""
    is_foreseen = hours.reopens_at(reception, clock.now()) is not None
    later = [Act.LATER] if is_foreseen and reception.later_capacity else []
    book = [Act.BOOK] if is_foreseen and reception.slot_capacity else []
    ask = [Act.ASK] if may_ask and intake in (Intake.OPEN, Intake.FULL) else []
    return [Act.WAIT, *later, *book, *ask, Act.STOP]


def slot_buttons(first_message: int, slots: Sequence[datetime], now: datetime) -> list[JsonObject]:
    """A button a slot; with more than fit, one that leads on."""
    shown = list(slots[:SLOTS_A_PAGE])
    made = [
        templates.postback_action(
            words, data(first_message, Act.SLOT, slot), display_text=f"{words}を予約する"
        )
        for slot in shown
        for words in [hours.spoken(slot, now)]
    ]
    if len(slots) > SLOTS_A_PAGE:
        on = data(first_message, Act.BOOK, shown[-1])
        made.append(templates.postback_action("もっとあとの時間", on, display_text="もっとあとの時間"))
    return [*made, button(first_message, Act.CHOOSE)]


WAITS = "わかりました。このままお待ちください。順番が来たら、相談員がここに返事を書きます。画面を閉じていても大丈夫です。"
WAITS_FOR_OPENING = "わかりました。{when}に受付が始まったら、相談員が順番にここへ返事を書きます。画面を閉じていても大丈夫です。"
WAITS_NOT_KNOWN = "わかりました。いつ始まるかはまだ決まっていませんが、書いてくれたことは残っています。始まったら、相談員が書きます。"
LATER = "わかりました。{when}までに、相談員がここに返事を書きます。それまでに書き足しても大丈夫です。"
LATER_NOT_POSSIBLE = (
    "ごめんなさい。いまは、いつまでに返事ができると約束できません。ほかの待ち方を選んでください。"
)
WHICH_SLOT = "いつ話しますか。時間を選んでください。（1回{minutes}分くらい）"
NO_SLOT = "ごめんなさい。いま予約できる時間がありません。ほかの待ち方を選んでください。"
SLOT_GONE = "その時間は、いま選べなくなりました。ほかの時間を選んでください。"
READ_BEFORE = "書いてくれたことが気になるので、その前に相談員がここへ書くこともあります。"
BOOKED = "予約しました。{when}になったら、相談員がここで待っています。変えたいときは「選びなおす」を押してください。"
STOPPED = "わかりました。今日はここまでにします。話したくなったら、いつでもひとこと送ってください。\n急ぐときは、電話もできます。\n{lines}"
STOPPED_BUT_READ = (
    "わかりました。書いてくれたことが気になるので、相談員が読みます。\n急ぐときは、電話もできます。\n{lines}"
)
NEAR_ASKED = "わかりました。順番が近づいたら、1回だけお知らせします。"
NEAR = "もうすぐ順番です。このままお待ちください。"
CHOOSE = "どうしますか。あとから選びなおすこともできます。"
MORE = "ほかに、こんなことができます。"
ENDED = "この相談は終わっています。話したくなったら、ひとこと送ってください。新しい相談として受け付けます。"
IS_HELD = "いま相談員が読んでいます。このままここに書いてください。"
NOT_YOURS = "このボタンは、いまは使えません。"
