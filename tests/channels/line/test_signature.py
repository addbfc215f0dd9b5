"""Signatures: LINE's own known answer, rotation, and every kind of garbage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.channels.line.signature import sign, verify

from .samples import SECRET

RAW = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
KNOWN = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_the_documented_signature_is_made_and_accepted() -> None:
    assert sign(SECRET, RAW) == KNOWN
    assert verify(SECRET, RAW, KNOWN)
    assert verify(SECRET.encode(), RAW, KNOWN.encode())


def test_either_secret_is_accepted_while_one_is_being_replaced() -> None:
    assert verify(["new", SECRET], RAW, KNOWN)
    assert verify([SECRET, "new"], RAW, KNOWN)
    assert not verify(["new", "newer"], RAW, KNOWN)


def test_one_changed_byte_is_a_forgery() -> None:
    assert not verify(SECRET, RAW.replace(b"[]", b"[ ]"), KNOWN)
    assert not verify(SECRET, RAW, KNOWN[:-2] + "A=")


def test_an_empty_secret_accepts_nobody_though_anybody_could_sign_with_it() -> None:
    assert not verify("", RAW, sign("", RAW))
    assert not verify([], RAW, KNOWN)
    assert not verify([""], RAW, "")


@pytest.mark.parametrize("header", [None, "", b"", "=", "署名", "\ud800", "\x00", KNOWN + " ", KNOWN.lower()])
def test_a_missing_or_garbled_header_is_no_signature(header: str | bytes | None) -> None:
    assert verify(SECRET, RAW, header) is False


@given(st.binary(), st.text() | st.binary() | st.none(), st.lists(st.text() | st.binary()))
def test_nothing_makes_it_raise(raw: bytes, header: str | bytes | None, secrets: list[str | bytes]) -> None:
    assert verify(secrets, raw, header) is False


@given(st.binary(), st.text(min_size=1))
def test_what_a_secret_signs_it_verifies(raw: bytes, secret: str) -> None:
    assert verify(secret, raw, sign(secret, raw))
