"""The Python environment `.venv`, made from a lock file with hashes.

A stamp tells what is in it; while the lock file is the stamp's, starting costs one read. pip installs uv by hash,
uv the rest; where uv cannot (no wheel for the machine, a proxy that only pip is set up for) pip does it all.
No index is ever named here: pip and uv use those that the machine's owner chose.
Runs under the system's Python, before anything is installed: standard library only.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import system
from tools.progress import step
from tools.scratch import ROOT
from tools.trouble import Trouble

TIERS = ("run", "test")  # each holds all of those before it


class Environment:
    """The environment of one clone: `root`/.venv."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self._stamp = self.folder / "stamp.json"

    def ensure(self, tier: str) -> None:
        """Make the environment hold at least what `tier` ("run" or "test") needs. Safe when two do so at once."""
        if self._holds(tier):
            return
        with self._locked():
            if not self._holds(tier):  # someone else may have made it while we waited
                self._make(max(tier, self._present_tier(), key=TIERS.index))

    def _holds(self, tier: str) -> bool:
        present = self._read_stamp()
        return (
            TIERS.index(present.get("tier", TIERS[0])) >= TIERS.index(tier)
            and present.get("digest") == self._digest(present.get("tier", tier))
            and os.access(self.python, os.X_OK)
        )

    def _present_tier(self) -> str:
        return str(self._read_stamp().get("tier", TIERS[0]))

    def _read_stamp(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._stamp.read_text()))
        except (FileNotFoundError, ValueError):
            return {}

    def _digest(self, tier: str) -> str:
        return hashlib.sha256(self._lock_file(tier).read_bytes()).hexdigest()

    def _lock_file(self, tier: str) -> Path:
        return self.root / "requirements" / f"{tier}.lock"

    def _make(self, tier: str) -> None:
        digest = self._digest(tier)
        with step("Python の環境を準備", "preparing the Python environment"):
            if not self._has_pip():
                self._create()
            if not (self._install_uv() and self._install_with_uv(tier)):
                self._install_with_pip(tier)
        self._write_command()
        unfinished = self._stamp.with_suffix(".unfinished")
        unfinished.write_text(json.dumps({"tier": tier, "digest": digest}))
        unfinished.rename(self._stamp)

    def _has_pip(self) -> bool:
        return os.access(self.python, os.X_OK) and self._python("-m", "pip", "--version").returncode == 0

    def _create(self) -> None:
        base = getattr(sys, "_base_executable", sys.executable)  # not the .venv that may be active
        done = subprocess.run(
            [base, "-m", "venv", "--clear", self.folder], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise Trouble(
                f"環境を作れませんでした / the environment could not be made:\n{done.stdout}{done.stderr}"
            )

    def _install_uv(self) -> bool:
        return self._pip(self.root / "requirements" / "installer.lock").returncode == 0

    def _install_with_uv(self, tier: str) -> bool:
        # Compiled once here: otherwise each process that may not write bytecode compiles all of Django at its start.
        quiet = ("--quiet", "--require-hashes", "--compile-bytecode")
        words = ("-m", "uv", "pip", "sync", *quiet, "--python", str(self.python))
        return self._python(*words, str(self._lock_file(tier))).returncode == 0

    def _install_with_pip(self, tier: str) -> None:
        done = self._pip(self._lock_file(tier))
        if done.returncode != 0:
            last = "\n".join(done.stderr.strip().splitlines()[-8:])
            raise Trouble(f"パッケージを入れられませんでした / packages could not be installed:\n{last}")

    def _pip(self, lock_file: Path) -> subprocess.CompletedProcess[str]:
        quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
        return self._python("-m", "pip", "install", *quiet, "--require-hashes", "-r", str(lock_file))

    def _python(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.python, *words], capture_output=True, text=True, cwd=self.root, check=False
        )

    def _write_command(self) -> None:
        # A script instead of an installed package: nothing to build, and the clone may be moved.
        command = self.folder / "bin" / "madoguchi"
        command.write_text(
            "#!/bin/sh\n"
            'here=$(dirname "$(readlink -f "$0")")\n'
            'export PYTHONPATH="$(dirname "$(dirname "$here")")${PYTHONPATH:+:$PYTHONPATH}"\n'
            'exec "$here/python" -m madoguchi "$@"\n'
        )
        command.chmod(0o755)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        folder = self.root / ".data"
        folder.mkdir(exist_ok=True)
        with (folder / "environment.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def need_venv() -> None:
    """See to it that this Python can make environments: Debian packs that part separately."""
    if importlib.util.find_spec("ensurepip") is None:
        system.install(["python3-venv"], "Python の環境 / Python environments")
