"""The stand-in platform's control API: acting as a friend, and reading what really reached LINE and the phones."""

import json
from dataclasses import dataclass, field
from typing import Any

import urllib3

JsonObject = dict[str, Any]


@dataclass
class Platform:
    """One emulator, by its address. Raises AssertionError with the platform's own words when it refuses."""

    origin: str
    _pool: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(maxsize=16, retries=False), repr=False
    )

    def ask(self, method: str, path: str, body: JsonObject | None = None, seconds: float = 30) -> JsonObject:
        raw = json.dumps(body).encode() if body else None  # ASCII: half an emoji may be in it
        headers = {"Content-Type": "application/json"}
        answer = self._pool.request(method, self.origin + path, body=raw, headers=headers, timeout=seconds)
        found = json.loads(answer.data)
        assert answer.status == 200, f"{method} {path}: {answer.status} {found}"
        return dict(found)

    def account(self, **fields: Any) -> "Account":
        """Make or update a LINE official account."""
        return Account(self, self.ask("POST", "/emu/channels", fields))

    def friend(self, name: str, **fields: Any) -> str:
        """Someone with a phone; the user id."""
        return str(self.ask("POST", "/emu/friends", {"displayName": name, **fields})["userId"])

    def idle(self, seconds: float = 20) -> None:
        """Return once every webhook is delivered or given up."""
        self.ask("GET", f"/emu/idle?timeout={seconds}")


@dataclass
class Account:
    """One official account on the platform, what its friends do, and what came of it."""

    platform: Platform
    channel: JsonObject = field(repr=False)

    @property
    def id(self) -> str:
        return str(self.channel["channelId"])

    def set(self, **fields: Any) -> None:
        self.channel = self.platform.ask("PATCH", f"/emu/channels/{self.id}", fields)

    def act(self, user_id: str, do: str, **fields: Any) -> JsonObject:
        return self.platform.ask(
            "POST", "/emu/act", {"userId": user_id, "channelId": self.id, "do": do, **fields}
        )

    def fault(self, kind: str, **fields: Any) -> None:
        self.platform.ask("POST", f"/emu/channels/{self.id}/faults", {"kind": kind, **fields})

    def faults(self) -> list[JsonObject]:
        return list(self.platform.ask("GET", f"/emu/channels/{self.id}/faults")["faults"])

    def no_faults(self) -> None:
        self.platform.ask("DELETE", f"/emu/channels/{self.id}/faults")

    def redeliver(self, event_id: str) -> None:
        self.platform.ask("POST", f"/emu/channels/{self.id}/redeliver", {"webhookEventId": event_id})

    def thread(self, user_id: str) -> list[JsonObject]:
        """What stands on the friend's phone, oldest first."""
        found = self.platform.ask("GET", f"/emu/thread?userId={user_id}&channelId={self.id}")
        return list(found["messages"])

    def texts(self, user_id: str) -> list[str]:
        """What the friend reads from the account."""
        said = (line for line in self.thread(user_id) if line["from"] == "account")
        return [line["message"].get("text", f"<{line['message']['type']}>") for line in said]

    def journal(self, kind: str, path: str = "") -> list[JsonObject]:
        """Every call of the account ("api") or every webhook request to it ("webhook"), oldest first."""
        entries: list[JsonObject] = []
        after = 0
        while True:
            query = f"after={after}&kind={kind}&channelId={self.id}&path={path}&limit=1000"
            found = self.platform.ask("GET", f"/emu/journal?{query}")["entries"]
            if not found:
                return entries
            entries += found
            after = found[-1]["n"]
