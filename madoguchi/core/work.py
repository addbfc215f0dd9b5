"""The row is the job: one loop for all kinds of work.

A row that has something to do later carries `due_at` (null: nothing left), `leased_until` and `attempts`. A worker
claims due rows with SKIP LOCKED, writes a lease and counts the attempt before it begins; a crash only lets the lease
run out. `attempts` doubles as the fence: who finishes a row checks that it is still on the attempt it claimed, so a
worker that was thought dead changes nothing.
"""

import asyncio
import logging
import select
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from django.db import Error, connection, connections
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from madoguchi.core import clock, live, walls
from madoguchi.core.listening import listen

logger = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
IDLE_LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Job:
    """One claimed row: its id, and the attempt that holds it."""

    pk: int
    attempt: int


def claim(due: QuerySet[Any], lease_seconds: float, limit: int) -> list[Job]:
    """Lease up to `limit` rows of `due` (a queryset with the kind's own conditions), the longest due first: one statement,
    which is one transaction."""
    free = Q(leased_until=None) | Q(leased_until__lt=Now())
    rows = due.filter(free, due_at__lte=Now()).order_by("due_at", "pk").values("pk")[:limit]
    table = connection.ops.quote_name(due.model._meta.db_table)  # noqa: SLF001 - Django's public name
    with walls.everywhere(), connection.cursor() as cursor:
        found, values = rows.query.sql_with_params()
        cursor.execute(_CLAIM.format(found=found, table=table), [*values, lease_seconds])
        claimed = sorted(cursor.fetchall())
    return [Job(pk, attempts) for _due_at, pk, attempts in claimed]


_CLAIM = """WITH found AS MATERIALIZED ({found} FOR UPDATE OF {table} SKIP LOCKED)
  UPDATE {table} leased SET leased_until = statement_timestamp() + make_interval(secs => %s), attempts = leased.attempts + 1
  FROM found WHERE leased.id = found.pk RETURNING leased.due_at, leased.id, leased.attempts"""


def held(rows: QuerySet[Any], job: Job) -> Any:
    """The row of `job`, locked, if this worker still holds it; None when another has taken over or it is done."""
    mine = rows.select_for_update(of=("self",)).filter(pk=job.pk, attempts=job.attempt, due_at__isnull=False)
    return next(iter(mine), None)


def backoff(attempt: int, longest: float = 60.0) -> float:
    """Seconds to wait after so many attempts: 1, 2, 4 ... up to `longest`."""
    return min(longest, 2.0 ** (attempt - 1))


def put_off(row: Any, seconds: float) -> None:
    """Give the row back, due again after so many seconds by the database's clock."""
    type(row).objects.filter(pk=row.pk).update(due_at=Now() + clock.seconds(seconds), leased_until=None)


@dataclass(frozen=True)
class Kind:
    """A kind of work: how to claim rows (in a thread, with the ORM), and how to do one (async). `look_seconds`: how often an
    idle worker looks by itself."""

    name: str
    claim: Callable[[int], list[Job]]
    run: Callable[["Worker", Job], Awaitable[None]]
    slots: int = 8
    look_seconds: float = IDLE_LOOK_SECONDS


@dataclass
class Worker:
    """Runs every kind side by side until `stop` is set, then finishes what it began."""

    kinds: Iterable[Kind]
    tools: Any = None
    threads: int = 8
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix="work")
        self._wakes = {kind.name: asyncio.Event() for kind in self.kinds}

    async def in_database(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking function that uses the ORM, inside no organisation's wall but seeing all.

        Each thread keeps its connection from one call to the next: fetching and checking it, and telling it the wall
        anew, would be a third of all statements.
        """

        def run() -> T:
            _drop_connection_if_ended()
            try:
                with walls.everywhere():
                    return call(*args, **kwargs)
            except Error:
                connections.close_all()
                raise

        return await asyncio.get_running_loop().run_in_executor(self._pool, run)

    async def run(self) -> None:
        """Work until `stop`."""
        listening = asyncio.create_task(listen(live.WORK, self._wake, self._wake_all))
        try:
            async with asyncio.TaskGroup() as pumps:
                for kind in self.kinds:
                    pumps.create_task(self._pump(kind))
        finally:
            listening.cancel()
            self._pool.shutdown(wait=True)

    def _wake(self, name: str) -> None:
        if name in self._wakes:
            self._wakes[name].set()

    def _wake_all(self) -> None:
        for wake in self._wakes.values():
            wake.set()

    async def _pump(self, kind: Kind) -> None:
        """Claim as many rows as there are free slots, start them, and sleep when there is nothing."""
        running: set[asyncio.Task[None]] = set()
        while not self.stop.is_set():
            wake = self._wakes[kind.name]
            wake.clear()
            jobs = await self._claimed(kind, kind.slots - len(running))
            running |= {asyncio.create_task(self._do(kind, job)) for job in jobs}
            running = await self._until_something(
                running, wake, kind.look_seconds, is_full=len(running) >= kind.slots, found=bool(jobs)
            )
        if running:
            await asyncio.wait(running)

    async def _claimed(self, kind: Kind, limit: int) -> list[Job]:
        if limit <= 0:
            return []
        try:
            return await self.in_database(kind.claim, limit)
        except Error as error:
            logger.warning("%s: cannot claim (%s)", kind.name, type(error).__name__)
            await asyncio.sleep(IDLE_LOOK_SECONDS)
            return []

    async def _until_something(
        self,
        running: set[asyncio.Task[None]],
        wake: asyncio.Event,
        look_seconds: float,
        *,
        is_full: bool,
        found: bool,
    ) -> set[asyncio.Task[None]]:
        """Wait for a wake-up, a finished job or the next look; go on at once while rows are being found."""
        if found and not is_full:
            await asyncio.sleep(0)
        else:
            signals = {asyncio.create_task(event.wait()) for event in (wake, self.stop)}
            waited = running if is_full else running | signals
            await asyncio.wait(waited, timeout=look_seconds, return_when=asyncio.FIRST_COMPLETED)
            for signal in signals:
                signal.cancel()
        return {task for task in running if not task.done()}

    async def _do(self, kind: Kind, job: Job) -> None:
        """One job. Whatever it raises costs only its lease; the text of an exception is never logged."""
        try:
            await kind.run(self, job)
        except Exception as error:  # noqa: BLE001 - any failure costs only the lease
            logger.error("%s %s: %s on attempt %s", kind.name, job.pk, blame(error), job.attempt)


def _drop_connection_if_ended() -> None:
    """An idle connection with something to read has been ended by the server: a new one is needed."""
    kept = connections["default"].connection
    if kept is None:
        return
    poll = select.poll()
    poll.register(kept.fileno(), select.POLLIN)
    if poll.poll(0):
        connections.close_all()


def blame(error: BaseException) -> str:
    """Where an exception came from, without its text, which may quote what somebody wrote."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"
