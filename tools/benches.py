"""./dev bench NAME: runs bench/NAME.py against a database server of its own that loses nothing (fsync on)."""

import os
import subprocess
import sys

from tools import keys, postgres, scratch
from tools.trouble import Trouble


def main(words: list[str]) -> int:
    """Run one benchmark; its last line is JSON. Returns its code."""
    present = _names()
    if not words or words[0] not in present:
        print(f"./dev bench NAME: {' '.join(present) or '-'}", file=sys.stderr)
        return 2
    try:
        return _run(words[0], words[1:])
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 2


def _names() -> list[str]:
    """Every benchmark: a module of bench/ that can be run; the others are its parts."""
    return sorted(
        path.stem for path in (scratch.ROOT / "bench").glob("*.py") if "__main__" in path.read_text()
    )


def _run(name: str, words: list[str]) -> int:
    with scratch.folder("bench") as home, postgres.start(home / "postgres") as server:
        environment = {
            **os.environ,
            **keys.ensure(home / "secrets", has_data=False).environment(),
            "DATABASE_URL": server.url,
            "MADOGUCHI_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        command = [sys.executable, "-m", f"bench.{name}", *words]
        return subprocess.run(command, cwd=scratch.ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
