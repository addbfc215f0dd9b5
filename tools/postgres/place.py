"""Where a server lives: its folder, its programs, its socket."""

import hashlib
import os
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.postgres import binaries
from tools.postgres.owner import Owner, choose
from tools.trouble import Trouble

_LONGEST_SOCKET = 107  # bytes: sun_path of unix(7), less its closing zero
_SOCKET_FILE = ".s.PGSQL.5432"
_LAST_RESORT = Path("/var/lib/madoguchi")


@dataclass(frozen=True)
class Place:
    """`home` holds everything of one server: `cluster/`, `lock`, the access files, `server.log`."""

    home: Path
    programs: Path
    owner: Owner

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    def socket_folder(self) -> Path:
        """Return a folder that only the owner may enter, short enough for a socket's address."""
        folder = self.home / "socket"
        if len(os.fsencode(folder / _SOCKET_FILE)) <= _LONGEST_SOCKET:
            return _private(folder, self.owner)
        return _short_folder(self.home, self.owner)


def prepare(home: Path) -> Place:
    """Make `home` (or, if no account but root can reach it, a folder under /var/lib) ready for a server."""
    home, programs = home.absolute(), binaries.find()
    home.parent.mkdir(parents=True, exist_ok=True)
    owner = choose([home.parent, programs], home)
    if owner is None:
        home, programs, owner = _elsewhere(home, programs)
    return Place(_private(home, owner), programs, owner)


def _private(folder: Path, owner: Owner) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    owner.give(folder)
    return folder


def _short_folder(home: Path, owner: Owner) -> Path:
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir(), f"madoguchi-{owner.uid}-{digest}")
    try:
        folder.mkdir(mode=0o700)
        owner.give(folder)
    except FileExistsError:
        if not _is_ours(folder, owner):  # someone else took the name: never trust it
            folder = Path(tempfile.mkdtemp(prefix="madoguchi-"))
            owner.give(folder)
    return folder


def _is_ours(folder: Path, owner: Owner) -> bool:
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner.uid and stat.S_IMODE(found.st_mode) == 0o700


def _elsewhere(home: Path, programs: Path) -> tuple[Path, Path, Owner]:
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    other = _LAST_RESORT / digest
    other.mkdir(parents=True, exist_ok=True)
    owner = choose([other], other / home.name)
    if owner is None:
        raise Trouble(
            "PostgreSQL を root 以外の利用者で動かせません。一般利用者で実行するか、DATABASE_URL を設定してください。\n"
            "PostgreSQL cannot run as anyone but root here: run as an ordinary user, or set DATABASE_URL."
        )
    print(
        f"この場所には入れないため、データは {other} に置きます。\nThe data goes to {other}: {home} cannot be entered.",
        file=sys.stderr,
    )
    return other / home.name, _reachable(programs, other), owner


def _reachable(programs: Path, other: Path) -> Path:
    if choose([programs], other) is not None:
        return programs
    package = programs.parent.parent  # the programs find their libraries beside the package
    for source in (package / "pginstall", package.with_name(f"{package.name}.libs")):
        goal = other / source.relative_to(package.parent)
        shutil.copytree(source, goal, dirs_exist_ok=True)
    return other / programs.relative_to(package.parent)
