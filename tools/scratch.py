"""Folders for one run of tests or of a benchmark, gone when it ends, or at the next start if it was killed.

A run holds a lock on its folder while it lives; whoever comes next removes every folder whose lock is free.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".data"
_LOCK = "in-use"


@contextmanager
def folder(kind: str, data: Path = DATA) -> Iterator[Path]:
    """Yield a new empty folder `.data/<kind>/<something short>`; remove it, with all it holds, at the end."""
    home = data / kind
    home.mkdir(parents=True, exist_ok=True)
    with _locked(home / "lock"):  # so that nobody takes a folder for abandoned before its lock is held
        _remove_abandoned(home)
        path = Path(tempfile.mkdtemp(prefix="", dir=home))
        path.chmod(0o711)  # the database's account passes through, and nobody can list it
        handle = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield path
    finally:
        os.close(handle)
        shutil.rmtree(path, ignore_errors=True)


def _remove_abandoned(home: Path) -> None:
    for path in home.iterdir():
        if path.is_dir() and _is_free(path / _LOCK):
            shutil.rmtree(path, ignore_errors=True)


def _is_free(lock: Path) -> bool:
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(handle)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
