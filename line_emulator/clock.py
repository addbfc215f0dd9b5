"""The emulator's clock: milliseconds since 1970, movable so that a day or a month passes in a test."""

import time
from datetime import datetime, timedelta, timezone

JAPAN = timezone(timedelta(hours=9))


class Clock:
    """Real time plus `shift_ms`. Durations of requests are measured with `time.perf_counter`, never with this."""

    def __init__(self) -> None:
        self.shift_ms = 0

    def now(self) -> int:
        return time.time_ns() // 1_000_000 + self.shift_ms

    def month(self) -> str:
        """The billing month in Japan, like `2026-11`."""
        return datetime.fromtimestamp(self.now() / 1000, JAPAN).strftime("%Y-%m")
