"""./dev test: every tier, or the part that is named. The database server is made by tests/conftest.py."""

import os
import subprocess
import sys

from tools import chromium
from tools.scratch import ROOT
from tools.trouble import Trouble

# Two workers for the two cores; what must run alone is in one group, and last (tests/conftest.py).
_TOGETHER = ("-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder")


def main(words: list[str]) -> int:
    """Run pytest with `words`, or everything without any. Returns pytest's own code, 5 for no test found included."""
    try:
        if _may_use_browser(words):
            chromium.ensure()
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 2
    return run(words)


def run(words: list[str]) -> int:
    """Run pytest alone: what it needs is there."""
    chosen = words or list(_TOGETHER)
    command = [sys.executable, "-m", "pytest", *chosen]
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _may_use_browser(words: list[str]) -> bool:
    paths = [word for word in words if word.startswith("tests")]
    return not paths or any("browser" in path for path in paths)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
