"""One counsellor of the rush, in a process of its own: reaches for talks, and where the hands are full lets one go, in
whichever way a talk may leave them."""

import multiprocessing
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import TYPE_CHECKING, Any

from tools.kinship import dies_with_parent

if TYPE_CHECKING:  # need the settings
    from madoguchi.accounts.models import User

GATE_SECONDS = 120.0
DEALT = 4  # of five reaches this one is the desk's own


@dataclass
class Told:
    """What came of one batch. `won`: (talk, when it was taken, whose it is) of each talk that this counsellor heard is theirs or
    has dealt; `mine`: those still theirs; `did`: how often what happened; `wrong`: what never may."""

    won: list[tuple[int, Any, int | None]] = field(default_factory=list)
    mine: set[int] = field(default_factory=set)
    did: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Task:
    """`staff`: to whom the desk may deal a talk by itself."""

    counsellor: int
    talks: list[int]
    staff: list[int]
    is_by_turn: bool


class Claimant:
    """Its process, as the rush sees it. To be made before there is any connection to the database."""

    def __init__(self, gate: Barrier) -> None:
        self._ours, theirs = multiprocessing.Pipe()
        fork = multiprocessing.get_context("fork")
        dies = dies_with_parent(signal.SIGKILL)
        self._process = fork.Process(target=_live, args=(theirs, gate, dies), daemon=True)
        self._process.start()
        theirs.close()

    def begin(self, task: Task) -> None:
        self._ours.send(task)

    def told(self) -> Told:
        """Raises EOFError when the process is gone."""
        answer = self._ours.recv()
        assert isinstance(answer, Told)
        return answer

    def end(self) -> None:
        self._process.kill()
        self._process.join()


def load() -> None:
    """Read what a claimant needs, once for all: before their processes begin."""
    from madoguchi.desk import actions, models  # noqa: F401, PLC0415 - need the settings


def _live(tasks: Connection, gate: Barrier, dies: Callable[[], None]) -> None:
    dies()
    for number in (signal.SIGINT, signal.SIGTERM):  # the rush ends us, after the batch that it is in
        signal.signal(number, signal.SIG_IGN)
    from madoguchi.core import walls  # noqa: PLC0415 - needs the settings

    with walls.everywhere():
        while True:
            tasks.send(_reach(tasks.recv(), gate))


def _reach(task: Task, gate: Barrier) -> Told:
    from madoguchi.accounts.models import User  # noqa: PLC0415 - needs the settings

    who, told = User.objects.get(pk=task.counsellor), Told()
    chance = random.Random(f"{who.pk} {task.talks[0]}")
    gate.wait(GATE_SECONDS)
    for turn, talk in enumerate(chance.sample(task.talks, len(task.talks))):
        is_next = task.is_by_turn or turn % 3 == 0 or talk in told.mine
        try:
            if turn % 5 == DEALT:
                _deal(talk, chance.choice(task.staff), told)
            else:
                _take(who, None if is_next else talk, told, chance)
        except Exception as error:  # noqa: BLE001 - whatever breaks is told
            told.wrong.append(f"{type(error).__name__} on talk {talk}")
            print(f"talk {talk}: {error!r}", file=sys.stderr, flush=True)
    return told


def _take(who: "User", talk: int | None, told: Told, chance: random.Random) -> None:
    """This talk, or None: whoever is next."""
    from madoguchi.desk import actions as desk  # noqa: PLC0415 - needs the settings

    try:
        taken = desk.take_next(who) if talk is None else desk.take(who, talk)
    except desk.AlreadyTaken:
        told.did["somebody was first"] += 1
    except desk.HandsFull as full:
        told.did["channel full" if full.is_channel else "hands full"] += 1
        _let_go(who, told, chance)
    else:
        told.did["taken" if taken else "nobody waits"] += 1
        if taken is not None:
            told.won.append((taken.pk, taken.taken_at, taken.owner_id))
            told.mine.add(taken.pk)


def _deal(talk: int, whom: int, told: Told) -> None:
    """The desk gives this talk to somebody, as it does where nobody takes."""
    from madoguchi.desk import actions as desk  # noqa: PLC0415 - needs the settings

    dealt = desk.deal(talk, whom)
    told.did["dealt" if dealt else "not dealt"] += 1
    if dealt is not None:
        told.won.append((dealt.pk, dealt.taken_at, dealt.owner_id))


def _let_go(who: "User", told: Told, chance: random.Random) -> None:
    """One talk leaves the line, or stays on it on hold. Nobody else moves a talk that is ours, so nothing may be refused."""
    from madoguchi.desk.models import ON_THE_LINE, Conversation  # noqa: PLC0415 - needs the settings

    held = Conversation.objects.held_by(who).filter(state__in=ON_THE_LINE)
    mine = list(held.values_list("pk", "state"))
    if mine:
        talk, state = chance.choice(mine)
        name = chance.choice([name for name in WAYS if (name, state) != ("put on hold", "hold")])
        after = WAYS[name](who, talk)
        told.did[name] += 1
        if not after.is_held:
            told.mine.discard(talk)


def _close(who: "User", talk: int) -> Any:
    from madoguchi.desk import actions as desk  # noqa: PLC0415 - needs the settings
    from madoguchi.desk.models import Outcome  # noqa: PLC0415

    return desk.close(who, talk, Outcome.RESOLVED)


def _answer_later(who: "User", talk: int) -> Any:
    from madoguchi.core import clock  # noqa: PLC0415 - needs the settings
    from madoguchi.desk import actions as desk  # noqa: PLC0415

    return desk.answer_later(who, talk, clock.now() + clock.seconds(3600))


def _act(name: str) -> Callable[["User", int], Any]:
    def do(who: "User", talk: int) -> Any:
        from madoguchi.desk import actions as desk  # noqa: PLC0415 - needs the settings

        return getattr(desk, name)(who, talk)

    return do


WAYS: dict[str, Callable[["User", int], Any]] = {
    "put on hold": _act("put_on_hold"),
    "wrapped up": _act("wrap_up"),
    "promised": _answer_later,
    "given back": _act("release"),
    "closed": _close,
}
