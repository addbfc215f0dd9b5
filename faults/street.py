"""A whole desk as real processes: the stand-in platform, the web process and workers, around one database.

Each can be killed and started again, from the thread that made the street: a child dies with that thread.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from faults.platform import Platform
from tools import supervisor
from tools.ports import Claim, claim
from tools.supervisor import Child, answers

T = TypeVar("T")
WEB, EMULATOR = "web", "emulator"


class Street:
    """Processes by name: `emulator`, `web`, and `work-1` ... Logs lie in `home`."""

    def __init__(self, home: Path, environment: Mapping[str, str], workers: int = 1) -> None:
        self.home = home
        self._claims: list[Claim] = [claim(random.randrange(20000, 50000)) for _ in range(2)]
        self.desk, origin = (f"http://127.0.0.1:{claimed.port}" for claimed in self._claims)
        self.platform = Platform(origin)
        self.environment = {
            **os.environ,
            "MADOGUCHI_MODE": "test",
            "PYTHONUNBUFFERED": "1",
            **environment,
            "MADOGUCHI_URL": self.desk,
            "LINE_API_BASE": origin,
            "LINE_DATA_BASE": origin,
        }
        self.workers = [f"work-{number + 1}" for number in range(workers)]
        self._began: dict[str, float] = {}
        self._children = {EMULATOR: self._child(EMULATOR, "line_emulator", *_address(self._claims[1]))}
        self._children[WEB] = self._child(WEB, "madoguchi", "web", *_address(self._claims[0]))
        self._children |= {name: self._child(name, "madoguchi", "work") for name in self.workers}

    def _child(self, name: str, module: str, *words: str) -> Child:
        command = [sys.executable, "-m", module, *words]
        environment = self.environment | {"PGAPPNAME": name}
        return Child(name, command, environment, self.home / f"{name}.log")

    def __enter__(self) -> "Street":
        try:
            for child in self._children.values():
                self._begin(child)
            self._children[EMULATOR].wait_until_ready(f"{self.platform.origin}/emu/health")
            self._children[WEB].wait_until_ready(f"{self.desk}/health")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_why: object) -> None:
        self.stop()

    def stop(self) -> None:
        supervisor.stop(list(self._children.values()))
        for claimed in self._claims:
            claimed.release()

    def kill(self, name: str) -> None:
        """`kill -9`, and wait until it is gone."""
        child = self._children[name]
        child.signal(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()

    def pause(self, name: str) -> None:
        """Let it stand still, wherever it is, until `start`."""
        self._children[name].signal(signal.SIGSTOP)

    def start(self, name: str) -> None:
        """Let a paused process go on; start a killed one again, without waiting for it."""
        if self._children[name].is_alive():
            self._children[name].signal(signal.SIGCONT)
        else:
            self._begin(self._children[name])

    def _begin(self, child: Child) -> None:
        self._began[child.name] = time.time()
        child.start()

    def wait_for_web(self) -> None:
        self._children[WEB].wait_until_ready(f"{self.desk}/health")

    def pid(self, name: str) -> int:
        process = self._children[name].process
        assert process is not None
        return process.pid

    def began(self, name: str) -> float:
        """When it was last started, in seconds since 1970."""
        return self._began[name]

    def is_alive(self, name: str) -> bool:
        return self._children[name].is_alive()

    def logs(self) -> dict[str, str]:
        """What each process has said, without the platform, which is not ours."""
        ours = (WEB, *self.workers)
        paths = {name: self.home / f"{name}.log" for name in ours}
        return {name: path.read_text(errors="replace") for name, path in paths.items() if path.exists()}

    def is_healthy(self) -> bool:
        return answers(f"{self.desk}/health")


def _address(claimed: Claim) -> tuple[str, ...]:
    return ("--host", "127.0.0.1", "--port", str(claimed.port))


def wait_until(look: Callable[[], T | None], what: str | Callable[[], str] = "", seconds: float = 15.0) -> T:
    """Look every 50 ms until something true is found, and return it. Raises AssertionError with what was seen last, and with
    `what` should have been, which may be asked for only then."""
    deadline = time.monotonic() + seconds
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > deadline:
            told = what() if callable(what) else what
            raise AssertionError(
                f"not within {seconds:.0f} s: {told or look.__qualname__}; last seen {seen!r}"
            )
        time.sleep(0.05)
