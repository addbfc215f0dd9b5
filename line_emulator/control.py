"""The control API under /emu/ (README.md): for tests, the phone page and whoever runs a demo."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

import orjson
from aiohttp import web

from line_emulator.acts.act import Impossible, NotFound
from line_emulator.channels import Refused
from line_emulator.ledger import Record
from line_emulator.sender import Sender
from line_emulator.world import World

BODY_LIMIT = 200 * 1024 * 1024


@dataclass(slots=True)
class Ask:
    """One control request, read."""

    world: World
    sender: Sender
    request: web.BaseRequest
    params: dict[str, str]
    query: list[tuple[str, str]]
    raw: bytes = b""

    def json(self) -> Record:
        try:
            body = orjson.loads(self.raw or b"{}")
        except orjson.JSONDecodeError as broken:
            raise Refused(f"not JSON: {broken}") from broken
        if not isinstance(body, dict):
            raise Refused("the body must be a JSON object")
        return body

    def argument(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.query if key == name), default)

    def number(self, name: str, default: float) -> float:
        try:
            return float(self.argument(name) or default)
        except ValueError as broken:
            raise Refused(f"{name} must be a number") from broken


Answer = web.StreamResponse | Record | list[Record]
Work = Callable[[Ask], Answer | Awaitable[Answer]]


def json_response(body: object, status: int = 200) -> web.Response:
    return web.Response(
        status=status,
        body=orjson.dumps(body),
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def only(given: Record, *names: str) -> Record:
    """Refuses what is not among `names`, so that a typing error does not pass for a setting."""
    unknown = sorted(set(given) - set(names))
    if unknown:
        raise Refused(f"unknown field {unknown[0]}")
    return given


class Control:
    """Finds the work for a request and words what goes wrong."""

    def __init__(self, world: World, sender: Sender, table: list[tuple[str, str, Work]]) -> None:
        self._world, self._sender = world, sender
        self._table = [
            (method, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)), work)
            for method, path, work in table
        ]

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            return await self._answer(request)
        except Refused as refused:
            return json_response({"error": str(refused)}, 400)
        except NotFound as missing:
            return json_response({"error": str(missing)}, 404)
        except Impossible as impossible:
            return json_response({"error": str(impossible)}, 409)
        except (TypeError, ValueError, AttributeError) as wrong:
            return json_response({"error": f"a value has the wrong type ({wrong})"}, 400)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path, _, query = request.raw_path.partition("?")
        for method, pattern, work in self._table:
            match = pattern.fullmatch(path)
            if match is None or method != request.method:
                continue
            params = {name: unquote(value) for name, value in match.groupdict().items()}
            ask = Ask(self._world, self._sender, request, params, parse_qsl(query))
            ask.raw = await _read(request)
            found = work(ask)
            answer = await found if isinstance(found, Awaitable) else found
            return answer if isinstance(answer, web.StreamResponse) else json_response(answer)
        raise NotFound("no such path")


async def _read(request: web.BaseRequest) -> bytes:
    parts, size = [], 0
    async for part in request.content.iter_any():
        size += len(part)
        if size > BODY_LIMIT:
            raise Refused("more than 200 MB")
        parts.append(part)
    return b"".join(parts)
