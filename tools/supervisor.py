"""Children that are kept alive, and ended together.

A dead child is started again after a pause that doubles with every death and is forgotten after half a minute of
health. Each runs in a process group of its own and is killed when this process ends in whatever way.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from tools.kinship import dies_with_parent
from tools.logs import Follower, last_lines, open_log
from tools.progress import say
from tools.trouble import Trouble

_FIRST_PAUSE = 0.2  # seconds before the first restart
_LONGEST_PAUSE = 10.0
_HEALTHY_AFTER = 30.0  # seconds of life after which earlier deaths no longer count
_READY_PATIENCE = 60.0
_STOP_PATIENCE = 2.0  # seconds between asking to end and killing


class Child:
    """One process of the product: started, watched, started again."""

    def __init__(self, name: str, words: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self._words = list(words)
        self._environment = dict(environment)
        self._follower = Follower(log)
        self._pause = _FIRST_PAUSE
        self._began = 0.0
        self._due: float | None = None

    def start(self) -> None:
        with open_log(self.log) as log:
            self.process = subprocess.Popen(
                self._words,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is for the supervisor to answer
                preexec_fn=dies_with_parent(signal.SIGKILL),
            )
        self._began, self._due = time.monotonic(), None

    def wait_until_ready(self, url: str) -> None:
        """Return once `url` answers 200. Raises Trouble when the process ends first, or after a minute."""
        deadline = time.monotonic() + _READY_PATIENCE
        while not answers(url):
            if not self.is_alive() or time.monotonic() > deadline:
                raise Trouble(
                    f"{self.name} が起動しません ({self.log})\n{self.name} does not start:\n{last_lines(self.log)}"
                )
            time.sleep(0.05)

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self, now: float) -> None:
        """Echo what went wrong since the last look; start the process again if it died and its pause is over."""
        for line in self._follower.alarming_lines():
            say(f"[{self.name}] {line}")
        if self.is_alive():
            self._pause = _FIRST_PAUSE if now - self._began > _HEALTHY_AFTER else self._pause
        elif self._due is None:
            self._plan_restart(now)
        elif now >= self._due:
            self.start()

    def _plan_restart(self, now: float) -> None:
        code = self.process.returncode if self.process else None
        say(
            f"[{self.name}] 終了しました (コード {code})。{self._pause:.1f} 秒後に再起動します / "
            f"ended with {code}, starting again in {self._pause:.1f} s · {self.log}"
        )
        self._due = now + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)


def answers(url: str) -> bool:
    """Tell whether `url` answers 200 within a second. Asks directly: a proxy cannot reach our loopback."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=1)
    try:
        connection.request("GET", parts.path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def watch(children: Sequence[Child], also: Callable[[], None], goes_on: Callable[[], bool]) -> None:
    """Tend the children, and call `also` each time, while it goes on."""
    while goes_on():
        now = time.monotonic()
        for child in children:
            child.tend(now)
        also()
        time.sleep(0.1)


def stop(children: Sequence[Child]) -> None:
    """End all children: they are asked at once, and killed after two seconds."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + _STOP_PATIENCE
    while any(child.is_alive() for child in children) and time.monotonic() < deadline:
        time.sleep(0.02)
    for child in children:
        child.signal(signal.SIGKILL)
        if child.process is not None:
            with suppress(subprocess.TimeoutExpired):  # whatever is left dies with us
                child.process.wait(_STOP_PATIENCE)
