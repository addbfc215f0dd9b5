"""Who is out in the storm: friends who write, counsellors who answer, and the echo of what LINE sends twice."""

import random
import threading
import traceback
import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import urllib3
from django.db import Error, connections

from faults.town import Town
from madoguchi.accounts.models import User
from madoguchi.core import walls
from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation, Outcome

ECHOED = 0.05


@dataclass
class Said:
    """One act of a friend, and what LINE made of it. `text` is what the desk must show; None: no text."""

    user_id: str
    do: str
    event_id: str
    message_id: str
    text: str | None = None
    unsent: str = ""  # on `unsend`: the id of the message taken back


class Friends:
    """Writes `count` acts, steadily, as `write_up_to` is called with the share that should be written by now."""

    def __init__(self, place: Town, friends: int, count: int, seed: int) -> None:
        self._account, self._count, self._random = place.account, count, random.Random(seed)
        made = {"count": friends, "channelId": place.account.id}
        self._ids = list(place.account.platform.ask("POST", "/emu/friends/bulk", made)["userIds"])
        self._blocked: set[str] = set()
        self._taken_back: set[str] = set()
        self.said: list[Said] = []

    @property
    def are_done(self) -> bool:
        return len(self.said) >= self._count

    def write_up_to(self, share: float) -> None:
        wanted = int(self._count * share) - len(self.said)
        if wanted > 0:
            acts = [self._act(len(self.said) + number) for number in range(min(wanted, 50))]
            results = self._account.platform.ask("POST", "/emu/acts", {"acts": acts})["results"]
            self.said += [_said(act, result) for act, result in zip(acts, results, strict=True)]

    def _act(self, number: int) -> dict[str, Any]:
        who = self._random.choice(self._ids)
        act = {"userId": who, "channelId": self._account.id}
        if who in self._blocked:
            self._blocked.discard(who)
            return act | {"do": "unblock"}
        chance = self._random.random()
        if chance < 0.04:
            return act | self._unsend(who, number)
        if chance < 0.05:
            self._blocked.add(who)
            return act | {"do": "block"}
        if chance < 0.10:
            return act | {"do": "sticker", "packageId": "446", "stickerId": str(1988 + number)}
        if chance < 0.15:
            return act | {"do": "postback", "data": f"n={number}"}
        return act | {"do": "text", "text": f"{number}番目の言葉です😀"}

    def _unsend(self, who: str, number: int) -> dict[str, Any]:
        mine = [said.message_id for said in self.said if said.user_id == who and said.do == "text"]
        left = [message_id for message_id in mine if message_id not in self._taken_back]
        if not left:
            return {"do": "text", "text": f"{number}番目の言葉です😀"}
        self._taken_back.add(left[-1])
        return {"do": "unsend", "messageId": left[-1]}


def _said(act: dict[str, Any], result: dict[str, Any]) -> Said:
    event_id, message_id = str(result["webhookEventId"]), str(result.get("messageId") or "")
    unsent = str(act["messageId"]) if act["do"] == "unsend" else ""
    return Said(act["userId"], act["do"], event_id, message_id, act.get("text"), unsent)


class Person(threading.Thread):
    """Does one thing after the other until told to leave. Whatever fails costs only time, as it does at a desk: the checker
    judges, and what failed for another reason than a database that is away is printed."""

    pause_seconds = 0.25

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._leaving = threading.Event()

    def leave(self) -> None:
        self._leaving.set()
        self.join()

    def run(self) -> None:
        with walls.everywhere():
            while not self._leaving.wait(self.pause_seconds):
                try:
                    self.do()
                except Error:
                    pass
                except Exception:  # noqa: BLE001 - a person who sees an error tries again
                    traceback.print_exc()
                finally:
                    connections.close_all()

    def do(self) -> None:
        raise NotImplementedError


@dataclass
class Reply:
    """One thing a counsellor said. `is_acknowledged` once the desk has taken it."""

    key: uuid.UUID
    contact_id: int
    text: str
    is_acknowledged: bool = False


class Counsellor(Person):
    """Takes who is waiting, answers, closes now and then; clicks twice now and then, and after an error once more."""

    def __init__(self, user: User, seed: int) -> None:
        super().__init__()
        self._user, self._random = user, random.Random(seed + user.pk)
        self.said: list[Reply] = []

    def do(self) -> None:
        waiting = Conversation.objects.waiting().values_list("pk", flat=True)[:5]
        if waiting:
            try:
                desk.take(self._user, self._random.choice(waiting))
            except desk.AlreadyTaken:
                return
        mine = Conversation.objects.held_by(self._user)
        if mine:
            conversation = self._random.choice(mine)
            self._answer(conversation)
            if self._random.random() < 0.08:
                desk.close(self._user, conversation.pk, Outcome.RESOLVED)

    def _answer(self, conversation: Conversation) -> None:
        reply = Reply(
            uuid.uuid4(), conversation.contact_id, f"{self._user.name}の{len(self.said)}通目の返事です"
        )
        self.said.append(reply)
        is_double = self._random.random() < 0.2
        second = threading.Thread(target=self._send, args=(conversation.pk, reply), daemon=True)
        if is_double:
            second.start()
        self._send(conversation.pk, reply)
        if is_double:
            second.join()

    def _send(self, conversation_pk: int, reply: Reply) -> None:
        """Until the desk has taken it, with the same key."""
        while not reply.is_acknowledged:
            try:
                with walls.everywhere():
                    desk.reply_text(self._user, conversation_pk, reply.text, reply.key)
                reply.is_acknowledged = True
            except Error:
                if self._leaving.wait(0.2):
                    return
            finally:
                connections.close_all()


class Echo(Person):
    """What LINE delivered comes once more, several times at once, long after it was answered."""

    pause_seconds = 0.3

    def __init__(self, place: Town) -> None:
        super().__init__()
        self._account, self._after, self._pool = (
            place.account,
            0,
            urllib3.PoolManager(maxsize=8, retries=False),
        )
        self._random = random.Random(place.channel.pk)

    def do(self) -> None:
        query = f"after={self._after}&kind=webhook&channelId={self._account.id}&limit=200"
        entries = self._account.platform.ask("GET", f"/emu/journal?{query}")["entries"]
        self._after = entries[-1]["n"] if entries else self._after
        for entry in entries:
            if entry["signature"] and self._random.random() < ECHOED:
                twice = [threading.Thread(target=self._send, args=(entry,), daemon=True) for _ in range(2)]
                for sending in twice:
                    sending.start()
                for sending in twice:
                    sending.join()

    def _send(self, entry: dict[str, Any]) -> None:
        headers = {"x-line-signature": entry["signature"], "Content-Type": "application/json"}
        with suppress(urllib3.exceptions.HTTPError):
            self._pool.request("POST", entry["url"], body=entry["body"].encode(), headers=headers, timeout=2)
