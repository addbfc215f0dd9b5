"""The API's front: who is calling, may they, which fault is due, and the entry in the journal."""

import asyncio
import inspect
import logging
import time
from typing import Any

import orjson
from aiohttp import web

from line_emulator import answers, ids
from line_emulator.answers import ApiError, Reply
from line_emulator.calls import Call
from line_emulator.faults import Fault
from line_emulator.ledger import Record
from line_emulator.routes import Route, Routes
from line_emulator.world import World

log = logging.getLogger("line_emulator")

BODY_LIMIT = 2 * 1024 * 1024
_ALWAYS = {
    "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Unanswered(Exception):
    """The connection is to end without an answer."""


class Gateway:
    def __init__(self, world: World, routes: Routes) -> None:
        self._world, self._routes = world, routes

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path, _, query = request.raw_path.partition("?")
        call = Call(self._world, request.method, path, query, request.headers)
        started = time.perf_counter()
        route = self._routes.find(call.method, path)
        fault: Fault | None = None
        reply: Reply | None
        try:
            if route is None:
                raise answers.error(404, "Not found")
            call.raw = await _read(request)
            fault = self._admit(call, route[0])
            call.params = route[1]
            reply = await self._handled(call, route[0], fault)
        except ApiError as refused:
            reply = refused.reply
            call.records.clear()
        except Unanswered:
            reply = None
        except Exception:
            log.exception("a call failed")
            reply = answers.error(500, "Internal Server Error").reply
            call.records.clear()
        reply = await self._after(call, reply, fault, started, is_secret=bool(route and route[0].is_secret))
        return _closed(request) if reply is None else _response(call, reply)

    def _admit(self, call: Call, route: Route) -> Fault | None:
        """Token, retry key and rate; returns the fault that is due. Raises ApiError."""
        if not route.needs_token:
            call.owner_id = route.owner(call) if route.owner else None
            return self._due(call)
        self._authenticate(call)
        channel = call.channel
        fault = self._due(call)
        scale = self._world.settings.rate_scale if channel.rate_scale is None else channel.rate_scale
        if not self._world.buckets.take(channel.channel_id, call.method, route.template, scale):
            raise answers.error(429, answers.RATE_LIMIT)
        key = call.retry_key
        if key is not None and not (route.takes_retry_key and ids.RETRY_KEY.fullmatch(key)):
            raise answers.error(
                400, "The retry key is invalid" if route.takes_retry_key else "The retry key can't be used"
            )
        return fault

    def _due(self, call: Call) -> Fault | None:
        fault = self._world.faults.for_api(call.owner_id, call.path) if call.owner_id else None
        if fault and fault.kind == "expiredToken":
            call.fault = fault.kind
            raise answers.error(401, answers.BAD_TOKEN)
        return fault

    def _authenticate(self, call: Call) -> None:
        channel = self._world.channels.by_token(call.bearer)
        if channel is None:
            raise answers.error(401, answers.BAD_TOKEN)
        call.belongs_to(channel)

    async def _handled(self, call: Call, route: Route, fault: Fault | None) -> Reply:
        if fault:
            call.fault = fault.kind
            await _spoil_before(fault)
        answer = route.work(call)
        return await answer if inspect.isawaitable(answer) else answer

    async def _after(
        self, call: Call, reply: Reply | None, fault: Fault | None, started: float, *, is_secret: bool
    ) -> Reply | None:
        """Commits what the call did with its journal entry, then spoils the answer when a fault wants that."""
        if reply is not None:
            call.is_accepted = call.is_accepted or reply.status < 300
            reply, wait = _spoilt_after(reply, fault)
        else:
            wait = 0.0
        self._world.commit(*call.records, self._entry(call, reply, started, is_secret=is_secret))
        if wait:
            await asyncio.sleep(wait)
        return reply

    def _entry(self, call: Call, reply: Reply | None, started: float, *, is_secret: bool) -> Record:
        channel_id = call.owner_id
        return self._world.journal.record("api", channel_id, call.path, {
            "at": self._world.clock.now(), "ms": round((time.perf_counter() - started) * 1000, 1),
            "channelId": channel_id, "method": call.method, "path": call.path,
            "query": "" if is_secret else call.query, "status": reply.status if reply else None,
            "requestId": call.request_id, "retryKey": call.retry_key, "acceptedRequestId": call.accepted_request_id,
            "accepted": call.is_accepted, "delivered": call.delivered, "fault": call.fault,
            "request": None if is_secret else _shown(call.raw, is_json=call.is_json),
            "response": _shown(reply.body, is_json=True) if reply and reply.content_type == answers.JSON and not is_secret else None,
        })  # fmt: skip


async def _read(request: web.BaseRequest) -> bytes:
    """The body, at most 2 MB of it."""
    if not request.can_read_body:
        return b""
    if (request.content_length or 0) > BODY_LIMIT:
        raise answers.error(413, "Request Entity Too Large")
    parts, size = [], 0
    async for part in request.content.iter_any():
        size += len(part)
        if size > BODY_LIMIT:
            raise answers.error(413, "Request Entity Too Large")
        parts.append(part)
    return b"".join(parts)


async def _spoil_before(fault: Fault) -> None:
    match fault.kind:
        case "latency":
            await asyncio.sleep(fault.delay_ms / 1000)
        case "errorBefore":
            raise answers.error(500, "Internal Server Error")
        case "rateLimit":
            raise answers.error(429, answers.RATE_LIMIT)
        case "monthlyLimit":
            raise answers.error(429, answers.MONTHLY_LIMIT)
        case "hang" if not fault.accept:
            await asyncio.sleep(fault.delay_ms / 1000)
            raise Unanswered
        case "dropConnection" if not fault.accept:
            raise Unanswered


def _spoilt_after(reply: Reply, fault: Fault | None) -> tuple[Reply | None, float]:
    """The answer the caller gets (None: none) and how long to wait before it (seconds)."""
    match fault.kind if fault else "":
        case "errorAfter" if reply.status < 300:
            return answers.error(500, "Internal Server Error").reply, 0
        case "hang":
            return None, fault.delay_ms / 1000 if fault else 0
        case "dropConnection":
            return None, 0
        case _:
            return reply, 0


def _shown(raw: bytes, *, is_json: bool) -> Any:
    """JSON as it came (one line, or the ledger's lines would break), other text as text, nothing as None."""
    if not raw:
        return None
    if not is_json and not _parses(raw):
        return raw.decode("utf-8", "replace")
    return orjson.Fragment(raw.replace(b"\n", b" ").replace(b"\r", b" "))


def _parses(raw: bytes) -> bool:
    try:
        orjson.loads(raw)
    except orjson.JSONDecodeError:
        return False
    return True


def _closed(request: web.BaseRequest) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _response(call: Call, reply: Reply) -> web.Response:
    headers = {**_ALWAYS, "x-line-request-id": call.request_id, **reply.headers}
    if call.accepted_request_id:
        headers["x-line-accepted-request-id"] = call.accepted_request_id
    return web.Response(
        status=reply.status, body=reply.body, content_type=reply.content_type, headers=headers
    )
