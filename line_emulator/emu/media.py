"""Bytes for and from the phone page, with ranges, because browsers want them for films and voices."""

import re

from aiohttp import web

from line_emulator import samples
from line_emulator.acts.act import NotFound
from line_emulator.channels import Refused
from line_emulator.control import Ask, Work
from line_emulator.ledger import Record

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def upload(ask: Ask) -> Record:
    if not ask.raw:
        raise Refused("nothing was uploaded")
    kind = ask.request.headers.get("Content-Type", "application/octet-stream")
    record = ask.world.media.keep(ask.raw, kind, ask.argument("fileName") or None)
    ask.world.commit(record)
    media: Record = record["media"]
    return media | {"url": f"/emu/media/{media['mediaId']}"}


def download(ask: Ask) -> web.Response:
    media = ask.world.media.known.get(ask.params["mediaId"])
    if media is None:
        raise NotFound("no such media")
    return _bytes(ask, ask.world.media.read(media["mediaId"]), media["contentType"])


def content(ask: Ask) -> web.Response:
    found = _content(ask)
    return _bytes(ask, ask.world.media.read(found["mediaId"]), found["contentType"])


def preview(ask: Ask) -> web.Response:
    found = _content(ask)
    data = samples.preview(ask.world.media.read(found["mediaId"]), found["contentType"])
    return _bytes(ask, data, "image/jpeg")


def _content(ask: Ask) -> Record:
    """The phone shows its own picture at once, also while LINE prepares it for the account."""
    found = ask.world.threads.find(ask.params["messageId"])
    if found is None or found[2].content is None or found[2].is_unsent:
        raise NotFound("no such content")
    return found[2].content


def _bytes(ask: Ask, data: bytes, content_type: str) -> web.Response:
    headers = {
        "Accept-Ranges": "bytes", "Content-Type": content_type, "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }  # fmt: skip
    wanted = _RANGE.fullmatch(ask.request.headers.get("Range", ""))
    if not wanted or not data or wanted.group() == "bytes=-":
        return web.Response(body=data, headers=headers)
    first, last = wanted.groups()
    start = int(first) if first else max(0, len(data) - int(last))
    end = min(int(last), len(data) - 1) if first and last else len(data) - 1
    if start > end:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {start}-{end}/{len(data)}"
    return web.Response(status=206, body=data[start : end + 1], headers=headers)


TABLE: list[tuple[str, str, Work]] = [
    ("POST", "/emu/media", upload),
    ("GET", "/emu/media/{mediaId}", download),
    ("GET", "/emu/content/{messageId}", content),
    ("GET", "/emu/content/{messageId}/preview", preview),
]
