"""The whole state of the platform, wired to one ledger, and how it comes back after a kill."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from line_emulator.channels import Channels, record_of
from line_emulator.clock import Clock
from line_emulator.faults import Faults
from line_emulator.ids import MessageIds
from line_emulator.journal import Journal
from line_emulator.ledger import Ledger, Record
from line_emulator.limits import Buckets
from line_emulator.live import Live
from line_emulator.login.channels import Logins
from line_emulator.login.sessions import Sessions
from line_emulator.media import MediaStore
from line_emulator.outbox import Outbox
from line_emulator.people import People
from line_emulator.retries import RetryKeys
from line_emulator.threads import Threads

TIDY_LINES = 20_000


@dataclass(slots=True)
class Settings:
    rate_scale: float = 1
    strict_https: bool = False


class World:
    """Read its parts freely; change them only by `commit`."""

    def __init__(self, folder: Path | None) -> None:
        self.clock = Clock()
        self.settings = Settings()
        self.live = Live()
        self.numbers = MessageIds()
        self.buckets = Buckets()
        self.faults = Faults()
        self._ledger = Ledger(folder)
        self._folder = folder
        self.commit = self._ledger.commit
        self._furnish()
        self._load()

    def close(self) -> None:
        self._ledger.close()

    def _furnish(self) -> None:
        ledger, clock = self._ledger, self.clock
        self.channels = Channels(ledger, clock)
        self.people = People(ledger, self.live)
        self.threads = Threads(ledger, clock, self.channels, self.people, self.live, self.numbers)
        self.outbox = Outbox(ledger, clock)
        self.retries = RetryKeys(ledger, clock)
        self.journal = Journal(ledger)
        self.logins = Logins(ledger, clock)
        self.sessions = Sessions(ledger, clock)
        self.media = MediaStore(ledger, self._folder)
        self._tidied_lines = 0
        ledger.on("settings", self._apply_settings)
        ledger.on("tidied", self._apply_tidied)

    def _load(self) -> None:
        started = time.perf_counter()
        lines = self._ledger.load()
        self.media.sweep()
        self.load_seconds = time.perf_counter() - started
        if lines > max(TIDY_LINES, 2 * self._tidied_lines):
            self._tidy()

    def _tidy(self) -> None:
        """Once the ledger has doubled, so that a start seldom has to write all of it."""
        records = list(self._snapshot())
        self._ledger.rewrite([{"t": "tidied", "lines": len(records)}, *records])

    def _snapshot(self) -> Iterator[Record]:
        yield {"t": "settings", **self.settings_json()}
        for part in (
            self.channels, self.people, self.media, self.threads, self.outbox, self.retries, self.journal,
            self.logins, self.sessions,
        ):  # fmt: skip
            yield from part.snapshot()

    def settings_json(self) -> Record:
        return {
            "rateScale": self.settings.rate_scale, "strictHttps": self.settings.strict_https,
            "clockShiftSeconds": self.clock.shift_ms / 1000, "journalLimit": self.journal.limit,
        }  # fmt: skip

    def _apply_tidied(self, record: Record) -> None:
        self._tidied_lines = record["lines"]

    def _apply_settings(self, record: Record) -> None:
        self.settings.rate_scale = record.get("rateScale", self.settings.rate_scale)
        self.settings.strict_https = record.get("strictHttps", self.settings.strict_https)
        self.clock.shift_ms = int(record.get("clockShiftSeconds", self.clock.shift_ms / 1000) * 1000)
        self.journal.limit = record.get("journalLimit", self.journal.limit)
        self.journal.trim()

    def reset(self, *, keep_channels: bool) -> None:
        """Forgets everything, in memory and on disk. Phones are told; who waits for a webhook waits no more."""
        kept = list(self.channels.by_id.values()) if keep_channels else []
        apps = self.logins.settings() if keep_channels else []
        journal_at = self.journal.last
        self.media.forget_all()
        self.settings = Settings()
        self.clock.shift_ms = 0
        self.faults.clear_all()
        self.buckets.refill_all()
        on_queued = self.outbox.on_queued
        self._furnish()
        self.journal.start_after(journal_at)
        self.outbox.on_queued = on_queued
        self._ledger.rewrite([])
        for channel in kept:
            self.commit(record_of(channel))
        if apps:
            self.commit(*apps)
        self.live.tell("reset", None, {})
