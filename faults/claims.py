"""Many counsellors reach for the same talks at once: never two owners, never more in one hand than it may hold.

    python -m faults.claims --rounds 10000 --claimants 8

Each round is a waiting talk, every fifth a grave one that weighs two, for which all claimants, each a process of its own,
reach at the same moment, some by its number, some as "the next one", while the desk deals some by itself. Some are in
training and may hold one, some have a limit of their own, and the channel holds no more than CAPACITY at once. Whoever's
hands are full puts a talk on hold, wraps it up, promises an answer, gives it back to the queue or closes it, and reaches on.
With `--by-turn` nobody chooses: all of them press "the next one". Meanwhile it is looked, several times a second and after
each batch, whether everything is as it must be (faults/caps.py).

How far it is stands on stderr; Ctrl-C ends it after the batch that it is in. The last line is one JSON object; ends with 1 if
anything is wrong, with 2 if it was stopped before its end.
"""

import argparse
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from faults.caps import Caps, Seen, Watcher
from faults.claimant import Claimant, Task, load
from tools import keys, postgres, scratch

if TYPE_CHECKING:  # need the settings
    from madoguchi.accounts.models import User
    from madoguchi.channels.models import Channel
    from madoguchi.threads.models import Message

AT_ONCE = 20  # talks that wait together: claimants meet at each of them in an order of their own
MOST, OWN, CAPACITY = 3, 2, 16
PROGRESS_SECONDS = 5.0


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m faults.claims")
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--claimants", type=int, default=8)
    parser.add_argument("--by-turn", action="store_true")
    told = parser.parse_args(words)
    with scratch.folder("claims") as home:
        report = _against_a_server(told.rounds, told.claimants, home, by_turn=told.by_turn)
    print(json.dumps(report, ensure_ascii=False), flush=True)
    return 1 if report["wrong"] else 2 if report["rounds"] < told.rounds else 0


def _against_a_server(rounds: int, claimants: int, home: Path, *, by_turn: bool) -> dict[str, Any]:
    server = postgres.start(home / "postgres", durable=False)
    try:
        os.environ |= keys.ensure(home / "secrets", has_data=False).environment()
        os.environ |= {"DATABASE_URL": server.url, "MADOGUCHI_MODE": "test"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        subprocess.run([sys.executable, "-m", "madoguchi", "migrate"], check=True, stdout=subprocess.DEVNULL)
        django.setup()
        return Rush(rounds, claimants, by_turn=by_turn).run()
    finally:
        server.stop()


class Rush:
    def __init__(self, rounds: int, claimants: int, *, by_turn: bool = False) -> None:
        self.rounds, self.by_turn, self.done = rounds, by_turn, 0
        load()
        gate = multiprocessing.get_context("fork").Barrier(claimants)
        self._claimants = [Claimant(gate) for _number in range(claimants)]
        self.seen, self.did = Seen(), Counter[str]()
        self._enough = threading.Event()

    def run(self) -> dict[str, Any]:
        from madoguchi.core import walls  # noqa: PLC0415 - needs the settings

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_signal: self._enough.set())
        began = time.monotonic()
        try:
            with walls.everywhere():
                self._rush(began)
        finally:
            for claimant in self._claimants:
                claimant.end()
        return {
            "rounds": self.done,
            "claimants": len(self._claimants),
            "by_turn": self.by_turn,
            "most": self.seen.most,
            "most_in_channel": self.seen.channel,
            "did": dict(sorted(self.did.items())),
            "looks": self.seen.looks,
            "seconds": round(time.monotonic() - began, 1),
            "wrong": self.seen.wrong[:50],
        }

    def _rush(self, began: float) -> None:
        channel, staff = _town(len(self._claimants))
        caps = _set_limits(channel, staff, by_turn=self.by_turn)
        words = _first_words(channel)
        watcher, shown = Watcher(caps, self.seen), time.monotonic()
        watcher.start()
        try:
            while self.done < self.rounds and not self._enough.is_set():
                talks = _waiting(channel, words[: self.rounds - self.done], self.done)
                self._batch(staff, talks, caps)
                self.done += len(talks)
                if time.monotonic() > shown + PROGRESS_SECONDS:
                    shown = time.monotonic()
                    self._show(shown - began)
        finally:
            watcher.end()

    def _show(self, seconds: float) -> None:
        rate = self.done / seconds
        left = (self.rounds - self.done) / rate / 60
        print(
            f"{self.done:,} of {self.rounds:,} rounds, {rate:.1f} a second, about {left:.0f} min left, "
            f"{len(self.seen.wrong)} wrong",
            file=sys.stderr,
            flush=True,
        )

    def _batch(self, staff: "list[User]", talks: list[int], caps: Caps) -> None:
        for claimant, who in zip(self._claimants, staff, strict=True):
            claimant.begin(Task(who.pk, talks, [one.pk for one in staff], self.by_turn))
        won: set[tuple[int, Any, int | None]] = set()
        for claimant in self._claimants:
            told = claimant.told()
            won.update(told.won)
            self.did += told.did
            self.seen.wrong += told.wrong
        self.seen.look(caps)
        owners = Counter((pk, taken_at) for pk, taken_at, _owner in won)
        self.seen.wrong += [
            f"talk {pk} was won by {count} at once" for (pk, _at), count in owners.items() if count > 1
        ]
        self.seen.wrong += _unheard_of(talks, won)
        _end(talks)


