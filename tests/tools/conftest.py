"""Clones of the project in miniature: the real tools around a stand-in product, so that starting one is quick."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue

import psycopg
import pytest

from tools import keys
from tools.postgres import start

ROOT = Path(__file__).resolve().parents[2]
_STAND_IN = Path(__file__).with_name("stand_in")


def _hears_a_closed_terminal() -> None:
    """Also when the tests themselves are run with nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@dataclass
class Run:
    """One `./dev run`: its process and what it says."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    _lines: "Queue[str]" = field(default_factory=Queue)

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line)

    def hear(self, word: str, seconds: float = 20) -> str:
        """Wait for a line that holds `word`, and return it."""
        while True:
            try:
                self.said.append(self._lines.get(timeout=seconds))
            except Empty:
                raise AssertionError(f"never said {word!r}:\n{''.join(self.said)}") from None
            if word in self.said[-1]:
                return self.said[-1]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(20)


@dataclass
class Clone:
    """A miniature clone in a folder of its own."""

    root: Path
    runs: list[Run] = field(default_factory=list)

    def __post_init__(self) -> None:
        shutil.copytree(_STAND_IN, self.root, dirs_exist_ok=True)
        shutil.copytree(ROOT / "tools", self.root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("__init__.py", "seal.py"):  # the keys are made by the product's own code
            (self.root / "madoguchi" / "core").mkdir(exist_ok=True)
            shutil.copy(ROOT / "madoguchi" / "core" / name, self.root / "madoguchi" / "core" / name)

    def run(self, *words: str) -> Run:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.run", *words],
            cwd=self.root,
            env=environment | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=_hears_a_closed_terminal,
        )
        self.runs.append(Run(process))
        return self.runs[-1]

    def processes(self) -> list[int]:
        """Every living process that works in this clone, the database's included."""
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and self._is_here(entry)
        ]

    def _is_here(self, entry: Path) -> bool:
        try:
            return (entry / "cwd").readlink().is_relative_to(self.root)
        except OSError:
            return False

    def acknowledged(self) -> int:
        path = self.root / "acknowledged"
        return int(path.read_text()) if path.exists() else 0

    def missing_rows(self) -> list[int]:
        """Which numbers the worker was told are stored, and are not. Call it while the clone's desk runs."""
        told = self.acknowledged()
        query = "SELECT n FROM generate_series(1, %s) n LEFT JOIN heard ON number = n WHERE number IS NULL"
        with psycopg.connect(self.database_url()) as database:
            return [number for (number,) in database.execute(query, [told])]

    def database_url(self) -> str:
        return str(json.loads((self.root / ".data" / "run.json").read_text())["environment"]["DATABASE_URL"])


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone's .data holds after a first start: an empty database and its keys."""
    home = tmp_path_factory.mktemp("data")
    start(home / "postgres").stop()
    keys.ensure(home / "secrets", has_data=False)
    return home


@pytest.fixture
def new_clone(tmp_path: Path, data: Path) -> Iterator[Callable[..., Clone]]:
    """Return a function that makes a miniature clone in a subfolder; whatever runs in one is ended at the end.

    `is_fresh` makes one that was never started; another has its database already, which saves a second.
    """
    made: list[Clone] = []

    def make(name: str = "clone", *, is_fresh: bool = False) -> Clone:
        made.append(Clone(tmp_path / name))
        if not is_fresh:
            subprocess.run(["cp", "--archive", data, tmp_path / name / ".data"], check=True)
        return made[-1]

    yield make
    for run in (run for clone in made for run in clone.runs):
        run.end(signal.SIGKILL)
