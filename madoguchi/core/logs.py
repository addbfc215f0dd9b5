"""How a line of the log looks: an exception is where it came from and of what kind, never its text or its trace, which
may quote what somebody wrote."""

import logging
from types import TracebackType

from madoguchi.core.work import blame

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Line(logging.Formatter):
    """The formatter of every handler. Takes the arguments of `logging.Formatter`."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another formatter may have left the whole trace here
        return super().format(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name is logging's
        return blame(ei[1]) if ei[1] is not None else ""
