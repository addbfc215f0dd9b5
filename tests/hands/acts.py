"""What people, friends and clocks do with talks, and what must be true of all hands after each of it."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from faults.caps import Caps, Seen
from madoguchi.accounts.models import User
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk import choices
from madoguchi.desk.actions import elapse, ending, leaving
from madoguchi.desk.actions.room import most_of
from madoguchi.desk.models import (
    HELD,
    ON_THE_LINE,
    Conversation,
    Duty,
    DutyState,
    HandOver,
    Outcome,
    Reception,
    State,
)
from madoguchi.supervision import actions as supervision
from madoguchi.supervision.models import PickUp
from tests.actions.test_states import GRAVE, said
from tests.people import Town
from tests.reception.waiting import press

FRIENDS = "abcde"
REFUSED = (
    desk.AlreadyTaken,
    desk.HandsFull,
    desk.NotNow,
    desk.NotYours,
    desk.OnlyInTurn,
    desk.QueueHeld,
    desk.NeedsSecondEyes,
    desk.SomethingNew,
    supervision.NotAsked,
    Conversation.DoesNotExist,
)


@dataclass(frozen=True)
class Act:
    """Somebody (0, 1: counsellors, 2: the supervisor) does something with a friend's newest talk, maybe with somebody else."""

    name: str
    who: int
    friend: str
    whom: int


def do(town: Town, act: Act) -> bool:
    """Whether it was done; False: it was refused, as it may be."""
    staff = (town.sato, town.suzuki, town.supervisor)
    talk = Conversation.objects.filter(
        contact__channel=town.channel, contact__line_id_hash=_hash(town, act.friend)
    )
    newest = talk.order_by("-pk").values_list("pk", flat=True).first()
    try:
        ACTS[act.name](town, staff[act.who], newest or 0, staff[act.whom], act.friend)
    except REFUSED:
        return False
    return True


def _hash(town: Town, friend: str) -> bytes:
    from madoguchi.accounts import keys
    from madoguchi.core import seal
    from tests.people import line_id

    return seal.lookup(keys.lookup_key(town.organisation.pk), line_id(friend))


Doing = Callable[[Town, User, int, User, str], object]


def _accept(_town: Town, who: User, talk: int, _whom: User, _friend: str) -> object:
    return desk.accept(who, _pending(talk))


def _decline(_town: Town, who: User, talk: int, _whom: User, _friend: str) -> object:
    return desk.decline(who, _pending(talk))


def _withdraw(_town: Town, who: User, talk: int, _whom: User, _friend: str) -> object:
    return desk.withdraw(who, _pending(talk))


def _pending(talk: int) -> int:
    return HandOver.objects.pending().filter(conversation=talk).values_list("pk", flat=True).first() or 0


def _is_here(_town: Town, who: User, _talk: int, _whom: User, _friend: str) -> None:
    desk.report(who, DutyState.AVAILABLE)
    desk.was_seen(who)


def _goes(_town: Town, who: User, _talk: int, _whom: User, _friend: str) -> None:
    """The browser dies; nobody has heard of this person for a while, and the desk notices."""
    Duty.objects.filter(counsellor=who).update(seen_at=clock.now() - timedelta(minutes=9))
    notice()


def notice() -> None:
    for job in leaving.claim_unattended(9):
        leaving.write_down(job)
    for job in leaving.claim_unheard(9):
        leaving.give_back(job)
    for job in ending.claim_left_alone(9):
        ending.take_back(job)


def _elapses(_town: Town, _who: User, talk: int, _whom: User, _friend: str) -> None:
    """Hours pass in this talk, and what is due happens."""
    past = clock.now() - timedelta(days=2)
    Conversation.objects.filter(pk=talk).update(
        state_since=past, last_spoke_at=past, due_at=past, leased_until=None
    )
    for job in elapse.claim_elapsed(9):
        elapse.elapse(job)


def _deals(_town: Town, _who: User, talk: int, whom: User, _friend: str) -> object:
    return desk.deal(talk, whom.pk)


