"""Everything that a running desk consists of: database, emulator, web, worker; how it starts, heals and ends."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tools import keys, postgres, supervisor
from tools.logs import last_lines
from tools.ports import Claim, claim
from tools.progress import say, step
from tools.scratch import ROOT
from tools.supervisor import Child
from tools.trouble import Trouble

DESK_PORT, PHONE_PORT = 8000, 8001
_DATABASE_PAUSE = 2.0  # seconds between two attempts to start it again


class Stack:
    """One running desk with its data in `data`. `DATABASE_URL`, when set, replaces the embedded database."""

    def __init__(self, data: Path, desk_port: int = DESK_PORT) -> None:
        self._data = data
        self._server: postgres.Server | None = None
        self._children: list[Child] = []
        self._claims: list[Claim] = []
        self._preferred = desk_port
        self._environment: dict[str, str] = {}
        self._database_due = 0.0
        self.desk = self.phones = ""

    def environment(self) -> dict[str, str]:
        """Return what a command of the product needs to know of this desk."""
        return dict(self._environment)

    def start(self, *, seed: bool = False) -> str:
        """Start everything, each after what it needs; return once the desk and the phones answer.

        With `seed` the demo's data is made too; what that command printed is returned."""
        (self._data / "logs").mkdir(mode=0o700, exist_ok=True)
        made = keys.ensure(self._data / "secrets", has_data=(self._data / "postgres" / "cluster").exists())
        with step("データベース", "database"):
            url = os.environ.get("DATABASE_URL") or self._start_database()
        self._choose_addresses()
        self._environment = {**os.environ, **made.environment(), **self._addresses(), "DATABASE_URL": url}
        place = ("--data", str(self._data / "emulator"))
        phones = self._launch("emulator", "line_emulator", *_address(self._claims[1]), *place)
        # loads while the tables are made
        web = self._launch("web", "madoguchi", "web", *_address(self._claims[0]))
        with step("表の用意", "migrating"):
            self.command("migrate")
        with step("電話 (LINEの代わり)", "phones (in LINE's place)"):
            phones.wait_until_ready(f"{self.phones}/emu/health")
        told = self._seed() if seed else ""
        with step("窓口", "desk"):
            self._launch("work", "madoguchi", "work")
            web.wait_until_ready(f"{self.desk}/health")
        return told

    def _seed(self) -> str:
        with step("デモのデータ", "demo data"):
            return self.command("demo", "--emulator", self.phones)

    def _addresses(self) -> dict[str, str]:
        return {
            "MADOGUCHI_MODE": "demo",
            "MADOGUCHI_URL": self.desk,
            "LINE_API_BASE": self.phones,
            "LINE_DATA_BASE": self.phones,
            "PYTHONUNBUFFERED": "1",  # so that a log is up to date when someone reads it
        }

    def command(self, *words: str) -> str:
        """Run `madoguchi WORDS` to its end and return what it printed. Raises Trouble with the log's end."""
        log = self._data / "logs" / f"{words[0]}.log"
        with log.open("ab") as errors:
            done = subprocess.run(
                [sys.executable, "-m", "madoguchi", *words],
                env=self._environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                check=False,
            )
        if done.returncode != 0:
            raise Trouble(f"madoguchi {words[0]}: 失敗しました / failed ({log})\n{last_lines(log, 15)}")
        return done.stdout.decode(errors="replace")

    def watch(self, goes_on: Callable[[], bool]) -> None:
        """Keep everything alive while it goes on."""
        supervisor.watch(self._children, self._tend_database, goes_on)

    def stop(self) -> None:
        """End everything within five seconds, the database last."""
        supervisor.stop(self._children)
        if self._server is not None:
            self._server.stop()
        for claimed in self._claims:
            claimed.release()

    def _start_database(self) -> str:
        self._server = postgres.start(self._data / "postgres")
        return self._server.url

    def _tend_database(self) -> None:
        if self._server is not None and self._server.process.poll() is not None:
            self._heal_database(self._server)

    def _heal_database(self, server: postgres.Server) -> None:
        now = time.monotonic()
        if now < self._database_due:
            return
        say(f"[database] 終了したので再起動します / ended, starting again · {server.log}")
        try:
            self._start_database()
        except Trouble as trouble:  # a full disk may get room again: never give up
            say(f"[database] {trouble}")
        self._database_due = now + _DATABASE_PAUSE

    def _choose_addresses(self) -> None:
        for preferred in (self._preferred, PHONE_PORT):
            claimed = claim(preferred)
            self._claims.append(claimed)
            if claimed.port != preferred:
                say(
                    f"  ポート {preferred} は使用中のため {claimed.port} を使います / "
                    f"port {preferred} is busy, taking {claimed.port}"
                )
        self.desk, self.phones = (f"http://127.0.0.1:{claimed.port}" for claimed in self._claims)

    def _launch(self, name: str, module: str, *words: str) -> Child:
        command = [sys.executable, "-m", module, *words]
        child = Child(name, command, self._environment, self._data / "logs" / f"{name}.log")
        self._children.append(child)
        child.start()
        return child


def _address(claimed: Claim) -> tuple[str, ...]:
    return ("--host", "127.0.0.1", "--port", str(claimed.port))
