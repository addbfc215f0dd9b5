"""Everything said between accounts and people, in order, as phones show it.

A multicast puts one and the same `Line` into up to 500 threads, so that a delivery to a million people costs a
pointer a person; what differs between threads (number, what is read) is kept by the thread.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from line_emulator.channels import Channels
from line_emulator.clock import Clock
from line_emulator.ids import MessageIds
from line_emulator.ledger import Ledger, Record
from line_emulator.live import Live
from line_emulator.people import People


@dataclass(slots=True)
class Line:
    """One message or note. `content` (friend's media): mediaId, contentType, size, fileName?, duration?, readyAt."""

    id: str
    origin: str
    at: int
    via: str
    message: Record
    user_id: str | None = None
    content: Record | None = None
    is_unsent: bool = False
    is_edited: bool = False
    is_silent: bool = False
    event_id: str | None = None


@dataclass(slots=True)
class Thread:
    """`read_to`: the account has read the friend's lines up to this number; `friend_read_to`: the other way round.
    `answered_to`: quick replies up to this line have been used."""

    lines: list[Line] = field(default_factory=list)
    read_to: int = 0
    friend_read_to: int = 0
    loading_until: int = 0
    answered_to: int = 0

    def unread(self) -> int:
        return sum(1 for line in self.lines[self.friend_read_to :] if line.origin == "account")


class Threads:
    """`threads[channel_id][chat_id]`; a chat id is a userId, groupId or roomId."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Clock,
        channels: Channels,
        people: People,
        live: Live,
        numbers: MessageIds,
    ) -> None:
        self._clock, self._channels, self._people, self._live = clock, channels, people, live
        self._numbers = numbers
        self._threads: dict[str, dict[str, Thread]] = {}
        self._places: dict[str, tuple[str, str, int]] = {}
        for kind in ("said", "unsent", "edited", "read", "loading", "answered"):
            ledger.on(kind, getattr(self, f"_apply_{kind}"))

    def get(self, channel_id: str, chat_id: str) -> Thread | None:
        return self._threads.get(channel_id, {}).get(chat_id)

    def find(self, message_id: str) -> tuple[str, str, Line] | None:
        """Channel, chat and line of a friend's message."""
        place = self._places.get(message_id)
        if place is None:
            return None
        channel_id, chat_id, seq = place
        return channel_id, chat_id, self._threads[channel_id][chat_id].lines[seq - 1]

    def seq_of(self, message_id: str) -> int:
        return self._places[message_id][2]

    def phones(self, chat_id: str) -> list[str]:
        group = self._people.groups.get(chat_id)
        return group.user_ids if group else [chat_id]

    def line_json(self, thread: Thread, seq: int) -> Record:
        """The thread message of README.md."""
        line = thread.lines[seq - 1]
        read_to = thread.read_to if line.origin == "friend" else thread.friend_read_to
        shown = {
            "seq": seq, "id": line.id, "from": line.origin, "at": line.at, "via": line.via,
            "message": {"type": line.message.get("type")} if line.is_unsent else line.message,
            "unsent": line.is_unsent, "edited": line.is_edited, "read": seq <= read_to,
        }  # fmt: skip
        if line.user_id:
            shown["userId"] = line.user_id
        if line.content and not line.is_unsent:
            shown["content"] = self._content_json(line)
        if line.is_silent:
            shown["notificationDisabled"] = True
        if line.event_id:
            shown["webhookEventId"] = line.event_id
        return shown

    def _content_json(self, line: Line) -> Record:
        content = line.content or {}
        shown: Record = {
            name: content[name] for name in ("contentType", "size", "fileName", "duration") if name in content
        }
        shown["url"] = f"/emu/content/{line.id}"
        if line.message["type"] in {"image", "video"}:
            shown["previewUrl"] = f"/emu/content/{line.id}/preview"
        shown["preparing"] = content["readyAt"] > self._clock.now()
        return shown

    def snapshot(self) -> Iterator[Record]:
        """Lines in the order of their ids, each with the chats it stands in; then what is read."""
        spread: dict[int, tuple[Line, str, list[str]]] = {}
        for channel_id, threads in self._threads.items():
            for chat_id, thread in threads.items():
                for line in thread.lines:
                    spread.setdefault(id(line), (line, channel_id, []))[2].append(chat_id)
        for line, channel_id, chats in sorted(spread.values(), key=lambda held: int(held[0].id)):
            yield {"t": "said", "channelId": channel_id, "chats": chats, "lines": [stored(line)]}
        for channel_id, threads in self._threads.items():
            for chat_id, thread in threads.items():
                place = {"channelId": channel_id, "chatId": chat_id}
                if thread.read_to or thread.friend_read_to:
                    seen = {"readTo": thread.read_to, "friendReadTo": thread.friend_read_to}
                    yield {"t": "read", **place, **seen}
                if thread.answered_to:
                    yield {"t": "answered", **place, "seq": thread.answered_to}

    def _apply_said(self, record: Record) -> None:
        lines = [_line(given) for given in record["lines"]]
        channel_id, chats = record["channelId"], record["chats"]
        threads = self._threads.setdefault(channel_id, {})
        for chat_id in chats:
            thread = threads.get(chat_id)
            if thread is None:
                thread = threads[chat_id] = Thread()
            thread.lines.extend(lines)
        for line in lines:
            self._numbers.seen(line.id)
        if len(chats) == 1:
            self._settle(channel_id, chats[0], lines)
        if self._live.has_listeners:
            self._tell_said(channel_id, chats, len(lines))

    def _settle(self, channel_id: str, chat_id: str, lines: list[Line]) -> None:
        """What one chat's new lines change beside the lines: where they are found, dots, automatic 既読."""
        thread = self._threads[channel_id][chat_id]
        first = len(thread.lines) - len(lines) + 1
        for seq, line in enumerate(lines, start=first):
            if line.origin == "friend":
                self._places[line.id] = (channel_id, chat_id, seq)
                self._tell_when_ready(line)
            elif line.origin == "account":
                thread.loading_until = 0
        if lines[0].origin == "friend":
            thread.friend_read_to = max(thread.friend_read_to, first - 1)
            if self._channels.by_id[channel_id].reads_at_once:
                thread.read_to = len(thread.lines)

    def _tell_when_ready(self, line: Line) -> None:
        wait_ms = line.content["readyAt"] - self._clock.now() if line.content else 0
        if wait_ms > 0:
            self._live.later(wait_ms, lambda: self.tell_changed(line.id))

    def _tell_said(self, channel_id: str, chats: list[str], count: int) -> None:
        alone = len(chats) == 1
        for chat_id in chats if alone else self._live.interested(chats):
            last = len(self._threads[channel_id][chat_id].lines)
            for seq in range(last - count + 1, last + 1):
                self._tell("message", channel_id, chat_id, seq)

    def _tell(self, name: str, channel_id: str, chat_id: str, seq: int) -> None:
        thread = self._threads[channel_id][chat_id]
        phones = self.phones(chat_id)
        data = {"channelId": channel_id, "chatId": chat_id, "userId": phones[0] if phones else None}
        self._live.tell(name, phones, data | {"message": self.line_json(thread, seq)})

    def tell_changed(self, message_id: str) -> None:
        if message_id in self._places:
            self._tell("changed", *self._places[message_id])

    def _apply_unsent(self, record: Record) -> None:
        channel_id, chat_id, line = self._known(record["messageId"])
        line.is_unsent = True
        self._tell("changed", channel_id, chat_id, self.seq_of(line.id))

    def _apply_edited(self, record: Record) -> None:
        channel_id, chat_id, line = self._known(record["messageId"])
        line.message = record["message"]
        line.is_edited = True
        self._tell("changed", channel_id, chat_id, self.seq_of(line.id))

    def _known(self, message_id: str) -> tuple[str, str, Line]:
        found = self.find(message_id)
        if found is None:
            raise LookupError("a record about a message that was never said")
        return found

    def _apply_read(self, record: Record) -> None:
        channel_id, chat_id = record["channelId"], record["chatId"]
        thread = self._threads[channel_id][chat_id]
        thread.read_to = max(thread.read_to, record.get("readTo", 0))
        thread.friend_read_to = max(thread.friend_read_to, record.get("friendReadTo", 0))
        phones = self.phones(chat_id)
        self._live.tell("read", phones, {
            "channelId": channel_id, "chatId": chat_id, "userId": phones[0] if phones else None,
            "readTo": thread.read_to, "friendReadTo": thread.friend_read_to,
        })  # fmt: skip

    def _apply_answered(self, record: Record) -> None:
        channel_id, chat_id, seq = record["channelId"], record["chatId"], record["seq"]
        self._threads[channel_id][chat_id].answered_to = seq
        phones = self.phones(chat_id)
        self._live.tell("answered", phones, {
            "channelId": channel_id, "chatId": chat_id, "userId": phones[0] if phones else None, "seq": seq,
        })  # fmt: skip

    def _apply_loading(self, record: Record) -> None:
        channel_id, chat_id, until = record["channelId"], record["chatId"], record["until"]
        self._threads.setdefault(channel_id, {}).setdefault(chat_id, Thread()).loading_until = until
        self._live.tell("loading", [chat_id], {
            "channelId": channel_id, "chatId": chat_id, "userId": chat_id, "until": until,
        })  # fmt: skip


_STORED = {
    "id": "id", "from": "origin", "at": "at", "via": "via", "message": "message", "userId": "user_id",
    "content": "content", "unsent": "is_unsent", "edited": "is_edited", "silent": "is_silent", "eventId": "event_id",
}  # fmt: skip


def stored(line: Line) -> Record:
    """A line as a record holds it; what is empty is left out."""
    return {name: value for name, attribute in _STORED.items() if (value := getattr(line, attribute))}


def _line(given: Record) -> Line:
    return Line(**{_STORED[name]: value for name, value in given.items()})