def _deals_evenly(_town: Town, who: User, talk: int, _whom: User, _friend: str) -> object:
    return supervision.deal_out(who, [talk], [])


def _confirms(_town: Town, who: User, talk: int, _whom: User, _friend: str) -> object:
    asked = PickUp.objects.pending().filter(conversation=talk).values_list("pk", flat=True).first()
    return supervision.confirm(who, asked or 0)


def _switched_off(_town: Town, _who: User, _talk: int, whom: User, _friend: str) -> None:
    """That person's account is closed for a moment, and the desk notices."""
    User.objects.filter(pk=whom.pk).update(deactivated_at=clock.now())
    notice()
    User.objects.filter(pk=whom.pk).update(deactivated_at=None)


def _in_an_hour() -> object:
    return clock.now() + timedelta(hours=1)


def _pressed(act: choices.Act) -> Doing:
    """The friend taps a button under what was said to them; buttons stay for ever."""

    def pressed(town: Town, _who: User, talk: int, _whom: User, friend: str) -> object:
        first = Conversation.objects.get(pk=talk).first_message_id
        return press(town, choices.data(first, act), friend)

    return pressed


ACTS: dict[str, Doing] = {
    "wants it later": _pressed(choices.Act.LATER),
    "wants to wait": _pressed(choices.Act.WAIT),
    "wants no more": _pressed(choices.Act.STOP),
    "answers": lambda _town, who, talk, _whom, _friend: desk.reply_text(who, talk, "はい", uuid.uuid4()),
    "says": lambda town, _who, _talk, _whom, friend: said(town, user=friend),
    "says something grave": lambda town, _who, _talk, _whom, friend: said(town, GRAVE, friend),
    "take": lambda _town, who, talk, _whom, _friend: desk.take(who, talk),
    "take all the same": lambda _town, who, talk, _whom, _friend: desk.take(who, talk, insists=True),
    "take next": lambda _town, who, _talk, _whom, _friend: desk.take_next(who),
    "take over": lambda _town, who, talk, _whom, _friend: desk.take_over(who, talk),
    "give": lambda _town, who, talk, whom, _friend: desk.give(who, talk, whom),
    "deals": _deals,
    "deals evenly": _deals_evenly,
    "asks for second eyes": lambda _town, who, talk, _whom, _friend: supervision.ask(who, talk),
    "confirms": _confirms,
    "hand over": lambda _town, who, talk, whom, _friend: desk.hand_over(who, talk, "よろしく", to=whom),
    "hand to the queue": lambda _town, who, talk, _whom, _friend: desk.hand_over(who, talk, "よろしく"),
    "accept": _accept,
    "decline": _decline,
    "withdraw": _withdraw,
    "hold": lambda _town, who, talk, _whom, _friend: desk.put_on_hold(who, talk),
    "resume": lambda _town, who, talk, _whom, _friend: desk.resume(who, talk),
    "later": lambda _town, who, talk, _whom, _friend: desk.answer_later(who, talk, _in_an_hour()),  # type: ignore[arg-type]
    "wrap up": lambda _town, who, talk, _whom, _friend: desk.wrap_up(who, talk),
    "release": lambda _town, who, talk, _whom, _friend: desk.release(who, talk),
    "close": lambda _town, who, talk, _whom, _friend: desk.close(who, talk, Outcome.RESOLVED),
    "close as nothing": lambda _town, who, talk, _whom, _friend: desk.close_as_nothing(
        who, talk, through=None
    ),
    "reopen": lambda _town, who, talk, _whom, _friend: desk.reopen(who, talk),
    "judge grave": lambda _town, who, talk, _whom, _friend: desk.judge(who, talk, is_grave=True),
    "judge not grave": lambda _town, who, talk, _whom, _friend: desk.judge(who, talk, is_grave=False),
    "here": _is_here,
    "away": lambda _town, who, _talk, _whom, _friend: desk.report(who, DutyState.ENDED),
    "goes": _goes,
    "switched off": _switched_off,
    "elapses": _elapses,
}
# Acts by which somebody takes on one more talk, and is refused beyond a limit; all others may go beyond it.
TAKES_ON = (
    "take",
    "take next",
    "deals",
    "deals evenly",
    "asks for second eyes",
    "confirms",
    "accept",
    "reopen",
)
HANDS_ON = ("accept",)  # the talk was on the channel's line before


