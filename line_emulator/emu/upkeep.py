"""Health, settings, reset, and what links and QR codes mean."""

import html
import io
from urllib.parse import unquote, urlsplit

import segno
from aiohttp import web

from line_emulator.acts.act import NotFound
from line_emulator.channels import LOOPBACK, Channel, Refused
from line_emulator.control import Ask, Work, only
from line_emulator.ledger import Record

ADD_LINK = "https://line.me/R/ti/p/"
_KINDS: dict[str, type | tuple[type, ...]] = {
    "rateScale": (int, float), "journalLimit": int, "clockShiftSeconds": (int, float), "strictHttps": bool,
}  # fmt: skip


def health(ask: Ask) -> Record:
    return {"ok": True, "standIn": True, "loadSeconds": round(ask.world.load_seconds, 3)}


def read_settings(ask: Ask) -> Record:
    return ask.world.settings_json()


def change_settings(ask: Ask) -> Record:
    given = only(ask.json(), *_KINDS)
    for name, value in given.items():
        if not isinstance(value, _KINDS[name]):
            raise Refused(f"{name} has the wrong type")
    ask.world.commit({"t": "settings", **given})
    return ask.world.settings_json()


def reset(ask: Ask) -> Record:
    given = only(ask.json(), "keepChannels")
    ask.sender.forget()
    ask.world.reset(keep_channels=bool(given.get("keepChannels")))
    return {"ok": True}


def _account(ask: Ask, text: str) -> Channel:
    """`@id`, `https://line.me/R/ti/p/@id` or `line://ti/p/@id`; the last segment counts."""
    parts = urlsplit(text.strip())
    host = (parts.hostname or "").lower()
    is_bare = text.strip().startswith("@")
    if not is_bare and parts.scheme != "line" and host not in {"line.me", *LOOPBACK}:
        raise NotFound("not a link this stand-in knows")
    name = text.strip() if is_bare else unquote(parts.path.rstrip("/").rpartition("/")[2])
    channel = ask.world.channels.by_basic_id(name) if name.startswith("@") else None
    if channel is None:
        raise NotFound("no such account")
    return channel


def resolve(ask: Ask) -> Record:
    channel = _account(ask, ask.argument("link"))
    return {
        "kind": "account", "channelId": channel.channel_id, "name": channel.name, "basicId": channel.basic_id,
        "pictureUrl": channel.picture_url,
    }  # fmt: skip


def qr(ask: Ask) -> web.Response:
    channel = _account(ask, ask.params["basicId"])
    out = io.BytesIO()
    segno.make(ADD_LINK + channel.basic_id, error="m").save(out, kind="svg", scale=6, border=3)
    return web.Response(body=out.getvalue(), content_type="image/svg+xml")


_HANDED = (
    '<!doctype html><html lang="ja"><meta charset="utf-8"><title>LINEでひらく（練習）</title>'
    '<p data-link="{link}">LINEでひらいています…</p><script type="module" src="/phone/web/handed.js"></script></html>'
)


def add_link(ask: Ask) -> web.Response:
    """The phones with this account to add; inside a phone's browser that very phone does it."""
    channel = _account(ask, ask.params["basicId"])
    if ask.request.headers.get("Sec-Fetch-Dest") == "iframe":
        page = _HANDED.format(link=html.escape(ADD_LINK + channel.basic_id))
        return web.Response(text=page, content_type="text/html")
    return web.Response(status=302, headers={"Location": f"/?add={channel.basic_id}"})


TABLE: list[tuple[str, str, Work]] = [
    ("GET", "/emu/health", health),
    ("GET", "/emu/settings", read_settings),
    ("POST", "/emu/settings", change_settings),
    ("POST", "/emu/reset", reset),
    ("GET", "/emu/resolve", resolve),
    ("GET", r"/qr/{basicId}\.svg", qr),
    ("GET", "/R/ti/p/{basicId}", add_link),
]
