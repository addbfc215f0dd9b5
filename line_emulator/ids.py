"""Identifiers in LINE's shapes (LINE.md 1.2). All are text: an 18-digit id does not fit a JavaScript number."""

import base64
import hashlib
import re
import secrets
from uuid import UUID

USER_ID = re.compile(r"U[0-9a-f]{32}")
GROUP_ID = re.compile(r"C[0-9a-f]{32}")
ROOM_ID = re.compile(r"R[0-9a-f]{32}")
RETRY_KEY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EPOCH_MS = 1_600_000_000_000
_SEAL = b"stand-in, not a secret"


def user_id() -> str:
    return "U" + secrets.token_hex(16)


def group_id(kind: str) -> str:
    return ("R" if kind == "room" else "C") + secrets.token_hex(16)


def channel_id() -> str:
    return "2" + "".join(secrets.choice("0123456789") for _ in range(9))


def request_id() -> str:
    """A random UUID; cheaper than `uuid4()`, which is called on every answer."""
    return str(UUID(bytes=secrets.token_bytes(16), version=4))


class Ulids:
    """26 characters: 48 bits of time, 80 of chance. Within one millisecond they rise, so that what one friend did in a
    row also sorts in a row."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, at_ms: int) -> str:
        number = (at_ms << 80) | secrets.randbits(80)
        if number >> 80 == self._last >> 80:
            number = self._last + 1 + secrets.randbits(60)
        self._last = number
        return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def seal(kind: str, *parts: str) -> str:
    """An opaque token that carries its own meaning, so that none has to be remembered (quote, mark-as-read)."""
    plain = "|".join((kind, *parts)).encode()
    mark = hashlib.blake2b(plain, key=_SEAL, digest_size=16).digest()
    return base64.urlsafe_b64encode(mark + plain).rstrip(b"=").decode()


def unseal(kind: str, token: str) -> tuple[str, ...] | None:
    """The parts that went into `seal`, or None for anything else."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        mark, plain = raw[:16], raw[16:]
        found = plain.decode().split("|")
    except ValueError:
        return None
    if hashlib.blake2b(plain, key=_SEAL, digest_size=16).digest() != mark or found[0] != kind:
        return None
    return tuple(found[1:])


class MessageIds:
    """Decimal, 18 digits, always rising; they follow the clock so that a restart goes on above the last one."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, now_ms: int) -> str:
        self._last = max(self._last + 1, 500_000_000_000_000_000 + (now_ms - _EPOCH_MS) * 1_000)
        return str(self._last)

    def seen(self, message_id: str) -> None:
        """Called when the ledger is replayed."""
        self._last = max(self._last, int(message_id))
