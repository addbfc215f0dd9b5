"""A storm over a whole desk: friends write, counsellors answer, LINE stumbles, and processes are killed all the while.

    python -m faults.storm --events 2000 --friends 60 --kills 20

Makes a PostgreSQL of its own that loses nothing it acknowledged, runs the desk as real processes around it, and lets
`faults.checker` compare the database with what LINE's side and the counsellors remember. The last line is one JSON
object: what was done, and everything that is `wrong`. Ends with 1 if anything is.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import django

from faults.report import Report, Weather
from faults.street import Street, wait_until
from tools import keys, postgres, scratch

if TYPE_CHECKING:  # needs the settings
    from faults.crowd import Counsellor, Friends


def main(words: list[str]) -> int:
    weather = _weather(words)
    with scratch.folder("storm") as home:
        report = _under(weather, home)
    print(json.dumps(asdict(report) | {"wrong": report.wrong[:200]}, ensure_ascii=False), flush=True)
    return 1 if report.wrong else 0


def _weather(words: list[str]) -> Weather:
    parser = argparse.ArgumentParser(prog="python -m faults.storm")
    for name, default in asdict(Weather()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    return Weather(**vars(parser.parse_args(words)))


def _under(weather: Weather, home: Path) -> Report:
    """A database, a street and a town of its own, then the storm."""
    began = time.monotonic()
    server = postgres.start(home / "postgres")
    try:
        os.environ |= keys.ensure(home / "secrets", has_data=False).environment()
        os.environ |= {"DATABASE_URL": server.url, "MADOGUCHI_MODE": "test"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        subprocess.run([sys.executable, "-m", "madoguchi", "migrate"], check=True, stdout=subprocess.DEVNULL)
        django.setup()
        _plant(os.environ.get("STORM_SQL", ""))
        with Street(home, {}, workers=2) as street:
            report = Storm(weather, street, home, server).rage()
    finally:
        server.stop()
    report.seconds["all"] = round(time.monotonic() - began, 1)
    return report


def _plant(statement: str) -> None:
    """A fault in the database itself, see `faults.planted`."""
    from django.db import connection  # noqa: PLC0415 - needs the settings

    if statement:
        with connection.cursor() as cursor:
            cursor.execute(statement)


class Storm:
    def __init__(self, weather: Weather, street: Street, home: Path, server: postgres.Server) -> None:
        self.weather, self.street, self.home, self.server = weather, street, home, server
        self.report = Report()
        self._random = random.Random(weather.seed)

    def rage(self) -> Report:
        from faults import checker, crowd, town  # noqa: PLC0415 - need the settings
        from madoguchi.core import walls  # noqa: PLC0415 - needs the settings

        with walls.everywhere():
            place = town.found(self.street.platform, self.street.desk)
            friends = crowd.Friends(place, self.weather.friends, self.weather.events, self.weather.seed)
            counsellors = [crowd.Counsellor(user, self.weather.seed) for user in place.counsellors]
            town.stumble(place.account, self.weather.seed)
            everyone = [crowd.Echo(place), *counsellors]
            began = time.monotonic()
            for person in everyone:
                person.start()
            self._kill_while(friends)
            self._wait_for_replies(counsellors)
            for person in everyone:
                person.leave()
            self.report.seconds["storm"] = round(time.monotonic() - began, 1)
            place.account.no_faults()
            unfinished = town.calm(place)
            self.report.seconds["calm"] = round(time.monotonic() - began, 1)
            replies = [reply for counsellor in counsellors for reply in counsellor.said]
            checker.Checker(place, friends.said, replies, self.report).check(unfinished)
        return self.report

    def _kill_while(self, friends: "Friends") -> None:
        """Friends write steadily; at random moments something is killed that was at work, and is started again at once."""
        moments = sorted(
            self._random.random() for _ in range(self.weather.kills + self.weather.database_kills)
        )
        victims = self._victims()
        progress, looked = 0.0, time.monotonic()
        while not friends.are_done or moments:
            passed, looked = time.monotonic() - looked, time.monotonic()
            if not moments or progress < moments[0]:
                progress += passed / self.weather.seconds
            elif self._is_at_work(victims[-1]):
                moments.pop(0)
                self._kill(victims.pop())
            friends.write_up_to(min(1.0, progress))
            time.sleep(0.02)
        for name in ("web", *self.street.workers):
            self.street.start(name)
        self.street.wait_for_web()

    def _victims(self) -> list[str]:
        """Each about as often as the others."""
        names = ["web", *self.street.workers]
        victims = [names[number % len(names)] for number in range(self.weather.kills)]
        victims += ["postgres"] * self.weather.database_kills
        self._random.shuffle(victims)
        return victims

    def _wait_for_replies(self, counsellors: "list[Counsellor]") -> None:
        """On a slow machine friends are heard late, and answered later."""

        def look() -> bool:
            return sum(len(counsellor.said) for counsellor in counsellors) >= self.weather.replies

        wait_until(look, f"{self.weather.replies} replies", seconds=120)

    def _is_at_work(self, name: str) -> bool:
        """Killing what has not come up yet tries nothing."""
        from faults import town  # noqa: PLC0415 - needs the settings

        if name == "postgres":
            return True
        return self.street.is_healthy() if name == "web" else town.is_at_work(name, self.street.began(name))

    def _kill(self, name: str) -> None:
        self.report.kills[name] = self.report.kills.get(name, 0) + 1
        if name == "postgres":
            self.server.process.kill()
            self.server.process.wait()
            self.server = postgres.start(self.home / "postgres")
        else:
            self.street.kill(name)
            self.street.start(name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
