"""One act on its way: who, where, when, and the records it leads to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from line_emulator import events
from line_emulator.channels import Channel, Refused
from line_emulator.ledger import Record
from line_emulator.people import Group, Tie
from line_emulator.world import World

_NAMED_IN_GROUPS = frozenset({"message", "messageEdited", "unsend"})


class NotFound(Exception):
    """An id nobody knows."""


class Impossible(Exception):
    """A real phone could not do this now."""


@dataclass(slots=True)
class Act:
    """`chat_id`: the userId in a 1:1 chat, else the group's or room's id."""

    world: World
    given: Record
    channel: Channel
    user_id: str
    chat_id: str
    at: int
    records: list[Record] = field(default_factory=list)
    result: Record = field(default_factory=dict)

    @property
    def group(self) -> Group | None:
        return self.world.people.groups.get(self.chat_id)

    @property
    def tie(self) -> Tie:
        return self.world.people.tie(self.channel.channel_id, self.user_id) or Tie()

    def need(self, name: str, kind: type | tuple[type, ...] = str) -> Any:
        value = self.given.get(name)
        if not isinstance(value, kind):
            raise Refused(f"{name} is missing or has the wrong type")
        return value

    def some(self, *names: str) -> Record:
        """Those of the fields that were given."""
        return {name: self.given[name] for name in names if self.given.get(name) is not None}

    def source(self, kind: str) -> Record:
        in_group = self.chat_id != self.user_id
        is_hidden = self.given.get("withoutUserId") or (in_group and kind not in _NAMED_IN_GROUPS)
        return events.source(self.chat_id, None if is_hidden else self.user_id)

    def send(self, event: Record) -> None:
        """Queues an event, if the account has a webhook to send it to."""
        queued = events.queued(self.channel, self.chat_id, event)
        if queued:
            self.records.extend(queued)
            self.result["webhookEventId"] = event["webhookEventId"]

    def send_new(self, kind: str, body: Record, *, replyable: bool = True) -> None:
        mode = str(self.given.get("mode") or "active")
        self.send(events.envelope(kind, self.at, self.source(kind), mode, body, replyable=replyable))

    def new_id(self) -> str:
        return self.world.numbers.next(self.world.clock.now())

    def show(
        self, message_id: str, message: Record, origin: str = "friend", content: Record | None = None
    ) -> None:
        """The line in the thread. The event id is put in when the event was queued before."""
        line: Record = {"id": message_id, "from": origin, "at": self.at, "via": "phone", "message": message}
        if origin == "friend":
            line["userId"] = self.user_id
            self.result["messageId"] = message_id
        if content:
            line["content"] = content
        if "webhookEventId" in self.result:
            line["eventId"] = self.result["webhookEventId"]
        self.records.append({
            "t": "said", "channelId": self.channel.channel_id, "chats": [self.chat_id], "lines": [line],
        })  # fmt: skip

    def note(self, text: str) -> None:
        self.show(self.new_id(), {"type": "note", "text": text}, origin="system")

    def bind(self, **changes: Any) -> None:
        """Changes what the person is to the account."""
        self.records.append({
            "t": "tie", "channelId": self.channel.channel_id, "userId": self.user_id, **changes,
        })  # fmt: skip


def begin(world: World, given: Record) -> Act:
    channel = world.channels.by_id.get(str(given.get("channelId")))
    if channel is None:
        raise NotFound("no such channel")
    chat_id = given.get("groupId") or given.get("roomId")
    user_id = str(given.get("userId") or "")
    if user_id not in world.people.friends and not (chat_id and not user_id):
        raise NotFound("no such friend")
    if chat_id and chat_id not in world.people.groups:
        raise NotFound("no such group")
    at = given.get("at") or world.clock.now()
    result = {"userId": user_id, "channelId": channel.channel_id}
    return Act(world, given, channel, user_id, str(chat_id or user_id), int(at), result=result)


def must_be_able_to_write(act: Act) -> None:
    """A blocked account's talk is closed; in a group both have to be there."""
    group = act.group
    if group is not None:
        if act.user_id not in group.user_ids or act.channel.channel_id not in group.channel_ids:
            raise Impossible("the person or the account is not in this group")
    elif act.tie.state == "blocked":
        raise Impossible("this person blocks the account")
