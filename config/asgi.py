"""The ASGI application: the webhook door and the live stream stand beside Django."""

import gc
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402  (after setup)
from django.core.asgi import get_asgi_application  # noqa: E402  (after setup)

from config.bodies import Limited  # noqa: E402
from madoguchi.console.streaming import authorise  # noqa: E402
from madoguchi.core.stream import Stream  # noqa: E402
from madoguchi.inbox.door import PREFIX, Door  # noqa: E402

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

django_application = Limited(get_asgi_application(), settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # type: ignore[arg-type]
door = Door()
stream = Stream(authorise)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["path"].startswith(PREFIX):
        await door(scope, receive, send)
    elif scope["path"] == "/live":
        await stream(scope, receive, send)
    else:
        await django_application(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await stream.start()
            gc.freeze()  # what stands now stands for good: no collection looks through it again
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await stream.close()
            await door.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
