"""Everything the emulator remembers is a record in one append-only file, and memory is what the records say.

A record is a dict whose `t` names its kind; whoever registered for that kind applies it, live and on replay alike, so
there is one way to change anything. What belongs together is committed as one line: either all of it happened or none.
A line is handed to the operating system before anybody is told, so `kill -9` loses nothing that was acknowledged (a
power cut may: this is a stand-in, not a bank).
"""

import fcntl
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson

Record = dict[str, Any]
Apply = Callable[[Record], None]


class DataFolderInUse(Exception):
    """Another emulator already works on this folder."""


class Ledger:
    """`folder` None keeps nothing. Register with `on`, then `load` once, then `commit`."""

    def __init__(self, folder: Path | None) -> None:
        self._appliers: dict[str, Apply] = {}
        self._path = folder / "ledger.jsonl" if folder else None
        self._fd = -1
        self._size = 0
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _hold(folder / "lock")

    def on(self, kind: str, apply: Apply) -> None:
        self._appliers[kind] = apply

    def load(self) -> int:
        """Replays the file and opens it for appending; returns the number of lines. A torn last line is cut off."""
        if self._path is None:
            return 0
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        lines = 0
        with self._path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._apply(orjson.loads(line))
                self._size += len(line)
                lines += 1
        os.ftruncate(self._fd, self._size)
        os.lseek(self._fd, 0, os.SEEK_END)
        return lines

    def commit(self, *records: Record) -> None:
        """Durable, then applied, all of them or (OSError) none."""
        if self._fd >= 0:
            self._append(orjson.dumps(records) + b"\n")
        self._apply(records)

    def rewrite(self, records: Iterable[Record]) -> None:
        """Replaces the file by fewer records that say the same; atomic, so a kill leaves the old or the new one."""
        if self._path is None:
            return
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
            for record in records:
                file.write(orjson.dumps([record]) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.close(self._fd)
        fresh.replace(self._path)
        self._fd = os.open(self._path, os.O_RDWR | os.O_APPEND)
        self._size = os.lseek(self._fd, 0, os.SEEK_END)

    def close(self) -> None:
        """Lets go of the folder; a commit after this raises OSError."""
        if self._path is not None:
            os.close(self._fd)
            os.close(self._lock)

    def _append(self, line: bytes) -> None:
        view = memoryview(line)
        try:
            while view:
                view = view[os.write(self._fd, view) :]
        except OSError:
            os.ftruncate(self._fd, self._size)
            os.lseek(self._fd, 0, os.SEEK_END)
            raise
        self._size += len(line)

    def _apply(self, records: Iterable[Record]) -> None:
        for record in records:
            self._appliers[record["t"]](record)


def _hold(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        raise DataFolderInUse(str(path.parent)) from taken
    return descriptor
