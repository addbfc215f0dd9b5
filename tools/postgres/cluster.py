"""A data folder that is either complete, product role and database included, or not there.

It is made beside its final name and renamed; whatever kills us in between leaves only rubbish that the next start
removes. The caller holds the folder's lock, and the programs that make the folder hold it with him: they may
outlive him for a moment, and nobody may tidy up under their hands.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from tools.kinship import dies_with_parent
from tools.postgres import binaries
from tools.postgres.place import Place
from tools.trouble import Trouble

ROLE = "madoguchi"
SUPERUSER = "postgres"
_UNFINISHED = "unfinished-"
# Row-level security is the product's second wall, so its role must not be able to pass it.
_FIRST_SQL = f"""
CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION CREATEDB;
CREATE DATABASE {ROLE} OWNER {ROLE};
"""


def ensure(place: Place, lock: int, *, durable: bool) -> None:
    """Make `place.cluster` unless it is there. Raises Trouble if it is another PostgreSQL's or cannot be made."""
    for rubbish in place.home.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(rubbish)
    if place.cluster.exists():
        _check_version(place)
        return
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=place.home))
    place.owner.give(unfinished)
    _initdb(place, lock, unfinished, durable)
    _run(place, lock, [place.programs / "postgres", "--single", "-D", unfinished, SUPERUSER], _FIRST_SQL)
    unfinished.rename(place.cluster)
    _sync(place.home)


def _initdb(place: Place, lock: int, folder: Path, durable: bool) -> None:
    # The built-in locale sorts by code point on every machine alike, so no system upgrade can break an index.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    words: list[str | Path] = [place.programs / "initdb", "-D", folder, "-U", SUPERUSER, "--auth=peer"]
    words += ["--encoding=UTF8", "--locale=C.UTF-8"]
    words += builtin if binaries.major_version(place.programs) >= 17 else []
    words += [] if durable else ["--no-sync"]
    _run(place, lock, words)


def _run(place: Place, lock: int, words: list[str | Path], told: str = "") -> None:
    """Run one of PostgreSQL's programs to its end, as the owner. Raises Trouble with its last words."""
    command = [*place.owner.prefix, *map(str, words)]
    done = subprocess.run(
        command,
        input=told,
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        cwd=place.home,
        pass_fds=(lock,),
        preexec_fn=dies_with_parent(signal.SIGINT),
        errors="replace",
    )
    if done.returncode != 0 or "ERROR:" in done.stderr:
        last = "\n".join(done.stderr.strip().splitlines()[-8:])
        raise Trouble(f"データベースを作れませんでした。\nThe database could not be made:\n{last}")


def environment() -> dict[str, str]:
    """Return the environment for PostgreSQL's programs: none of the caller's PG* settings, and UTF-8."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _check_version(place: Place) -> None:
    stored = (place.cluster / "PG_VERSION").read_text().strip()
    present = str(binaries.major_version(place.programs))
    if stored != present:
        raise Trouble(
            f"{place.cluster} は PostgreSQL {stored} のデータですが、ここにあるのは {present} です。\n"
            f"{place.cluster} was made by PostgreSQL {stored}; the programs here are {present}."
        )


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