def _unheard_of(talks: list[int], won: set[tuple[int, Any, int | None]]) -> list[str]:
    """Every time that a talk went into somebody's hands, somebody was told."""
    from django.db.models import Count  # noqa: PLC0415 - needs the settings

    from madoguchi.desk.models import Assignment  # noqa: PLC0415

    heard = Counter(pk for pk, _at, _owner in won)
    rows = (
        Assignment.objects.filter(conversation__in=talks).values("conversation").annotate(count=Count("pk"))
    )
    held = {row["conversation"]: row["count"] for row in rows}
    return [
        f"talk {pk} went into {held.get(pk, 0)} hands, and {heard[pk]} heard of it"
        for pk in talks
        if held.get(pk, 0) != heard[pk]
    ]


def _set_limits(channel: "Channel", staff: "list[User]", *, by_turn: bool) -> Caps:
    """Every fourth is in training, the one after has a limit of its own."""
    from madoguchi.desk import actions as desk  # noqa: PLC0415 - needs the settings

    assigning = "next" if by_turn else "by_hand"
    desk.set_reception(None, channel, {"most_load": MOST, "capacity": CAPACITY, "assigning": assigning})
    limits: dict[int, dict[str, Any]] = {0: {"is_trainee": True}, 1: {"most_load": OWN}}
    for number, who in enumerate(staff):
        if number % 4 in limits:
            desk.set_duty(who, who, limits[number % 4])
    return Caps({who.pk: {0: 1, 1: OWN}.get(number % 4, MOST) for number, who in enumerate(staff)}, CAPACITY)


def _town(claimants: int) -> "tuple[Channel, list[User]]":
    from madoguchi.accounts import actions as accounts  # noqa: PLC0415 - need the settings
    from madoguchi.accounts.models import Role  # noqa: PLC0415
    from madoguchi.channels import actions as channels  # noqa: PLC0415
    from madoguchi.desk import actions as desk  # noqa: PLC0415

    organisation = accounts.found("殺到の町")
    channel = channels.add(None, organisation, "相談", "1650000001", "0" * 32, "t" * 40)
    desk.reception(channel)
    names = [f"counsellor{number}@example.jp" for number in range(claimants)]
    return channel, [
        accounts.add_user(None, organisation, name, name, [Role.COUNSELLOR], "a-long-password")[0]
        for name in names
    ]


def _first_words(channel: "Channel") -> "list[Message]":
    """Of so many friends as write at once."""
    from django.db import transaction  # noqa: PLC0415 - needs the settings

    from madoguchi.contacts import actions as contacts  # noqa: PLC0415
    from madoguchi.threads import actions as threads  # noqa: PLC0415

    with transaction.atomic():
        friends = [contacts.meet(channel, f"U{number:032x}") for number in range(AT_ONCE)]
        return [threads.write_down(friend, "text", {"text": "きいてください"}) for friend in friends]


def _waiting(channel: "Channel", words: "list[Message]", done: int) -> list[int]:
    """Each of these friends has a new talk, every fifth a grave one. `done`: how many there were."""
    from madoguchi.core import clock  # noqa: PLC0415 - need the settings
    from madoguchi.desk.models import Conversation  # noqa: PLC0415

    grave_at = clock.of_database()
    ours = {"organisation_id": channel.organisation_id, "channel": channel}
    talks = [
        Conversation(
            contact=word.contact,
            first_message=word,
            last_message=word,
            number=done + at,
            grave_at=None if at % 5 else grave_at,
            **ours,
        )
        for at, word in enumerate(words, 1)
    ]
    return [talk.pk for talk in Conversation.objects.bulk_create(talks)]


def _end(talks: list[int]) -> None:
    """All hands are empty again, and nobody waits."""
    from django.db import transaction  # noqa: PLC0415 - needs the settings
    from django.db.models.functions import Now  # noqa: PLC0415

    from madoguchi.desk.models import Assignment, Conversation, Missed, Outcome, State  # noqa: PLC0415

    ours = Conversation.objects.filter(pk__in=talks).exclude(state=State.CLOSED)
    with transaction.atomic():
        Assignment.objects.filter(conversation__in=talks, ended_at=None).update(ended_at=Now())
        ours.filter(owner__isnull=False).update(state=State.CLOSED, outcome=Outcome.RESOLVED)
        ours.filter(owner=None).update(state=State.CLOSED, missed=Missed.GAVE_UP)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
