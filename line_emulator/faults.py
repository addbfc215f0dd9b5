"""Faults on request: so many times or a share of requests, and the same seed hits the same ones."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from line_emulator.channels import Refused
from line_emulator.ledger import Record

WEBHOOK_KINDS = frozenset(
    {"duplicate", "reorder", "delay", "drop", "wrongSignature", "noSignature", "oldSecret", "answerLost"}
)
API_KINDS = frozenset({
    "latency", "errorBefore", "errorAfter", "hang", "dropConnection", "rateLimit", "monthlyLimit", "expiredToken",
})  # fmt: skip
_DELAYS = {"delay": 1000, "reorder": 1000, "duplicate": 0, "latency": 500, "hang": 60_000}


@dataclass(slots=True)
class Fault:
    """See README.md, Faults. `left` None = for ever."""

    fault_id: int
    kind: str
    left: int | None
    rate: float
    seed: int
    path: str
    event_type: str
    delay_ms: int
    by: int
    accept: bool
    hits: int = 0
    dice: random.Random = field(default_factory=random.Random)

    def strikes(self) -> bool:
        if self.left == 0 or (self.rate < 1 and self.dice.random() >= self.rate):
            return False
        self.left = None if self.left is None else self.left - 1
        self.hits += 1
        return True

    def as_json(self) -> Record:
        return {
            "faultId": self.fault_id, "kind": self.kind, "count": self.left, "rate": self.rate, "seed": self.seed,
            "path": self.path, "eventType": self.event_type, "delayMs": self.delay_ms, "by": self.by,
            "accept": self.accept, "hits": self.hits,
        }  # fmt: skip


class Faults:
    """Kept in memory alone: a restarted emulator behaves."""

    def __init__(self) -> None:
        self._by_channel: dict[str, list[Fault]] = {}
        self._last_id = 0

    def add(self, channel_id: str, given: Record) -> Fault:
        """Raises Refused for an unknown kind."""
        kind = given.get("kind")
        if kind not in WEBHOOK_KINDS | API_KINDS:
            raise Refused(f"kind must be one of {', '.join(sorted(WEBHOOK_KINDS | API_KINDS))}")
        self._last_id += 1
        seed = int(given.get("seed", 0))
        fault = Fault(
            self._last_id, kind, given.get("count", None if "rate" in given else 1), float(given.get("rate", 1)), seed,
            given.get("path", ""), given.get("eventType", ""), int(given.get("delayMs", _DELAYS.get(kind, 0))),
            int(given.get("by", 1)), bool(given.get("accept", kind == "dropConnection")),
        )  # fmt: skip
        fault.dice = random.Random(f"{seed}/{kind}")  # noqa: S311  # repeatable on purpose
        self._by_channel.setdefault(channel_id, []).append(fault)
        return fault

    def of(self, channel_id: str) -> list[Fault]:
        return self._by_channel.get(channel_id, [])

    def clear(self, channel_id: str) -> int:
        return len(self._by_channel.pop(channel_id, []))

    def clear_all(self) -> None:
        self._by_channel.clear()

    def for_api(self, channel_id: str, path: str) -> Fault | None:
        return self._first(channel_id, API_KINDS, lambda fault: fault.path in path)

    def for_webhook(self, channel_id: str, event_types: Iterable[str], kinds: frozenset[str]) -> Fault | None:
        return self._first(
            channel_id, kinds, lambda fault: not fault.event_type or fault.event_type in event_types
        )

    def _first(self, channel_id: str, kinds: frozenset[str], fits: Callable[[Fault], bool]) -> Fault | None:
        faults = self._by_channel.get(channel_id)
        if not faults:
            return None
        return next((f for f in faults if f.kind in kinds and fits(f) and f.strikes()), None)
