"""Many counsellors reach for the same talks at once: never two owners, never more in one hand than it may hold.

    python -m faults.claims --rounds 10000 --claimants 8

Each round is a waiting talk for which all claimants reach at the same moment, some by its number, some as "the next one".
Some are in training and may hold one, some have a limit of their own, and the channel holds no more than CAPACITY at once.
With `--by-turn` nobody chooses: all of them press "the next one".
The last line is one JSON object; ends with 1 if anything is wrong.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from tools import keys, postgres, scratch

if TYPE_CHECKING:  # need the settings
    from madoguchi.accounts.models import User
    from madoguchi.channels.models import Channel

AT_ONCE = 20  # talks that wait together: claimants meet at each of them in an order of their own


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m faults.claims")
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--claimants", type=int, default=8)
    parser.add_argument("--by-turn", action="store_true")
    told = parser.parse_args(words)
    with scratch.folder("claims") as home:
        report = _against_a_server(told.rounds, told.claimants, home, by_turn=told.by_turn)
    print(json.dumps(report, ensure_ascii=False), flush=True)
    return 1 if report["wrong"] else 0


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
        self.rounds, self.claimants, self.by_turn = rounds, claimants, by_turn
        self.most_in_channel = 0
        self.won: dict[int, set[int]] = defaultdict(set)  # conversation -> who heard that it is theirs
        self.most_seen = 0
        self.wrong: list[str] = []

    def run(self) -> dict[str, Any]:
        from madoguchi.core import walls  # noqa: PLC0415 - needs the settings

        began = time.monotonic()
        with walls.everywhere():
            channel, staff = _town(self.claimants)
            _set_limits(channel, staff, by_turn=self.by_turn)
            done = 0
            while done < self.rounds:
                done += self._batch(channel, staff, min(AT_ONCE, self.rounds - done))
        seconds = round(time.monotonic() - began, 1)
        return {
            "rounds": done,
            "claimants": self.claimants,
            "by_turn": self.by_turn,
            "most": self.most_seen,
            "most_in_channel": self.most_in_channel,
            "seconds": seconds,
            "wrong": self.wrong[:50],
        }

    def _batch(self, channel: "Channel", staff: "list[User]", count: int) -> int:
        from madoguchi.desk.models import Assignment, Conversation  # noqa: PLC0415 - needs the settings

        talks = _waiting(channel, count)
        self.won.clear()
        gate = threading.Barrier(len(staff))
        reaching = [threading.Thread(target=self._reach, args=(who, talks, gate)) for who in staff]
        for thread in reaching:
            thread.start()
        for thread in reaching:
            thread.join()
        twice = [talk for talk, owners in self.won.items() if len(owners) > 1]
        open_twice = _with_two_open(Assignment)
        self.wrong += [f"talk {talk} is held by {len(self.won[talk])}" for talk in twice]
        self.wrong += [f"talk {talk} has two open assignments" for talk in open_twice]
        self.wrong += [
            f"talk {pk} has an owner who was never told" for pk in _owned(Conversation, talks) - set(self.won)
        ]
        self._look_at_loads(staff)
        _end(talks)
        return count

    def _reach(self, who: "User", talks: list[int], gate: threading.Barrier) -> None:
        from django.db import connections  # noqa: PLC0415 - needs the settings

        from madoguchi.core import walls  # noqa: PLC0415
        from madoguchi.desk import actions as desk  # noqa: PLC0415

        order = random.Random(who.pk * 1000 + talks[0]).sample(talks, len(talks))
        try:
            with walls.everywhere():
                gate.wait()
                for number, talk in enumerate(order):
                    is_next = self.by_turn or number % 3 == 0
                    with suppress(desk.AlreadyTaken, desk.HandsFull):
                        taken = desk.take_next(who) if is_next else desk.take(who, talk)
                        if taken is not None:
                            self.won[taken.pk].add(who.pk)
        finally:
            connections.close_all()

    def _look_at_loads(self, staff: "list[User]") -> None:
        from madoguchi.desk.models import Conversation  # noqa: PLC0415 - needs the settings

        total = 0
        for number, who in enumerate(staff):
            load, most = Conversation.objects.held_by(who).load(), _most_of(number)
            self.most_seen, total = max(self.most_seen, load), total + load
            if load > most:
                self.wrong.append(f"{who.pk} holds {load}, may hold {most}")
        self.most_in_channel = max(self.most_in_channel, total)
        if total > CAPACITY:
            self.wrong.append(f"the channel holds {total}, may hold {CAPACITY}")


MOST, OWN, CAPACITY = 3, 2, 16


def _most_of(number: int) -> int:
    """The limit of the counsellor with this number: every fourth is in training, the one after has a limit of its own."""
    return {0: 1, 1: OWN}.get(number % 4, MOST)


def _set_limits(channel: "Channel", staff: "list[User]", *, by_turn: bool) -> None:
    from madoguchi.desk import actions as desk  # noqa: PLC0415 - needs the settings

    assigning = "next" if by_turn else "by_hand"
    desk.set_reception(None, channel, {"most_load": MOST, "capacity": CAPACITY, "assigning": assigning})
    for number, who in enumerate(staff):
        own: dict[int, dict[str, Any]] = {0: {"is_trainee": True}, 1: {"most_load": OWN}}
        limits = own.get(number % 4)
        if limits:
            desk.set_duty(who, who, limits)


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


def _waiting(channel: "Channel", count: int) -> list[int]:
    """So many new friends, each with a first word."""
    from django.db import transaction  # noqa: PLC0415 - needs the settings

    from madoguchi.contacts import actions as contacts  # noqa: PLC0415
    from madoguchi.desk import actions as desk  # noqa: PLC0415
    from madoguchi.threads import actions as threads  # noqa: PLC0415

    talks = []
    for _number in range(count):
        with transaction.atomic():
            contact = contacts.meet(channel, f"U{random.getrandbits(128):032x}")
            message = threads.write_down(contact, "text", {"text": "きいてください"})
            talks.append(desk.hear(contact, None, message, desk.open_talk(contact)).pk)
    return talks


def _with_two_open(assignments: Any) -> list[int]:
    from django.db.models import Count  # noqa: PLC0415 - needs the settings

    opened = assignments.objects.filter(ended_at=None).values("conversation").annotate(owners=Count("pk"))
    return list(opened.filter(owners__gt=1).values_list("conversation", flat=True))


def _owned(conversations: Any, talks: list[int]) -> set[int]:
    return set(conversations.objects.filter(pk__in=talks, owner__isnull=False).values_list("pk", flat=True))


def _end(talks: list[int]) -> None:
    """All hands are empty again, and nobody waits."""
    from django.db.models.functions import Now  # noqa: PLC0415 - needs the settings

    from madoguchi.desk.models import Assignment, Conversation, Missed, Outcome, State  # noqa: PLC0415

    ours = Conversation.objects.filter(pk__in=talks)
    ours.filter(owner=None).update(state=State.CLOSED, missed=Missed.GAVE_UP)
    ours.filter(owner__isnull=False).update(state=State.CLOSED, outcome=Outcome.RESOLVED)
    Assignment.objects.filter(conversation__in=talks, ended_at=None).update(ended_at=Now())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
