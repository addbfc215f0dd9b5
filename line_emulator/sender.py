"""Sends webhooks: signed, in order inside a chat, redelivered if the account wants it, spoilt if a fault says so."""

import asyncio
import secrets
from collections.abc import Coroutine
from functools import partial
from typing import Any

from line_emulator import hooks, signing
from line_emulator.channels import Channel
from line_emulator.faults import Fault
from line_emulator.hooks import Outcome
from line_emulator.lanes import Lanes
from line_emulator.ledger import Record
from line_emulator.outbox import Queued
from line_emulator.world import World

_BEFORE = frozenset(
    {"delay", "drop", "wrongSignature", "noSignature", "oldSecret", "answerLost", "duplicate"}
)
_REORDER = frozenset({"reorder"})


class Sender:
    """`start` inside the running loop; what the ledger still holds is sent first."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lanes: dict[str, Lanes] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._generation = 0

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._session = hooks.client()
        self._world.outbox.on_queued = self._enqueue
        for queued in list(self._world.outbox.waiting.values()):
            self._enqueue(queued)

    async def stop(self) -> None:
        self.forget()
        for task in self._tasks:
            task.cancel()
        await self._session.close()

    def forget(self) -> None:
        """After a reset: nothing waits; answers to requests under way are not recorded."""
        self._generation += 1
        self._lanes.clear()
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    @property
    def is_idle(self) -> bool:
        return not self._world.outbox.waiting and not self._tasks

    def redeliver(self, queued: Queued) -> None:
        """Sends a finished event once more, as LINE's redelivery would."""
        self._run(self._deliver([queued], None))

    def _enqueue(self, queued: Queued) -> None:
        if queued.channel_id not in self._lanes:
            self._lanes[queued.channel_id] = Lanes(self._holds)
        self._lanes[queued.channel_id].add(queued)
        self._kick(queued.channel_id)

    def _holds(self, queued: Queued) -> int:
        faults = self._world.faults
        fault = faults.for_webhook(queued.channel_id, (queued.event["type"],), _REORDER)
        if fault is None:
            return 0
        lanes = self._lanes[queued.channel_id]
        self._loop.call_later(fault.delay_ms / 1000, self._stop_holding, queued, lanes)
        return fault.by

    def _stop_holding(self, queued: Queued, lanes: Lanes) -> None:
        if self._lanes.get(queued.channel_id) is lanes:
            lanes.stop_holding(queued)
            self._kick(queued.channel_id)

    def _kick(self, channel_id: str) -> None:
        """Starts as many requests as the channel allows."""
        lanes = self._lanes.get(channel_id)
        channel = self._world.channels.by_id[channel_id]
        if lanes is None or channel_id in self._timers:
            return
        if channel.batch_wait_ms and lanes.queued < channel.batch_size:
            self._timers[channel_id] = self._loop.call_later(
                channel.batch_wait_ms / 1000, self._flush, channel_id
            )
            return
        self._send_ready(channel, lanes)

    def _flush(self, channel_id: str) -> None:
        del self._timers[channel_id]
        self._send_ready(self._world.channels.by_id[channel_id], self._lanes[channel_id])

    def _send_ready(self, channel: Channel, lanes: Lanes) -> None:
        while lanes.under_way < channel.concurrency:
            batch = lanes.take(channel.batch_size)
            if not batch:
                return
            self._run(self._deliver(batch, lanes))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, batch: list[Queued], lanes: Lanes | None) -> None:
        """One attempt. `lanes` None: a redelivery, which holds up nobody."""
        generation = self._generation
        channel = self._world.channels.by_id.get(batch[0].channel_id)
        if channel is None:
            return  # a reset came between the start of this task and its first step
        types = [queued.event["type"] for queued in batch]
        fault = self._world.faults.for_webhook(channel.channel_id, types, _BEFORE)
        events = [_as_sent(queued, is_redelivery=lanes is None) for queued in batch]
        raw = signing.body(channel.bot_user_id, events, channel.escape)
        if fault and fault.kind == "delay":
            await asyncio.sleep(fault.delay_ms / 1000)
        signature = _signed(channel, raw, fault)
        outcome = await self._sent(channel, batch, raw, signature, fault)
        if generation != self._generation:
            return
        self._record(channel, batch, raw, signature, fault, outcome)
        if fault and fault.kind == "duplicate":
            self._run(self._send_again(channel, batch, raw, signature, fault))
        if lanes is not None:
            lanes.release(batch)
            self._kick(channel.channel_id)

    async def _sent(
        self, channel: Channel, batch: list[Queued], raw: bytes, signature: str | None, fault: Fault | None
    ) -> Outcome:
        if fault and fault.kind == "drop":
            return hooks.DROPPED
        self._world.outbox.mark_sent(batch)
        limit = channel.webhook_timeout_ms
        outcome = await hooks.post(self._session, channel.webhook_url or "", raw, signature, limit)
        return hooks.LOST if fault and fault.kind == "answerLost" else outcome

    def _record(
        self, channel: Channel, batch: list[Queued], raw: bytes, signature: str | None, fault: Fault | None,
        outcome: Outcome,
    ) -> None:  # fmt: skip
        """Writes down the attempt; what is to come again is timed here."""
        now = self._world.clock.now()
        attempt = batch[0].attempts + 1
        again = not outcome.is_ok and channel.redelivery and attempt <= len(channel.redelivery_delays)
        ids = [queued.event_id for queued in batch]
        tried: Record = {"t": "tried", "eventIds": ids, "at": now, "final": not again}
        tried |= {"channelId": channel.channel_id, "reason": outcome.reason}
        self._world.commit(tried, self._entry(channel, raw, signature, fault, outcome, ids, attempt))
        if again:
            delay = channel.redelivery_delays[attempt - 1]
            self._loop.call_later(delay, partial(self._redeliver_due, batch, self._generation))

    def _redeliver_due(self, batch: list[Queued], generation: int) -> None:
        if generation == self._generation:
            self._run(self._deliver(batch, None))

    async def _send_again(
        self, channel: Channel, batch: list[Queued], raw: bytes, signature: str | None, fault: Fault
    ) -> None:
        """The network's own duplicate: byte for byte the same request; its answer changes nothing."""
        generation = self._generation
        await asyncio.sleep(fault.delay_ms / 1000)
        limit = channel.webhook_timeout_ms
        outcome = await hooks.post(self._session, channel.webhook_url or "", raw, signature, limit)
        if generation == self._generation:
            ids = [queued.event_id for queued in batch]
            self._world.commit(self._entry(channel, raw, signature, fault, outcome, ids, batch[0].attempts))

    def _entry(
        self, channel: Channel, raw: bytes, signature: str | None, fault: Fault | None, outcome: Outcome,
        event_ids: list[str], attempt: int,
    ) -> Record:  # fmt: skip
        return self._world.journal.record("webhook", channel.channel_id, channel.webhook_url or "", {
            "at": self._world.clock.now(), "ms": round(outcome.took_ms, 1), "channelId": channel.channel_id,
            "url": channel.webhook_url, "attempt": attempt, "status": outcome.status, "reason": outcome.reason,
            "detail": outcome.detail, "isRedelivery": b'"isRedelivery":true' in raw, "eventIds": event_ids,
            "body": raw.decode(), "signature": signature, "fault": fault.kind if fault else None,
        })  # fmt: skip


def _as_sent(queued: Queued, *, is_redelivery: bool) -> Record:
    """After a restart an event that was already tried is a redelivery too."""
    again = is_redelivery or queued.attempts > 0
    return queued.event | {"deliveryContext": {"isRedelivery": again}} if again else queued.event


def _signed(channel: Channel, raw: bytes, fault: Fault | None) -> str | None:
    match fault.kind if fault else "":
        case "noSignature":
            return None
        case "wrongSignature":
            return signing.signature(secrets.token_hex(16), raw)
        case "oldSecret":
            return signing.signature(channel.old_secret or channel.secret, raw)
        case _:
            return signing.signature(channel.secret, raw)
