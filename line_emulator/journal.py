"""What really happened, for tests and checkers: every API call and every webhook request, numbered.

Entries are kept as JSON bytes (small, and a reader gets them spliced together), the newest `limit` of them.
A multicast's entry holds its 500 recipients, hence a limit in bytes beside it.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from line_emulator.ledger import Ledger, Record

MOST_BYTES = 256 * 1024 * 1024


@dataclass(slots=True, frozen=True)
class Entry:
    n: int
    kind: str
    channel_id: str | None
    path: str
    raw: bytes


class Journal:
    def __init__(self, ledger: Ledger) -> None:
        self._entries: deque[Entry] = deque()
        self.last = 0
        self.limit = 50_000
        self._bytes = 0
        ledger.on("journal", self._apply)

    def snapshot(self) -> Iterator[Record]:
        for entry in self._entries:
            yield _record(entry.n, entry.kind, entry.channel_id, entry.path, entry.raw)

    def record(self, kind: str, channel_id: str | None, path: str, entry: Record) -> Record:
        """The ledger record of the next entry. `entry` may hold `orjson.Fragment`s of one line."""
        n = self.last + 1
        return _record(n, kind, channel_id, path, orjson.dumps({"n": n, "kind": kind, **entry}))

    def page(self, after: int, kind: str, channel_id: str, path: str, limit: int) -> bytes:
        """The JSON answer of `GET /emu/journal`."""
        found = [
            entry.raw
            for entry in self._newer(after)
            if (not kind or entry.kind == kind)
            and (not channel_id or entry.channel_id == channel_id)
            and (not path or path in entry.path)
        ][:limit]
        first = self._entries[0].n if self._entries else self.last + 1
        return b'{"entries":[%s],"first":%d,"last":%d}' % (b",".join(found), first, self.last)

    def _newer(self, after: int) -> list[Entry]:
        """From the right, so that following a long journal does not walk all of it each time."""
        newer: list[Entry] = []
        for entry in reversed(self._entries):
            if entry.n <= after:
                break
            newer.append(entry)
        newer.reverse()
        return newer

    def start_after(self, n: int) -> None:
        """After a reset: numbers never repeat."""
        self.last = max(self.last, n)

    def trim(self) -> None:
        """The last `limit` entries, and no more than MOST_BYTES of them."""
        while len(self._entries) > self.limit or self._bytes > MOST_BYTES:
            self._bytes -= len(self._entries.popleft().raw)

    def _apply(self, record: Record) -> None:
        raw = orjson.dumps(record["entry"])
        self.last = max(self.last, record["n"])
        self._entries.append(Entry(record["n"], record["kind"], record["channelId"], record["path"], raw))
        self._bytes += len(raw)
        self.trim()


def _record(n: int, kind: str, channel_id: str | None, path: str, raw: bytes) -> Record:
    return {
        "t": "journal",
        "n": n,
        "kind": kind,
        "channelId": channel_id,
        "path": path,
        "entry": orjson.Fragment(raw),
    }
