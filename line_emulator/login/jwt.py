"""JSON Web Tokens as LINE signs them: ES256 with the platform's key, HS256 with a channel's secret."""

import base64
import hashlib
import hmac
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from line_emulator.ledger import Record

_SIZE = 32  # bytes of each half of an ES256 signature


class NotAToken(Exception):
    """No JWT at all, or one whose signature does not fit."""


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Key:
    """The platform's own P-256 key. `pem` is how it is kept."""

    def __init__(self, pem: str | None = None) -> None:
        if pem:
            found = serialization.load_pem_private_key(pem.encode(), password=None)
            assert isinstance(found, ec.EllipticCurvePrivateKey)  # noqa: S101  (we wrote it)
            self._private = found
        else:
            self._private = ec.generate_private_key(ec.SECP256R1())
        numbers = self._private.public_key().public_numbers()
        self._x, self._y = (value.to_bytes(_SIZE, "big") for value in (numbers.x, numbers.y))
        self.kid = hashlib.sha256(self._x + self._y).hexdigest()

    @property
    def pem(self) -> str:
        return self._private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    def jwk(self) -> Record:
        return {
            "kty": "EC", "alg": "ES256", "use": "sig", "kid": self.kid, "crv": "P-256",
            "x": _packed(self._x), "y": _packed(self._y),
        }  # fmt: skip

    def sign(self, words: bytes) -> bytes:
        r, s = decode_dss_signature(self._private.sign(words, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(_SIZE, "big") + s.to_bytes(_SIZE, "big")

    def fits(self, words: bytes, signature: bytes) -> bool:
        halves = (int.from_bytes(half, "big") for half in (signature[:_SIZE], signature[_SIZE:]))
        try:
            self._private.public_key().verify(encode_dss_signature(*halves), words, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return len(signature) == 2 * _SIZE


def signed(claims: Record, key: Key | str) -> str:
    """`key`: the platform's key (ES256) or a channel secret (HS256)."""
    header = {"kid": key.kid} if isinstance(key, Key) else {}
    header |= {"typ": "JWT", "alg": "ES256" if isinstance(key, Key) else "HS256"}
    words = f"{_packed(orjson.dumps(header))}.{_packed(orjson.dumps(claims))}"
    return f"{words}.{_packed(_signature(words.encode(), key))}"


def _signature(words: bytes, key: Key | str) -> bytes:
    return key.sign(words) if isinstance(key, Key) else hmac.digest(key.encode(), words, "sha256")


def claims_of(token: str) -> Record:
    """What a token says, unchecked. Raises NotAToken."""
    return _parts(token)[1]


def checked(token: str, key: Key, secret: str | None) -> Record:
    """The claims of a token that one of the two really signed. Raises NotAToken."""
    header, claims, words, signature = _parts(token)
    match header.get("alg"):
        case "ES256":
            is_good = header.get("kid") == key.kid and key.fits(words, signature)
        case "HS256":
            is_good = secret is not None and hmac.compare_digest(_signature(words, secret), signature)
        case _:
            is_good = False
    if not is_good:
        raise NotAToken
    return claims


def _parts(token: str) -> tuple[Record, Record, bytes, bytes]:
    try:
        words, _, signature = token.rpartition(".")
        header, claims = (_json(part) for part in words.split("."))
        return header, claims, words.encode(), _unpacked(signature)
    except ValueError as broken:
        raise NotAToken from broken


def _json(part: str) -> Record:
    found: Any = orjson.loads(_unpacked(part))
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found
