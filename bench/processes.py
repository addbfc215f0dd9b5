"""Servers under measurement: real processes on free ports, ended with the benchmark."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

READY_SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    *words: str, port: int = 0, path: str = "/health", **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process (`python -m *words`). With a port, returns once `path` answers anything at all."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words], env={**os.environ, "MADOGUCHI_LOG": "ERROR", **environment}
    )
    try:
        if port:
            _wait(process, port, path)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", path)
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("a server under measurement did not become ready")


def uvicorn(application: str, port: int) -> tuple[str, ...]:
    """The words that serve an ASGI application just as `madoguchi web` serves ours."""
    options = (
        "--loop",
        "uvloop",
        "--http",
        "httptools",
        "--no-access-log",
        "--no-server-header",
        "--log-level",
        "error",
    )
    return ("uvicorn", application, "--host", "127.0.0.1", "--port", str(port), *options)


def resident_kib(pid: int) -> int:
    """Resident memory of a process."""
    with open(f"/proc/{pid}/status") as status:  # noqa: PTH123
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