def loads(town: Town) -> dict[int, int]:
    return Conversation.objects.filter(channel=town.channel).loads()


def on_the_line(town: Town) -> int:
    return Conversation.objects.filter(channel=town.channel, state__in=ON_THE_LINE).count()


def too_much(town: Town, act: Act, before: dict[int, int], line_before: int) -> list[str]:
    """Which limits this act has broken, of those that it keeps."""
    if act.name not in TAKES_ON:
        return []
    reception = Reception.objects.get(channel=town.channel)
    duties = {duty.counsellor_id: duty for duty in Duty.objects.select_related("counsellor")}
    now, line = loads(town), on_the_line(town)
    found = [
        f"{owner} holds {load}"
        for owner, load in now.items()
        if load > before.get(owner, 0) and load > most_of(duties[owner], reception)
    ]
    if line > line_before and line > reception.capacity and act.name not in HANDS_ON:
        found.append(f"the channel holds {line}")
    return found


def torn(town: Town) -> list[str]:
    """What is wrong with who holds what; empty: every open talk is exactly somebody's, or waits until something happens."""
    seen = Seen()
    seen.look(Caps(defaultdict(lambda: 1000), 1000))
    loose = HandOver.objects.pending().exclude(conversation__state__in=HELD).values_list("pk", flat=True)
    waiting = Conversation.objects.filter(channel=town.channel, state=State.WAITING)
    for_ever = waiting.filter(due_at=None, grave_at=None).values_list("pk", flat=True)
    talks = Conversation.objects.filter(channel=town.channel)
    return [
        *seen.wrong,
        *(
            f"{talk.pk} is {talk.state}: {talk.outcome}{talk.missed}"
            for talk in talks
            if not _ended_well(talk)
        ),
        *(f"hand-over {pk} of a talk that nobody holds" for pk in loose),
        *(f"{pk} waits for ever" for pk in for_ever),
        *(f"{pk} is grave and stands back" for pk in standing_back(town)),
    ]


def standing_back(town: Town) -> list[int]:
    """Grave talks that wait and whose turn may not come, or comes after somebody who is not grave and began to wait later."""
    talks = Conversation.objects.filter(channel=town.channel)
    order, grave = list(talks.ready()), talks.filter(state=State.WAITING, grave_at__isnull=False)
    found = [talk.pk for talk in grave if talk not in order]
    for place, talk in enumerate(order):
        before = [one for one in order[:place] if one.grave_at is None]
        if talk.grave_at and any(one.waiting_since > talk.waiting_since for one in before):
            found.append(talk.pk)
    return found


def _ended_well(talk: Conversation) -> bool:
    """An ended talk is handled or missed, never both; a grave one is ended by people alone, and one that was answered is never
    missed."""
    ends = [end for end in (talk.outcome, talk.missed) if end]
    may_be_missed = talk.grave_at is None and talk.first_answered_at is None
    return len(ends) == (talk.state == State.CLOSED) and (may_be_missed or not talk.missed)


def unseen(town: Town) -> list[Conversation]:
    """Open talks that stand in nobody's list from which one could go on with them."""
    talks = Conversation.objects.open().filter(channel=town.channel).select_related("owner")
    return [talk for talk in talks if not _seen_by(town, talk)]


def _seen_by(town: Town, talk: Conversation) -> bool:
    """Somebody has it in a list from which it can be acted on: its owner, or who may take it."""
    if talk.is_held:
        return (
            talk.owner is not None and Conversation.objects.visible_to(talk.owner).filter(pk=talk.pk).exists()
        )
    return Conversation.objects.visible_to(town.sato).waiting().filter(pk=talk.pk).exists()
