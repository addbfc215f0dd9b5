"""Is this webhook really LINE's: base64(HMAC-SHA256(channel secret, raw body bytes)).

The raw bytes are what is signed: LINE writes emoji as escapes, so a body that was parsed and written again
no longer matches. Several secrets may be valid at once, because a secret that is rotated on LINE's side
reaches us later than the first webhook signed with it.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterable


def sign(secret: str | bytes, raw: bytes) -> str:
    """The value of `x-line-signature` for these raw body bytes."""
    return b64encode(hmac.digest(_bytes(secret), raw, "sha256")).decode("ascii")


def verify(secrets: str | bytes | Iterable[str | bytes], raw: bytes, header: str | bytes | None) -> bool:
    """True when `header` signs `raw` under one of `secrets`.

    Every secret is tried in constant time. A missing or garbled header is False, never an error; so is an
    empty secret, since anybody could sign with that one.
    """
    candidates = [secrets] if isinstance(secrets, str | bytes) else list(secrets)
    given = _header_bytes(header)
    matches = [hmac.compare_digest(sign(secret, raw).encode(), given) for secret in candidates if secret]
    return bool(given) and any(matches)


def _bytes(secret: str | bytes) -> bytes:
    return secret.encode("utf-8", "surrogatepass") if isinstance(secret, str) else secret


def _header_bytes(header: str | bytes | None) -> bytes:
    return (header or "").encode("utf-8", "surrogatepass") if isinstance(header, str | None) else header
