"""What must be true of every talk and every pair of hands at any instant: each question is one statement, so one snapshot."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

# A talk and who holds it, by the rows that say so: its own, and its open assignments.
_TORN = """
SELECT c.id, c.state, c.owner_id, array_agg(a.counsellor_id) FILTER (WHERE a.id IS NOT NULL) AS hands
  FROM desk_conversation c LEFT JOIN desk_assignment a ON a.conversation_id = c.id AND a.ended_at IS NULL
 WHERE c.state <> 'closed' OR a.id IS NOT NULL
 GROUP BY c.id
HAVING (c.state IN ('waiting', 'closed') AND count(a.id) > 0)
    OR (c.state NOT IN ('waiting', 'closed') AND (count(a.id) <> 1 OR max(a.counsellor_id) IS DISTINCT FROM c.owner_id))"""
_LOADS = """
SELECT owner_id, sum(CASE WHEN grave_at IS NULL THEN 1 ELSE 2 END), count(*)
  FROM desk_conversation WHERE state IN ('live', 'hold') GROUP BY owner_id"""


@dataclass(frozen=True)
class Caps:
    """`most`: by counsellor. `channel`: talks on the line at once."""

    most: Mapping[int, int]
    channel: int


@dataclass
class Seen:
    """`looks`: how often it was looked; `most`, `channel`: the fullest that was seen."""

    looks: int = 0
    most: int = 0
    channel: int = 0
    wrong: list[str] = field(default_factory=list)

    def look(self, caps: Caps) -> None:
        from django.db import connection  # noqa: PLC0415 - needs the settings

        with connection.cursor() as cursor:
            cursor.execute(_TORN)
            torn = cursor.fetchall()
            cursor.execute(_LOADS)
            loads = cursor.fetchall()
        self.wrong += [
            f"talk {pk} is {state} of {owner}, in the hands of {hands}" for pk, state, owner, hands in torn
        ]
        for owner, load, count in loads:
            self.most = max(self.most, load)
            if load > caps.most[owner] and count > 1:  # one grave talk may be all that a small hand holds
                self.wrong.append(f"{owner} holds {load}, may hold {caps.most[owner]}")
        total = sum(count for _owner, _load, count in loads)
        self.channel, self.looks = max(self.channel, total), self.looks + 1
        if total > caps.channel:
            self.wrong.append(f"the channel holds {total}, may hold {caps.channel}")


class Watcher(threading.Thread):
    """Looks again and again while the claimants reach."""

    def __init__(self, caps: Caps, seen: Seen, pause: float = 0.25) -> None:
        super().__init__(name="watcher", daemon=True)
        self._caps, self._seen, self._pause = caps, seen, pause
        self._enough = threading.Event()

    def run(self) -> None:
        from django.db import connections  # noqa: PLC0415 - need the settings

        from madoguchi.core import walls  # noqa: PLC0415

        try:
            with walls.everywhere():
                while not self._enough.wait(self._pause):
                    self._seen.look(self._caps)
        finally:
            connections.close_all()

    def end(self) -> None:
        self._enough.set()
        self.join()
