"""How a line of the log looks: an exception is where it came from and of what kind, never its text or its trace, which
may quote what somebody wrote. And an address that is a key is cut out of whatever names it: any 256 bits (43 letters), and
what follows the beginnings of the addresses that open without signing in."""

import logging
import re
from types import TracebackType

from madoguchi.core.work import blame

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


KEY = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
OPEN_PLACES = re.compile(r"(/(?:media|s|from|liff|line/webhook)/)[^\s\"'<>]+")


class Line(logging.Formatter):
    """The formatter of every handler. Takes the arguments of `logging.Formatter`."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another formatter may have left the whole trace here
        return KEY.sub("…", OPEN_PLACES.sub(r"\1…", super().format(record)))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name is logging's
        return blame(ei[1]) if ei[1] is not None else ""
