"""The phone page's files, and a plain list of accounts and people while there are none."""

import html
import mimetypes
from pathlib import Path

from aiohttp import web

from line_emulator.world import World

PHONE = Path(__file__).parent / "phone"
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob: http: https:; media-src 'self' blob: http: https:; "
    "style-src 'self'; script-src 'self'; connect-src 'self'; "
    "frame-src http: https:; frame-ancestors 'self'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".html": "text/html"}


def sdk() -> web.Response:
    """What pages load in the place of LINE's own SDK."""
    return _file(Path(__file__).parent / "liff" / "sdk.js")


def page(world: World, path: str) -> web.Response | None:
    """The answer to `/` and `/phone/...`, None for anything that is not there."""
    if path == "/":
        index = PHONE / "index.html"
        return _file(index) if index.is_file() else _plain(world)
    wanted = (PHONE / path.removeprefix("/phone/")).resolve()
    if not path.startswith("/phone/") or not wanted.is_relative_to(PHONE) or not wanted.is_file():
        return None
    return _file(wanted)


def _file(path: Path) -> web.Response:
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=path.read_bytes(), content_type=kind, charset=charset, headers=_HEADERS)


def _plain(world: World) -> web.Response:
    accounts = "".join(
        f"<li>{html.escape(channel.name)} {html.escape(channel.basic_id)}</li>"
        for channel in world.channels.by_id.values()
    )
    people = "".join(
        f"<li>{html.escape(f.display_name)}</li>" for f in list(world.people.friends.values())[:200]
    )
    text = (
        '<!doctype html><html lang="ja"><meta charset="utf-8"><title>LINEの代役</title>'
        "<h1>LINEの代役（本物ではありません）</h1>"
        f"<h2>アカウント</h2><ul>{accounts}</ul><h2>友だち</h2><ul>{people}</ul></html>"
    )
    return web.Response(text=text, content_type="text/html", headers=_HEADERS)
