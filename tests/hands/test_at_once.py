"""Several people do these things at the same moment, each on a connection of its own: whatever comes of it, each talk is
somebody's or waits, no limit is passed, and nobody stands in another's way until the database has to choose."""

import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connections

from faults.caps import Caps, Seen, Watcher
from madoguchi.core import walls
from madoguchi.desk import actions as desk
from madoguchi.desk.models import DutyState
from tests.hands.acts import ACTS, FRIENDS, Act, do, torn, unseen
from tests.people import Town

# Nobody goes beyond a limit by these.
WITHIN_LIMITS = (
    *(
        "take",
        "take next",
        "take",
        "take next",
        "deals",
        "deals evenly",
        "hand over",
        "accept",
        "accept",
        "decline",
    ),
    *(
        "withdraw",
        "hold",
        "resume",
        "release",
        "close",
        "close as nothing",
        "reopen",
        "asks for second eyes",
        "confirms",
    ),
    *("goes", "here", "says"),
)
NO_LIMIT = 1000


def open_desk(town: Town, most: int, capacity: int) -> None:
    desk.set_reception(None, town.channel, {"most_load": most, "usual_load": most, "capacity": capacity})
    for who in (town.sato, town.suzuki, town.supervisor):
        desk.report(who, DutyState.AVAILABLE)
        desk.was_seen(who)


def work_through(town: Town, gate: Barrier, acts: list[Act]) -> int:
    """How many of the acts were done."""
    try:
        with walls.everywhere():
            gate.wait(60)
            return sum(do(town, act) for act in acts)
    finally:
        connections.close_all()


def all_at_once(town: Town, orders: list[list[Act]]) -> int:
    gate = Barrier(len(orders))
    with ThreadPoolExecutor(len(orders)) as pool:
        return sum(pool.map(partial(work_through, town, gate), orders))


def orders(names: tuple[str, ...], seed: int, people: int = 4, acts: int = 30) -> list[list[Act]]:
    chance = random.Random(seed)

    def one() -> Act:
        return Act(chance.choice(names), chance.randrange(3), chance.choice(FRIENDS), chance.randrange(3))

    return [[one() for _number in range(acts)] for _person in range(people)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_reaches_for_what_no_limit_is_passed_at_any_instant(town: Town, seed: int) -> None:
    open_desk(town, most=2, capacity=4)
    seen, most = Seen(), {who.pk: 2 for who in (town.sato, town.suzuki, town.supervisor)}
    watcher = Watcher(Caps(most, 4), seen, pause=0.02)
    watcher.start()
    try:
        done = all_at_once(town, orders(WITHIN_LIMITS, seed))
    finally:
        watcher.end()
    assert torn(town) + seen.wrong == []
    assert unseen(town) == []
    assert done > 20
    assert seen.looks


@pytest.mark.django_db(transaction=True)
def test_whatever_happens_at_once_no_talk_is_torn_at_any_instant(town: Town) -> None:
    open_desk(town, most=2, capacity=4)
    seen, anybody = Seen(), {who.pk: NO_LIMIT for who in (town.sato, town.suzuki, town.supervisor)}
    watcher = Watcher(Caps(anybody, NO_LIMIT), seen, pause=0.02)
    watcher.start()
    try:
        done = all_at_once(town, orders((*ACTS, "take", "take next", "says"), seed=3))
    finally:
        watcher.end()
    assert torn(town) + seen.wrong == []
    assert done > 20


# What leads up to a moment, and the two things that happen in it.
MOMENTS = {
    "accepted and closed": (["says", "take", "hand over"], ("accept", 2), ("close", 1)),
    "accepted and given back": (["says", "take", "hand over"], ("accept", 2), ("release", 1)),
    "handed to the queue and taken by two": (
        ["says", "take", "hand to the queue"],
        ("accept", 0),
        ("accept", 2),
    ),
    "accepted and given to another": (["says", "take", "hand over"], ("accept", 2), ("give", 2)),
    "reopened, and the friend begins another": (["says", "take", "close"], ("reopen", 1), ("says", 1)),
    "taken and dealt": (["says"], ("take", 0), ("deals", 1)),
    "confirmed and taken": (["says", "asks for second eyes"], ("confirms", 0), ("take", 2)),
    "taken over and wrapped up": (["says", "take"], ("take over", 2), ("wrap up", 1)),
    "given up by the friend and taken": (["says"], ("wants no more", 0), ("take", 1)),
    "given back after an answer, and no longer wanted": (
        ["says", "take", "answers"],
        ("release", 1),
        ("wants no more", 0),
    ),
    "promised and found grave": (["says"], ("wants it later", 0), ("says something grave", 0)),
    "written and put on hold": (["says", "take"], ("says", 1), ("hold", 1)),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", MOMENTS)
def test_of_two_things_in_one_moment_each_is_done_whole_or_refused(town: Town, moment: str) -> None:
    before, *both = MOMENTS[moment]
    open_desk(town, most=5, capacity=NO_LIMIT)
    for friend in FRIENDS:
        for name in before:
            assert do(town, Act(name, 1, friend, 2)), name
        done = all_at_once(town, [[Act(name, who, friend, 2)] for name, who in both])
        assert torn(town) == []
        assert done >= 1
