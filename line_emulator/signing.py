"""Webhook bodies as LINE writes them, and their signature (LINE.md 4.1)."""

import base64
import hmac
import re

import orjson

from line_emulator.ledger import Record

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_NOT_ASCII = re.compile("[\u0080-\U0010ffff]")


def body(destination: str, events: list[Record], escape: str) -> bytes:
    """`escape` astral: characters beyond U+FFFF as `\\uD83D\\uDE00` pairs, others raw UTF-8, as LINE does."""
    raw = orjson.dumps({"destination": destination, "events": events})
    if escape == "none" or (escape == "astral" and raw.isascii()):
        return raw
    pattern = _ASTRAL if escape == "astral" else _NOT_ASCII
    return pattern.sub(_escaped, raw.decode()).encode()


def _escaped(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be")
    return "".join(f"\\u{units[at]:02X}{units[at + 1]:02X}" for at in range(0, len(units), 2))


def signature(secret: str, raw: bytes) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), raw, "sha256")).decode()
