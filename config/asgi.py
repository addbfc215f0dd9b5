"""The ASGI application: the webhook door and the live stream stand beside Django.

Whichever server runs it, it refuses to start where the product's promises would not hold (`console.refusals`); in production
it answers nothing before it has been started.
"""

import gc
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

from asgiref.sync import sync_to_async  # noqa: E402  (after setup)
from django.conf import settings  # noqa: E402  (after setup)
from django.db import connections  # noqa: E402  (after setup)

from config.bodies import USUAL_BYTES, Limited  # noqa: E402
from config.one_thread import InOneThread  # noqa: E402
from config.turns import AtOnce, InTurn  # noqa: E402
from madoguchi.console.refusals import Refused, refuse_if_unsafe  # noqa: E402
from madoguchi.console.streaming import authorise  # noqa: E402
from madoguchi.core.stream import Stream  # noqa: E402
from madoguchi.inbox.door import PREFIX, Door  # noqa: E402

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# Fewer than the connections that the pool has: the door and the streams need some too.
AT_ONCE = AtOnce(usual=6, large=4, patient=2, large_bytes=USUAL_BYTES)

in_turn = InTurn(InOneThread(AT_ONCE.all), AT_ONCE)  # type: ignore[arg-type]
django_application = Limited(in_turn, settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
door = Door()
stream = Stream(authorise)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif not _stands:
        await _closed(send)
    elif scope["path"].startswith(PREFIX):
        await door(scope, receive, send)
    elif scope["path"] == "/live":
        await stream(scope, receive, send)
    else:
        await django_application(scope, receive, send)


_stands = not settings.IS_PRODUCTION


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            try:
                await _start()
            except Refused as refused:
                await send({"type": "lifespan.startup.failed", "message": str(refused)})
                return
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await stream.close()
            await door.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _start() -> None:
    global _stands  # noqa: PLW0603 - there is one application in a process
    await sync_to_async(_refuse_if_unsafe, thread_sensitive=False)()
    await stream.start()
    gc.freeze()  # what stands now stands for good: no collection looks through it again
    _stands = True


def _refuse_if_unsafe() -> None:
    try:
        refuse_if_unsafe(needs_tables=True)
    finally:
        connections.close_all()


async def _closed(send: Send) -> None:
    await send({"type": "http.response.start", "status": 503, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
