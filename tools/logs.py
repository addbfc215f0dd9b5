"""Log files of children: appended to, set aside when large, and read for what a person should see at once."""

import os
import re
from pathlib import Path
from typing import BinaryIO

_LARGEST = 5 * 1024 * 1024  # bytes; a larger one is set aside at the next start
_ALARMING = re.compile(r"\b(ERROR|CRITICAL|FATAL|PANIC)\b|^Traceback |^\w+(\.\w+)*(Error|Exception)\b")


def open_log(path: Path) -> BinaryIO:
    """Open a log to append to, readable by us alone; the one before it stays as `.1`."""
    if path.exists() and path.stat().st_size > _LARGEST:
        path.replace(path.with_name(f"{path.name}.1"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600), "wb")


def last_lines(path: Path, count: int = 8) -> str:
    """Return the end of a log, or nothing if there is none."""
    if not path.exists():
        return ""
    return "\n".join(path.read_text(errors="replace").splitlines()[-count:])


class Follower:
    """Reads what a log gains from now on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._position = path.stat().st_size if path.exists() else 0

    def alarming_lines(self) -> list[str]:
        """Return the complete lines since the last call that tell of an error."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(self._position)
            complete, _, _ = file.read().rpartition(b"\n")
        self._position += len(complete) + 1 if complete else 0
        return [line for line in complete.decode(errors="replace").splitlines() if _ALARMING.search(line)]
