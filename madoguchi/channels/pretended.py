"""What stands in for LINE on the channel for practice: takes all that is sent, and calls nobody."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import aiohttp

from madoguchi.channels.line.body import JsonObject
from madoguchi.channels.line.client import LineClient
from madoguchi.channels.line.media import Fetched, Ready, Sink
from madoguchi.channels.line.outcome import Answer, NoAnswer

PICTURE = Path(__file__).with_name("pretended.png")


class PretendedClient(LineClient):
    """Every call is answered here: sent messages are accepted, a profile is nobody's, a picture is the same drawing."""

    async def _call(
        self,
        method: str,
        path: str,  # noqa: ARG002 - as the real one takes them
        body: JsonObject | None = None,
        *,
        headers: Mapping[str, str] = MappingProxyType({}),  # noqa: ARG002
        within: aiohttp.ClientTimeout | None = None,  # noqa: ARG002
    ) -> Answer | NoAnswer:
        if method == "GET":
            return Answer(404)
        sent = [{"id": str(uuid.uuid4().int)[:18]} for _message in (body or {}).get("messages", [])]
        return Answer(200, {"sentMessages": sent}, "practice")

    async def content(self, message_id: str, sink: Sink, *, limit: int) -> Fetched:  # noqa: ARG002
        plain = PICTURE.read_bytes()
        sink(plain)
        return Ready("image/png", len(plain))
