"""Retry keys (LINE.md 3.6): remembered for 24 hours, per channel, and only once the request was accepted."""

from collections.abc import Iterator
from dataclasses import dataclass

from line_emulator.clock import Clock
from line_emulator.ledger import Ledger, Record

DAY_MS = 86_400_000


@dataclass(slots=True)
class Accepted:
    at: int
    request_id: str
    sent: list[Record] | None


class RetryKeys:
    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, str], Accepted] = {}
        ledger.on("retry", self._apply)

    def snapshot(self) -> Iterator[Record]:
        for (channel_id, key), held in self._kept.items():
            yield {
                "t": "retry", "channelId": channel_id, "key": key, "at": held.at,
                "requestId": held.request_id, "sent": held.sent,
            }  # fmt: skip

    def find(self, channel_id: str, key: str) -> Accepted | None:
        held = self._kept.get((channel_id, key.lower()))
        return held if held and self._clock.now() - held.at < DAY_MS else None

    def _apply(self, record: Record) -> None:
        place = (record["channelId"], record["key"].lower())
        self._kept.pop(place, None)
        self._kept[place] = Accepted(record["at"], record["requestId"], record["sent"])
        self._forget_old()

    def _forget_old(self) -> None:
        """Insertion order is age order, so the old ones are at the front."""
        oldest = self._clock.now() - DAY_MS
        while self._kept:
            place = next(iter(self._kept))
            if self._kept[place].at > oldest:
                return
            del self._kept[place]
