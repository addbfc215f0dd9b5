"""A cheap HTTP load: N connections, each sending the next ready-made request when the last is answered."""

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import uvloop

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


@dataclass
class Load:
    """What came of it. `seconds` of wall time; latencies in seconds, in the order of answers."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[bytes, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class _Connection(asyncio.Protocol):
    def __init__(self, requests: Iterator[bytes], load: Load, ended: "asyncio.Future[None]") -> None:
        self._requests, self._load, self._ended = requests, load, ended
        self._sent_at = 0.0
        self._piece = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._next()

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Head and body may come in pieces; the answer is whole once the announced length is there."""
        data = self._piece + data
        head, found, body = data.partition(b"\r\n\r\n")
        announced = _LENGTH.search(head) if found else None
        if announced is None or len(body) < int(announced[1]):
            self._piece = data
            return
        self._piece = b""
        self._load.latencies.append(time.perf_counter() - self._sent_at)
        status = data[9:12]
        self._load.statuses[status] = self._load.statuses.get(status, 0) + 1
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._ended.done():
            self._ended.set_result(None)


def run(port: int, requests: list[bytes], connections: int) -> Load:
    """Send all requests over so many connections at once."""
    return uvloop.run(_run(port, requests, connections))


async def _run(port: int, requests: list[bytes], connections: int) -> Load:
    load, source, loop = Load(), iter(requests), asyncio.get_running_loop()
    ends: list[asyncio.Future[None]] = [loop.create_future() for _ in range(connections)]
    began = time.perf_counter()
    for ended in ends:
        await loop.create_connection(lambda ended=ended: _Connection(source, load, ended), "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*ends)
    load.seconds = time.perf_counter() - began
    return load
