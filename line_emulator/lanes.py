"""Which event may go next: in order inside a chat, chats beside each other.

A lane is one chat of one channel. While one of its events is under way the next ones wait for the answer. A lane is in
`ready` exactly when it has something to send and nothing under way.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from line_emulator.outbox import Queued


@dataclass(slots=True)
class Held:
    """An event that lets `ahead` later ones of its lane pass first."""

    queued: Queued
    ahead: int


@dataclass(slots=True)
class Lane:
    queue: deque[Queued] = field(default_factory=deque)
    held: list[Held] = field(default_factory=list)
    is_busy: bool = False


class Lanes:
    """The lanes of one channel. `holds(queued)` says how many events are to overtake this one; 0 for none."""

    def __init__(self, holds: Callable[[Queued], int]) -> None:
        self._holds = holds
        self._lanes: dict[str, Lane] = {}
        self._ready: deque[str] = deque()
        self.under_way = 0
        self.queued = 0

    def add(self, queued: Queued) -> None:
        lane = self._lanes.setdefault(queued.lane, Lane())
        lane.queue.append(queued)
        self.queued += 1
        self._offer(queued.lane, lane)

    def take(self, limit: int) -> list[Queued]:
        """Up to `limit` events, from as many lanes as needed; those lanes are busy until `release`."""
        batch: list[Queued] = []
        while self._ready and len(batch) < limit:
            lane = self._lanes[self._ready.popleft()]
            taken = self._take_from(lane, limit - len(batch))
            lane.is_busy = bool(taken)
            batch.extend(taken)
        self.under_way += bool(batch)
        return batch

    def _take_from(self, lane: Lane, limit: int) -> list[Queued]:
        taken: list[Queued] = []
        while lane.queue and len(taken) < limit:
            queued = lane.queue.popleft()
            self.queued -= 1
            ahead = 0 if queued.was_held else self._holds(queued)
            if ahead:
                queued.was_held = True
                lane.held.append(Held(queued, ahead))
            else:
                taken.append(queued)
        return taken

    def release(self, batch: list[Queued]) -> None:
        """The batch was answered (or given up): its lanes go on, held events come nearer."""
        self.under_way -= 1
        for queued in batch:
            lane = self._lanes[queued.lane]
            lane.is_busy = False
            for held in lane.held:
                held.ahead -= 1
        for name in {queued.lane for queued in batch}:
            lane = self._lanes[name]
            self._bring_back(lane, [held for held in lane.held if held.ahead <= 0])
            self._offer(name, lane)

    def stop_holding(self, queued: Queued) -> None:
        """A held event has waited long enough; nothing if enough others have passed it already."""
        lane = self._lanes.get(queued.lane)
        if lane is None:
            return
        self._bring_back(lane, [held for held in lane.held if held.queued is queued])
        self._offer(queued.lane, lane)

    def _bring_back(self, lane: Lane, due: list[Held]) -> None:
        for held in reversed(due):
            lane.held.remove(held)
            lane.queue.appendleft(held.queued)
            self.queued += 1

    def _offer(self, name: str, lane: Lane) -> None:
        if lane.queue and not lane.is_busy and name not in self._ready:
            self._ready.append(name)
        if not lane.queue and not lane.held and not lane.is_busy:
            self._lanes.pop(name, None)
