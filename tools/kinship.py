"""Children that cannot outlive their parent.

Linux signals a child when the thread that started it ends, `kill -9` included. That is the only way in which
a supervisor that was killed takes its children along, so that the next start meets no orphan.
"""

import ctypes
import os
import signal
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None, use_errno=True)


def dies_with_parent(farewell: signal.Signals) -> Callable[[], None]:
    """Make a `preexec_fn` for subprocess: the child gets `farewell` when this thread of this process ends."""
    parent = os.getpid()

    def ask() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(farewell), 0, 0, 0)
        if os.getppid() != parent:  # the parent died before we asked
            os._exit(1)

    return ask
