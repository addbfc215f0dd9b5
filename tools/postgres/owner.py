"""As whom the server runs: as the person who starts it, or, started by root, as `nobody`.

PostgreSQL refuses to run as root, and root's clones often stand under a folder that only root may enter. We
loosen no folder. The server keeps, as its only capability, the right to pass closed folders, and only if it
needs it: reading and searching, or (inside containers, which lack that one) overriding. PostgreSQL looks at its
own programs with access(2), which forgets capabilities after a change of user unless a secure bit says otherwise.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

_RUNGS = ((), ("dac_read_search",), ("dac_override",))


@dataclass(frozen=True)
class Owner:
    """The account that owns data folder and server, and the command line that becomes it."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def give(self, *paths: Path) -> None:
        """Hand folders or files that we made to this account. Does nothing when that is ourselves."""
        for path in paths:
            if self.prefix:
                os.chown(path, self.uid, self.gid)


def choose(must_enter: list[Path], home: Path) -> Owner | None:
    """Return the owner who can enter every folder of `must_enter`, with the fewest rights; None if no one can.

    A `home` that was someone's before, because they started the server without being root, stays theirs.
    """
    if os.geteuid() != 0:
        return Owner(os.geteuid(), os.getegid())
    account = _account(home)
    for capabilities in _RUNGS:
        owner = Owner(account.pw_uid, account.pw_gid, _become(account, capabilities))
        if _can_enter(owner, must_enter):
            return owner
    return None


def _account(home: Path) -> pwd.struct_passwd:
    if home.exists() and (uid := home.stat().st_uid) != 0:
        return pwd.getpwuid(uid)
    return pwd.getpwnam("nobody")


def _become(account: pwd.struct_passwd, capabilities: tuple[str, ...]) -> tuple[str, ...]:
    held = ",".join(("-all", *(f"+{name}" for name in capabilities)))
    keep = ("--securebits=+no_setuid_fixup,+no_setuid_fixup_locked",) if capabilities else ()
    return (
        "setpriv",
        f"--reuid={account.pw_uid}",
        f"--regid={account.pw_gid}",
        "--clear-groups",
        f"--inh-caps={held}",
        f"--ambient-caps={held}",
        *keep,
        "--no-new-privs",
        "--pdeathsig=INT",  # a change of user forgets the parent-death signal: ask again
        "--",
    )


def _can_enter(owner: Owner, folders: list[Path]) -> bool:
    test = "".join('[ -x "$1/." ] && shift && ' for _ in folders) + "true"
    words = [*owner.prefix, "sh", "-c", test, "sh", *map(str, folders)]
    return subprocess.run(words, capture_output=True, cwd="/", check=False).returncode == 0
