"""The emulator as a process of its own, and short ways to speak to it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import urllib3

ROOT = Path(__file__).resolve().parents[2]
TEXT = {"type": "text", "text": "こんにちは"}


@dataclass
class Answer:
    """`headers` have lower-case names. `body` is the parsed JSON, or the raw bytes of anything else."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw) if self.raw else None


@dataclass
class Emulator:
    origin: str
    process: subprocess.Popen[str]
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=8, retries=False))

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        timeout: float = 10,
    ) -> Answer:
        """`body`: a dict goes as JSON, bytes go as they are."""
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        sent = {"Content-Type": "application/json"} | (headers or {})
        answer = self.pool.request(
            method, self.origin + path, body=raw, headers=sent, timeout=timeout, redirect=False
        )
        return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.data)

    def get(self, path: str) -> Any:
        answer = self.send("GET", path)
        assert answer.status == 200, answer.raw
        return answer.body

    def post(self, path: str, body: Any = None, *, method: str = "POST") -> Any:
        answer = self.send(method, path, body or {})
        assert answer.status == 200, answer.raw
        return answer.body

    def idle(self) -> None:
        self.get("/emu/idle?timeout=10")

    def friend(self, name: str = "さくら", **fields: Any) -> str:
        return str(self.post("/emu/friends", {"displayName": name, **fields})["userId"])

    def account(self, **fields: Any) -> Account:
        return Account(self, self.post("/emu/channels", {"name": "相談窓口", **fields}))

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(5)
        self.pool.clear()


@dataclass
class Account:
    """A channel, and what its owner and its friends do."""

    emulator: Emulator
    channel: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.channel["channelId"])

    def api(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        token: str | None = None,
        timeout: float = 10,
    ) -> Answer:
        headers = {"Authorization": f"Bearer {token or self.channel['accessToken']}"}
        if key:
            headers["X-Line-Retry-Key"] = key
        return self.emulator.send(method, path, body, headers, timeout)

    def push(self, to: str, *messages: dict[str, Any], key: str | None = None, **more: Any) -> Answer:
        body = {"to": to, "messages": list(messages) or [TEXT], **more}
        return self.api("POST", "/v2/bot/message/push", body, key=key)

    def multicast(self, to: list[str], key: str | None = None) -> Answer:
        return self.api("POST", "/v2/bot/message/multicast", {"to": to, "messages": [TEXT]}, key=key)

    def reply(self, token: str) -> Answer:
        return self.api("POST", "/v2/bot/message/reply", {"replyToken": token, "messages": [TEXT]})

    def validate(self, *messages: Any) -> Answer:
        return self.api("POST", "/v2/bot/message/validate/push", {"messages": list(messages)})

    def act(self, user_id: str, do: str, **fields: Any) -> dict[str, Any]:
        given = {"userId": user_id, "channelId": self.id, "do": do, **fields}
        return dict(self.emulator.post("/emu/act", given))

    def new_friend(self, name: str = "さくら") -> str:
        user_id = self.emulator.friend(name)
        self.act(user_id, "follow")
        return user_id

    def set(self, **fields: Any) -> None:
        self.channel = self.emulator.post(f"/emu/channels/{self.id}", fields, method="PATCH")

    def fault(self, kind: str, **fields: Any) -> None:
        self.emulator.post(f"/emu/channels/{self.id}/faults", {"kind": kind, **fields})

    def thread(self, user_id: str, after: int = 0) -> list[dict[str, Any]]:
        found = self.emulator.get(f"/emu/thread?userId={user_id}&channelId={self.id}&after={after}")
        return list(found["messages"])

    def texts(self, user_id: str) -> list[str]:
        return [line["message"]["text"] for line in self.thread(user_id)]

    def journal(self, kind: str) -> list[dict[str, Any]]:
        return list(self.emulator.get(f"/emu/journal?kind={kind}&channelId={self.id}")["entries"])


def start(*arguments: str) -> Emulator:
    """Starts one on a free port and waits until it says where it listens."""
    command = [sys.executable, "-m", "line_emulator", "--port", "0", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("LINE EMULATOR "):
            return Emulator(line.split()[-1], process)
    raise AssertionError(f"the emulator ended with {process.wait()}")
