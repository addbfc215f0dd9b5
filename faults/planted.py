"""Is the checker any good? Bugs that others really have, planted one at a time in a copy of the code: each must be caught.

    python -m faults.planted [NAME ...]

Runs a small storm over each copy, and one over the code as it is, which must pass. Ends with 1 if a bug got away.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools import scratch

FOLDERS = ("config", "madoguchi", "line_emulator", "tools", "faults")
WEATHER = ("--events", "500", "--friends", "25", "--kills", "8", "--seconds", "7")


@dataclass(frozen=True)
class Bug:
    """`old` becomes `new` in the file `path`; `sql` is run after the migrations."""

    why: str
    path: str
    old: str
    new: str
    sign: str  # what a violation must say to count as caught
    sql: str = ""


BUGS = {
    "no-dedupe": Bug(
        "an event that comes twice is kept twice",
        "madoguchi/inbox/keeping.py",
        "ON CONFLICT (channel_id, event_id) DO NOTHING",
        "",
        "has 2 rows",
        "ALTER TABLE inbox_inboundevent DROP CONSTRAINT one_row_an_event",
    ),
    "answered-before-commit": Bug(
        "200 is said while the event is still only in memory",
        "madoguchi/inbox/door.py",
        "await self._keeper.keep(rows)",
        "__import__('asyncio').get_running_loop().call_later("
        "0.2, lambda: setattr(self, '_late', __import__('asyncio').ensure_future(self._keeper.keep(rows))))",
        "has 0 rows",
    ),
    "new-key-per-attempt": Bug(
        "each attempt to send bears a retry key of its own",
        "madoguchi/threads/actions/outbox.py",
        "str(message.retry_key)",
        "str(uuid.uuid4())",
        "1 to 1 were said and 2 accepted",
    ),
    "marked-sent-first": Bug(
        "a message is marked as accepted before LINE was asked",
        "madoguchi/threads/actions/outbox.py",
        "    token = message.reply_token if",
        "    _end(message, State.ACCEPTED, None)\n    token = message.reply_token if",
        "1 to 1 were said and 0 accepted",
    ),
    "arrival-is-the-order": Bug(
        "a thread's time is that of arrival, not LINE's",
        "madoguchi/threads/actions/hear.py",
        "        said_at=said_at,",
        "        said_at=clock.now(),",
        "out of order",
    ),
    "nobody-takes-over": Bug(
        "a lease never ends",
        "madoguchi/core/work.py",
        "Q(leased_until=None) | Q(leased_until__lt=Now())",
        "Q(leased_until=None)",
        "left to do",
    ),
}


def main(names: list[str]) -> int:
    """Print what was caught, one line a bug."""
    chosen = {name: BUGS[name] for name in names} or BUGS
    got_away = [name for name, bug in chosen.items() if not _is_caught(name, bug)]
    sound = _storm_over(None)
    print(f"{'sound' if not sound else 'WRONG':8} the code as it is: {sound or 'nothing wrong'}")
    return 1 if got_away or sound else 0


def _is_caught(name: str, bug: Bug) -> bool:
    wrong = [violation for violation in _storm_over(bug) if bug.sign in violation]
    print(f"{'caught' if wrong else 'GOT AWAY':8} {name} ({bug.why}): {len(wrong)} violations, such as: "
          f"{wrong[0] if wrong else '-'}", flush=True)  # fmt: skip
    return bool(wrong)


def _storm_over(bug: Bug | None) -> list[str]:
    """Everything the checker found wrong."""
    with scratch.folder("planted") as copy:
        for folder in FOLDERS:
            shutil.copytree(
                scratch.ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__")
            )
        if bug is not None:
            _plant(copy / bug.path, bug)
        environment = os.environ | {"STORM_SQL": bug.sql if bug else ""}
        command = [sys.executable, "-m", "faults.storm", *WEATHER]
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
        lines = done.stdout.strip().splitlines()
        if not lines or not lines[-1].startswith("{"):
            raise SystemExit(f"the storm itself broke:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return list(json.loads(lines[-1])["wrong"])


def _plant(path: Path, bug: Bug) -> None:
    text = path.read_text()
    if text.count(bug.old) != 1:
        raise SystemExit(f"{bug.path} has changed: {bug.old!r} stands in it {text.count(bug.old)} times")
    path.write_text(text.replace(bug.old, bug.new))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
