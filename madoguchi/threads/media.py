"""Bytes from outside are not trusted: what they are is sniffed, and pictures are drawn anew in a limited child process.

Drawing anew leaves out EXIF (where a photograph was taken) and whatever hides in a file. Bytes that can't be drawn are
kept as they are, but only offered as a download, never shown in a page.
"""

import asyncio
import sys
from asyncio import AbstractEventLoop, Semaphore
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

import PIL
import puremagic
from asgiref.sync import async_to_sync
from django.db import connection

from madoguchi.threads.actions.attachments import Fetched

CHILD_SECONDS = 20.0
MOST_CHILDREN = 2  # of a process: what they take is bounded, whoever sends however much
PATIENCE_SECONDS = 30.0
SHOWN_AS_THEY_ARE = {
    "video/mp4",
    "audio/mp4",
    "audio/x-m4a",
    "audio/mpeg",
    "audio/aac",
    "video/quicktime",
    "audio/wav",
}
PLAYABLE = {"video": "video/mp4", "audio": "audio/mp4"}


class NotAPicture(Exception):
    """The bytes can't be drawn as a picture, or would take too much to draw."""


class Busy(Exception):
    """Too many pictures are being drawn: try again later."""


async def prepare(plain: bytes, kind: str) -> Fetched:
    """What to keep of an attachment of this kind ("image", "video", "audio", "file"). Raises Busy."""
    if kind == "image":
        try:
            full, small = await redraw(plain)
            return Fetched("image/jpeg", full, small, is_shown=True)
        except NotAPicture:
            return Fetched(sniffed(plain), plain)
    found = sniffed(plain)
    if kind in PLAYABLE and (found in SHOWN_AS_THEY_ARE or found == PLAYABLE[kind]):
        return Fetched(PLAYABLE[kind] if found == "video/quicktime" else found, plain, is_shown=True)
    return Fetched(found, plain)


def sniffed(plain: bytes) -> str:
    """The media type the bytes themselves show; `application/octet-stream` when they show none."""
    try:
        return puremagic.from_string(plain[:65536], mime=True) or "application/octet-stream"
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"


async def redraw(plain: bytes) -> tuple[bytes, bytes]:
    """(picture of at most 2048 px, small picture of at most 480 px), both JPEG. Waits for its turn; the caller holds no
    database connection meanwhile. Raises NotAPicture or Busy."""
    async with _turn():
        child = await _child()
        try:
            output, _ = await asyncio.wait_for(child.communicate(plain), CHILD_SECONDS)
        except TimeoutError:
            raise NotAPicture from None
        finally:
            if child.returncode is None:
                child.kill()
    if child.returncode or len(output) < 8:
        raise NotAPicture
    length = int.from_bytes(output[:4], "big")
    return output[4 : 4 + length], output[4 + length :]


def redrawn(plain: bytes) -> tuple[bytes, bytes]:
    """As `redraw`, for a view: gives its database connection back while it waits, because others need one."""
    if not connection.in_atomic_block:
        connection.close()
    return async_to_sync(redraw)(plain)


# A process has one loop; tests have one after the other.
_turns: WeakKeyDictionary[AbstractEventLoop, Semaphore] = WeakKeyDictionary()


@asynccontextmanager
async def _turn() -> AsyncIterator[None]:
    turns = _turns.setdefault(asyncio.get_running_loop(), Semaphore(MOST_CHILDREN))
    try:
        await asyncio.wait_for(turns.acquire(), PATIENCE_SECONDS)
    except TimeoutError:
        raise Busy from None
    try:
        yield
    finally:
        turns.release()


async def _child() -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-c",
        "import sys; sys.path[:0] = [sys.argv[1]]; import runpy; runpy.run_path(sys.argv[2], run_name='__main__')",
        *_child_paths(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )


def _child_paths() -> tuple[str, str]:
    """Where Pillow is, and the child's program: it runs isolated (-I), so it is told."""
    return str(Path(PIL.__file__).parent.parent), str(Path(__file__).with_name("redraw.py"))
