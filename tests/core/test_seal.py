"""Sealing: what is sealed opens only with its key and only in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from madoguchi.core import seal

KEY = b"k" * 32
parts = some.lists(some.text(max_size=20), min_size=1, max_size=4)


@given(some.binary(max_size=500), parts)
def test_what_is_sealed_opens_again(plain: bytes, where: list[str]) -> None:
    assert seal.unseal(KEY, seal.seal(KEY, plain, seal.place(*where)), seal.place(*where)) == plain


@given(parts, parts)
def test_two_places_are_never_one(first: list[str], second: list[str]) -> None:
    assert (seal.place(*first) == seal.place(*second)) == (first == second)


@pytest.mark.parametrize("changed", [b"", b"\x02", b"\x01" + b"0" * 40])
def test_changed_bytes_do_not_open(changed: bytes) -> None:
    with pytest.raises(seal.CannotOpen):
        seal.unseal(KEY, changed, b"")


def test_another_key_does_not_open() -> None:
    with pytest.raises(seal.CannotOpen):
        seal.unseal(b"x" * 32, seal.seal(KEY, b"words", b"here"), b"here")


def test_the_same_words_sealed_twice_look_different() -> None:
    assert seal.seal(KEY, b"words", b"here") != seal.seal(KEY, b"words", b"here")


def test_a_wrapped_key_needs_its_wrapping_key() -> None:
    wrapped = seal.wrap(KEY, b"d" * 32)
    assert seal.unwrap(KEY, wrapped) == b"d" * 32
    with pytest.raises(seal.CannotOpen):
        seal.unwrap(b"x" * 32, wrapped)


def test_a_root_key_file_is_for_its_owner_alone_and_never_replaced(tmp_path) -> None:
    path = tmp_path / "root.key"
    seal.write_key(path)
    assert path.stat().st_mode & 0o077 == 0
    assert len(seal.read_root_key(path)) == 32
    with pytest.raises(FileExistsError):
        seal.write_key(path)
