"""Encryption at rest: pure functions over keys and bytes, no model and no setting.

Three layers: the root key (a file outside the database) wraps each organisation's key, that wraps one random data key
per contact or channel, and the data key seals content with AES-256-GCM. What is sealed is bound to its place
(organisation, table, column, row) by the associated data, so a ciphertext moved elsewhere does not open.
Layout of a sealed value: version byte 0x01, 12 bytes nonce, ciphertext with its 16 bytes tag.
"""

import os
from base64 import b64decode, b64encode
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

KEY_BYTES = 32
FEWEST_BYTES = 16  # different ones of the 32; of 32 drawn at random there are about 30
Sealed = bytes | memoryview  # as Django gives a binary column back
_VERSION = b"\x01"
_NONCE_BYTES = 12


class CannotOpen(Exception):
    """A sealed value does not open: another key, another place, or changed bytes. Never carries content."""


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def place(*parts: object) -> bytes:
    """Associated data from organisation, table, column, row and owner; length-prefixed, so none runs into the next."""
    encoded = [str(part).encode() for part in parts]
    return b"".join([len(part).to_bytes(2, "big") + part for part in encoded])


@lru_cache(maxsize=32)
def _cipher(key: bytes) -> AESGCM:
    """Made ready once: a third of the time that sealing a message takes."""
    return AESGCM(key)


def seal(key: bytes, plain: bytes, where: bytes) -> bytes:
    """Seal `plain` for the place `where` (see `place`)."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + _cipher(key).encrypt(nonce, plain, where)


def unseal(key: bytes, sealed: Sealed, where: bytes) -> bytes:
    """The plain bytes, or CannotOpen."""
    blob = bytes(sealed)
    if blob[:1] != _VERSION:
        raise CannotOpen("unknown version")
    try:
        return _cipher(key).decrypt(blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :], where)
    except (InvalidTag, ValueError):
        raise CannotOpen("wrong key, place or bytes") from None


def wrap(outer: bytes, inner: bytes) -> bytes:
    """`inner` wrapped by `outer` (RFC 3394)."""
    return aes_key_wrap(outer, inner)


def unwrap(outer: bytes, wrapped: Sealed) -> bytes:
    """The inner key, or CannotOpen."""
    try:
        return aes_key_unwrap(outer, bytes(wrapped))
    except (InvalidUnwrap, ValueError):
        raise CannotOpen("wrong wrapping key") from None


def derive(root: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose, always the same for the same root."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(root)


def lookup(key: bytes, value: str) -> bytes:
    """A keyed hash (BLAKE2b, 32 bytes) that finds a value again without storing it."""
    return blake2b(value.encode(), key=key, digest_size=32).digest()


def read_root_key(path: Path) -> bytes:
    """The root key from its file: base64 of 32 random bytes on one line. Raises OSError or ValueError."""
    key = b64decode(path.read_text().strip(), validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path}: the root key has {len(key)} bytes, 32 are needed")
    if len(set(key)) < FEWEST_BYTES:
        raise ValueError(f"{path}: the root key is not random")
    return key


def write_key(path: Path) -> None:
    """Make a key file, base64 of 32 random bytes, readable by its owner only: whole or not at all, never in place of one."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(b64encode(new_key()) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    os.link(unfinished, path)  # refuses to replace what is there
    unfinished.unlink()
