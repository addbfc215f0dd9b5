"""Staying under LINE's rates: one slot after the other, and idle time is never saved up for a burst.

LINE counts per channel and endpoint with a token bucket of undisclosed size, so the pacer assumes none: GCRA
with 4 % headroom, and a tolerance of 10 ms only, which makes up for the timer's coarseness. A process that
stood still for a minute goes on at the same pace. Figures: reference, "Rate limits".
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import MappingProxyType

RATES = MappingProxyType(
    {
        "push": 2000.0,
        "reply": 2000.0,
        "multicast": 200.0,
        "validate": 2000.0,
        "content": 2000.0,
        "profile": 2000.0,
        "quota": 2000.0,
        "mark_as_read": 2000.0,
        "loading": 100.0,
        "webhook_endpoint": 1000 / 60,
        "webhook_test": 60 / 3600,
    }
)
"""Calls a second that LINE allows one channel on each endpoint."""

HEADROOM = 0.04
TOLERANCE = 0.010


class Pacer:
    """`await pacer.slot()` before each call. Waiters are served in order.

    `rate` is calls a second as LINE allows it; give each of n processes that share a channel `rate / n`.
    `clock` returns seconds and never goes back; `sleep` waits that many.
    """

    def __init__(
        self,
        rate: float,
        *,
        headroom: float = HEADROOM,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        if rate <= 0:
            raise ValueError("a rate is above zero")
        self._interval = 1 / (rate * (1 - headroom))
        self._clock = clock
        self._sleep = sleep
        self._next = clock()
        self._turn = asyncio.Lock()

    async def slot(self) -> None:
        """Returns when the next call may go out. A waiter that is cancelled takes no slot."""
        async with self._turn:
            while (wait := self._next - self._clock()) > 0:
                await self._sleep(wait)
            self._next = max(self._next, self._clock() - TOLERANCE) + self._interval

    def hold(self, seconds: float) -> None:
        """LINE said 429: nobody gets a slot for so long."""
        self._next = max(self._next, self._clock() + seconds)


class Paces:
    """One channel's pacers, made when first used: `await paces.slot("push")`."""

    def __init__(self, *, share: float = 1.0) -> None:
        self._share = share
        self._pacers: dict[str, Pacer] = {}

    def of(self, endpoint: str) -> Pacer:
        """`endpoint` is a key of RATES."""
        if endpoint not in self._pacers:
            self._pacers[endpoint] = Pacer(RATES[endpoint] * self._share)
        return self._pacers[endpoint]

    async def slot(self, endpoint: str) -> None:
        await self.of(endpoint).slot()
