"""./dev check: one table of named steps. CI runs all of them; so can you, or the one that you name.

All steps run, also after a failure, so that one run tells everything. The tests come last: their closing line is
the last line of all, and repeats which steps failed before them.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable

from tools import chromium, test
from tools.progress import say
from tools.scratch import ROOT
from tools.trouble import Trouble

_PYTHON = ("config", "madoguchi", "line_emulator", "tools", "tests", "bench", "faults", "dev")
_TEMPLATES = ("madoguchi", "line_emulator")


def _module(*words: str, **environment: str) -> Callable[[], int]:
    command = [sys.executable, "-m", *words]
    return lambda: subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode


def _present(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if (ROOT / name).exists()]


def _tests() -> int:
    chromium.ensure()
    return test.run([])


# The settings are read by types and migrations, which ask no database anything.
_OFFLINE = {"MADOGUCHI_MODE": "test", "DATABASE_URL": ""}
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as c; c()"

STEPS: dict[str, Callable[[], int]] = {
    "format": _module("ruff", "format", "--check", *_present(_PYTHON)),
    "lint": _module("ruff", "check", *_present(_PYTHON)),
    "types": _module("mypy", **_OFFLINE),
    "layers": lambda: subprocess.run([sys.executable, "-c", _LINT_IMPORTS], cwd=ROOT, check=False).returncode,
    "migrations": _module(
        "django",
        "makemigrations",
        "--check",
        "--dry-run",
        **_OFFLINE,
        DJANGO_SETTINGS_MODULE="config.settings",
    ),
    "templates": _module("djlint", "--lint", "--quiet", *_present(_TEMPLATES)),
    "tests": _tests,
}


def main(words: list[str]) -> int:
    """Run the named steps, or all. Returns 0 only if every one of them passed."""
    unknown = [word for word in words if word not in STEPS]
    if unknown:
        print(
            f"{' '.join(unknown)}: {' '.join(STEPS)} から選んでください / choose from these", file=sys.stderr
        )
        return 2
    failed: list[str] = []
    for name in STEPS:
        if name in words or not words:
            os.environ["MADOGUCHI_CHECK_FAILED"] = " ".join(failed)
            failed += [] if _passes(name) else [name]
    if failed and "tests" not in (words or STEPS):
        print(f"失敗 / failed: {' '.join(failed)}", file=sys.stderr, flush=True)
    return 1 if failed else 0


def _passes(name: str) -> bool:
    began = time.monotonic()
    if name == "tests":
        say("· tests")  # what they say of themselves stays the last word
    try:
        code = STEPS[name]()
    except Trouble as trouble:
        say(str(trouble))
        code = 2
    if name != "tests":
        say(f"{'✗' if code else '✓'} {name}  {time.monotonic() - began:.1f} s")
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
