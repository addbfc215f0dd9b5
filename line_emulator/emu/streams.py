"""The live stream, the journal, and waiting until nothing is under way."""

import asyncio
import contextlib

from aiohttp import web

from line_emulator.control import Ask, Work, json_response

HEARTBEAT_SECONDS = 15
IDLE_POLL_SECONDS = 0.01


async def live(ask: Ask) -> web.StreamResponse:
    listener = ask.world.live.join(value for name, value in ask.query if name == "userId")
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    try:
        await response.prepare(ask.request)
        await response.write(b'event: hello\ndata: {"at":%d}\n\n' % ask.world.clock.now())
        while True:
            line: bytes | None = b": still here\n\n"
            with contextlib.suppress(TimeoutError):
                line = await asyncio.wait_for(listener.lines.get(), HEARTBEAT_SECONDS)
            if line is None:
                break
            await response.write(line)
    except ConnectionError:
        pass
    finally:
        ask.world.live.leave(listener)
    return response


def journal(ask: Ask) -> web.Response:
    raw = ask.world.journal.page(
        int(ask.number("after", 0)), ask.argument("kind"), ask.argument("channelId"), ask.argument("path"),
        int(ask.number("limit", 1000)),
    )  # fmt: skip
    return web.Response(body=raw, content_type="application/json")


async def idle(ask: Ask) -> web.Response:
    deadline = asyncio.get_running_loop().time() + ask.number("timeout", 10)
    while not ask.sender.is_idle:
        if asyncio.get_running_loop().time() > deadline:
            return json_response({"idle": False, "waiting": len(ask.world.outbox.waiting)}, 408)
        await asyncio.sleep(IDLE_POLL_SECONDS)
    return json_response({"idle": True})


TABLE: list[tuple[str, str, Work]] = [
    ("GET", "/emu/live", live),
    ("GET", "/emu/journal", journal),
    ("GET", "/emu/idle", idle),
]
