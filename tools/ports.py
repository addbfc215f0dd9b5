"""Free ports on the loopback, shared out so that two clones starting at the same moment never pick the same one.

Between finding a port free and a child binding it, someone else may take it. Among ourselves we prevent that with
an abstract Unix socket named after the port: the kernel grants a name once, in the same network namespace as the
port, and takes it back when we end, however we end.
"""

import socket
from dataclasses import dataclass

from tools.trouble import Trouble

_TRIES = 200


@dataclass
class Claim:
    """A port that is ours until `release` or our end."""

    port: int
    _guard: socket.socket

    def release(self) -> None:
        self._guard.close()


def claim(preferred: int) -> Claim:
    """Claim `preferred`, or the next port after it that is free."""
    for port in range(preferred, min(preferred + _TRIES, 65536)):
        guard = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            guard.bind(f"\0madoguchi-port-{port}")
        except OSError:
            guard.close()
            continue
        if is_free(port):
            return Claim(port, guard)
        guard.close()
    raise Trouble(f"{preferred} から先に空いているポートがありません / no free port from {preferred} on")


def is_free(port: int) -> bool:
    """Try to bind the port on 127.0.0.1, as a server would."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)  # SO_REUSEADDR lets two bind, but not two listen
        except OSError:
            return False
    return True
