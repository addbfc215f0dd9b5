"""The stand-in platform as a process of its own, spoken to over HTTP only."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientTimeout

from madoguchi.channels.line.client import LineClient, open_session

from .samples import SECRET

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def emulator() -> Iterator[str]:
    """Its origin; it ends with the block."""
    command = [sys.executable, "-m", "line_emulator", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = next((line for line in process.stdout if line.startswith("LINE EMULATOR")), "")
            assert line, "the emulator ended before it was ready"
            yield line.split()[-1]
        finally:
            process.terminate()


@dataclass
class Platform:
    """One account and one friend of it, made for one test."""

    origin: str
    session: ClientSession
    channel: dict[str, Any]
    friend: str

    @property
    def channel_id(self) -> str:
        return str(self.channel["channelId"])

    def client(self, seconds: float = 10, token: str | None = None) -> LineClient:
        timeout = ClientTimeout(total=seconds)
        token = token or self.channel["accessToken"]
        return LineClient(self.origin, self.origin, token, self.session, timeout=timeout)

    async def fault(self, kind: str, **how: Any) -> None:
        await self.ask("POST", f"/emu/channels/{self.channel_id}/faults", {"kind": kind, **how})

    async def act(self, do: str, **how: Any) -> dict[str, Any]:
        act = {"userId": self.friend, "channelId": self.channel_id, "do": do, **how}
        return await self.ask("POST", "/emu/act", act)

    async def said(self) -> list[dict[str, Any]]:
        """What stands on the phone from the account, oldest first."""
        path = f"/emu/thread?userId={self.friend}&channelId={self.channel_id}"
        thread = await self.ask("GET", path)
        return [each["message"] for each in thread["messages"] if each["from"] == "account"]

    async def idle(self) -> None:
        await self.ask("GET", "/emu/idle?timeout=10")

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        async with self.session.request(method, self.origin + path, json=body) as response:
            answer: dict[str, Any] = await response.json()
            assert response.ok, (path, response.status, answer)
            return answer


@asynccontextmanager
async def platform(origin: str, **channel: Any) -> AsyncIterator[Platform]:
    async with open_session() as session:
        made = Platform(origin, session, {}, "")
        made.channel = await made.ask("POST", "/emu/channels", {"name": "窓口", "secret": SECRET, **channel})
        friend = await made.ask("POST", "/emu/friends", {"displayName": "ことり"})
        made.friend = friend["userId"]
        await made.act("follow")
        yield made
