"""What a friend sent as picture, video, voice or file, streamed from LINE into a sink.

LINE keeps it for an unspecified time only: fetch at once. Its answers are four different things (ready,
still being prepared, taken back, not there), and a video can be hundreds of megabytes: hence a limit on every
call, checked on what LINE announces and on what really comes.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import aiohttp

from . import outcome
from .outcome import Accepted, Failure, Refused
from .reasons import Reason
from .wire import no_answer, read_answer

TIMEOUT = aiohttp.ClientTimeout(total=600, connect=5, sock_read=30)

Sink: TypeAlias = Callable[[bytes], object]
"""Takes chunks of at most 64 KiB; may be async (`file.write` and an `async def` both do)."""

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Ready:
    """All of it is in the sink. `content_type` is LINE's word: sniff before believing it. `size` in bytes."""

    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Preparing:
    """LINE is still converting it (202, or 200 without a byte): ask again in a few seconds."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Its sender took it back (410)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """LINE doesn't hold it, or no longer (404), or has no such thing for this kind of message (400)."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """Over `limit` bytes. `size` when LINE announced it."""

    limit: int
    size: int | None


Fetched: TypeAlias = Ready | Preparing | Gone | Missing | TooLarge | Failure
"""With anything but Ready, throw away what the sink already got."""


async def fetch(
    session: aiohttp.ClientSession,
    url: str,
    headers: Mapping[str, str],
    sink: Sink,
    limit: int,
) -> Fetched:
    """At most `limit` bytes of `url` into `sink`. Raises only what the sink raises."""
    try:
        async with session.get(url, headers=headers, timeout=TIMEOUT, allow_redirects=False) as response:
            return await _take(response, sink, limit)
    except (aiohttp.ClientError, TimeoutError) as error:
        return outcome.Again(None, no_answer(error).reason)


async def _take(response: aiohttp.ClientResponse, sink: Sink, limit: int) -> Fetched:
    match response.status:
        case 200:
            return await _pour(response, sink, limit)
        case 202:
            return Preparing()
        case 410:
            return Gone()
        case 400 | 404:
            return Missing()
    failure = outcome.of(await read_answer(response), keyed=True)
    return Refused(response.status, Reason.NOT_LINE) if isinstance(failure, Accepted) else failure


async def _pour(response: aiohttp.ClientResponse, sink: Sink, limit: int) -> Fetched:
    if (response.content_length or 0) > limit:
        return TooLarge(limit, response.content_length)
    size = 0
    async for chunk in response.content.iter_chunked(_CHUNK):
        size += len(chunk)
        if size > limit:
            return TooLarge(limit, response.content_length)
        taken = sink(chunk)
        if inspect.isawaitable(taken):
            await taken
    return Ready(response.content_type, size) if size else Preparing()
