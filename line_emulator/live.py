"""Server-sent events for the phone page: what changed, for the phones a page shows."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable

import orjson

from line_emulator.ledger import Record

QUEUE_LIMIT = 2000


class Listener:
    """One open stream. `user_ids` empty = everybody. A page too slow to read is cut off and pulls again."""

    def __init__(self, user_ids: frozenset[str]) -> None:
        self.user_ids = user_ids
        self.lines: asyncio.Queue[bytes | None] = asyncio.Queue()

    def wants(self, user_ids: Iterable[str] | None) -> bool:
        return user_ids is None or not self.user_ids or not self.user_ids.isdisjoint(user_ids)

    def put(self, line: bytes) -> None:
        if self.lines.qsize() >= QUEUE_LIMIT:
            self.lines.put_nowait(None)
        else:
            self.lines.put_nowait(line)


class Live:
    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    @property
    def has_listeners(self) -> bool:
        """Asked before anything is built: a million deliveries without an open page cost nothing here."""
        return bool(self._listeners)

    def later(self, wait_ms: int, tell: Callable[[], None]) -> None:
        """Tells something after a while; nothing when a ledger is replayed before the loop runs."""
        with contextlib.suppress(RuntimeError):
            asyncio.get_running_loop().call_later(wait_ms / 1000, tell)

    def tell(self, name: str, user_ids: Iterable[str] | None, data: Record) -> None:
        """`user_ids`: whose phones it concerns; None = all."""
        line = b"event: %s\ndata: %s\n\n" % (name.encode(), orjson.dumps(data))
        for listener in self._listeners:
            if listener.wants(user_ids):
                listener.put(line)

    def interested(self, user_ids: Iterable[str]) -> list[str]:
        """Those of `user_ids` whose phone is open somewhere."""
        if any(not listener.user_ids for listener in self._listeners):
            return list(user_ids)
        watched = frozenset().union(*(listener.user_ids for listener in self._listeners))
        return [user_id for user_id in user_ids if user_id in watched]

    def join(self, user_ids: Iterable[str]) -> Listener:
        listener = Listener(frozenset(user_ids))
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def close(self) -> None:
        for listener in self._listeners:
            listener.lines.put_nowait(None)
