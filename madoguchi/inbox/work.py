"""Events, one sender's in order: look at it, let a newcomer's name be known in time for the greeting, give it its effect.

An event that breaks its handler is tried five times and then set aside; one that kills its worker counts too, because
the attempt is written before it begins.
"""

import asyncio

from madoguchi.channels.line.client import CallFailed
from madoguchi.channels.line.events import Event
from madoguchi.contacts import actions as contacts
from madoguchi.core.work import Job, Kind, Worker, blame
from madoguchi.inbox import actions
from madoguchi.inbox.models import InboundEvent

NAME_IN_TIME_SECONDS = 1.5


async def _run(worker: Worker, job: Job) -> None:
    if job.attempt > actions.TRIES:
        await worker.in_database(actions.trouble, job, "its worker ended each time")
        return
    try:
        row, event = await worker.in_database(actions.look, job.pk)
        if event.kind == "follow" and event.is_private:
            await _learn_name(worker, row, event)
        await worker.in_database(actions.handle, job)
    except Exception as error:  # noqa: BLE001 - whatever breaks is kept and shown
        await worker.in_database(actions.trouble, job, blame(error))


async def _learn_name(worker: Worker, row: InboundEvent, event: Event) -> None:
    """The greeting may speak the friend's name. If LINE doesn't give it at once, the greeting goes without."""
    try:
        async with asyncio.timeout(NAME_IN_TIME_SECONDS):
            profile = await (await worker.tools.of(row.channel, "profile")).profile(event.user_id or "")
    except (CallFailed, TimeoutError):
        return
    if profile is not None:
        await worker.in_database(contacts.know, row.channel, event.user_id or "", profile)


EVENT = Kind("event", actions.claim_events, _run, slots=4)
