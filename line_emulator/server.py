"""The process: one port on loopback, and which part answers which path."""

import asyncio
import logging
import signal
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from line_emulator import api, emu, pages
from line_emulator.channels import LOOPBACK
from line_emulator.control import Control, json_response
from line_emulator.gateway import Gateway
from line_emulator.sender import Sender
from line_emulator.world import World

_API = ("/v2/", "/oauth2/", "/bot/", "/liff/", "/v3/", "//")
_CONTROL = ("/emu/", "/qr/", "/R/")
# What pages of LIFF apps ask from their own origin, as they ask LINE's.
_SHARED = ("/emu/liff/", "/v2/profile", "/friendship/", "/oauth2/v2.1/", "/.well-known/", "/liff/sdk.js")

log = logging.getLogger("line_emulator")


class Site:
    def __init__(self, world: World, sender: Sender) -> None:
        self._world = world
        self._gateway = Gateway(world, api.routes())
        self._control = Control(world, sender, emu.table())

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0]
        if not _is_local(request):
            return json_response({"error": "this stand-in answers loopback only"}, 403)
        if not path.startswith(_SHARED):
            return await self._answer(request, path)
        if request.method == "OPTIONS":
            return web.Response(status=204, headers=_sharing(request))
        answer = await self._answer(request, path)
        answer.headers.update(_sharing(request))
        return answer

    async def _answer(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        if path.startswith(_CONTROL):
            return await self._control.answer(request)
        if path == "/liff/sdk.js":
            return pages.sdk()
        if not path.startswith(_API) and request.method in {"GET", "HEAD"}:
            found = pages.page(self._world, path)
            if found is not None:
                return found
        return await self._gateway.answer(request)


def _is_local(request: web.BaseRequest) -> bool:
    """Against pages elsewhere that point a name of theirs at this port, or post here across origins."""
    host = urlsplit("//" + request.headers.get("Host", "")).hostname
    origin = request.headers.get("Origin")
    return host in LOOPBACK and (origin is None or urlsplit(origin).hostname in LOOPBACK)


def _sharing(request: web.BaseRequest) -> dict[str, str]:
    """Leave for a page of another port to read the answer; that it is a page of loopback was seen before."""
    return {
        "Access-Control-Allow-Origin": request.headers.get("Origin", "*"),
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
        "Access-Control-Allow-Methods": "GET, POST",
        "Vary": "Origin",
    }


async def serve(host: str, port: int, folder: Path | None) -> None:
    """Runs until SIGINT or SIGTERM. Raises ValueError for a host that is not loopback."""
    if host not in LOOPBACK:
        raise ValueError(f"{host} is not loopback; this stand-in listens on 127.0.0.1 or ::1 only")
    world = World(folder)
    sender = Sender(world)
    await sender.start()
    server = web.Server(Site(world, sender).answer, access_log=None)
    runner = web.ServerRunner(server, shutdown_timeout=2)
    await runner.setup()
    site = web.TCPSite(runner, host, port, reuse_address=True, backlog=1024)
    await site.start()
    _announce(runner, folder)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    world.live.close()
    await runner.cleanup()
    await sender.stop()


def _announce(runner: web.ServerRunner, folder: Path | None) -> None:
    host, port = runner.addresses[0][:2]
    origin = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    kept = f"kept in {folder}" if folder else "kept in memory only"
    print("*" * 78)
    print("*  STAND-IN, NOT LINE. Nothing here reaches real people. Loopback only.")
    print(f"*  これはLINEの代役です。本物のLINEにはつながりません。 ({kept})")
    print("*" * 78)
    print(f"LINE EMULATOR {origin}", flush=True)
