"""Events, one sender's in order: give each its effect, with a newcomer's name known in time for the greeting.

An event that breaks its handler is tried five times and then set aside; one that kills its worker counts too, because
the attempt is written before it begins.
"""

import asyncio

from madoguchi.channels.line.client import CallFailed
from madoguchi.contacts import actions as contacts
from madoguchi.core.work import Job, Kind, Worker, blame
from madoguchi.inbox import actions

NAME_IN_TIME_SECONDS = 1.5


async def _run(worker: Worker, job: Job) -> None:
    if job.attempt > actions.TRIES:
        await worker.in_database(actions.trouble, job, "its worker ended each time")
        return
    try:
        newcomer = await worker.in_database(actions.handle, job)
        if newcomer is not None:
            await _learn_name(worker, newcomer)
            await worker.in_database(actions.handle, job, was_asked=True)
    except Exception as error:  # noqa: BLE001 - whatever breaks is kept and shown
        await worker.in_database(actions.trouble, job, blame(error))


async def _learn_name(worker: Worker, newcomer: actions.Newcomer) -> None:
    """The greeting may speak the friend's name. If LINE doesn't give it at once, the greeting goes without."""
    try:
        async with asyncio.timeout(NAME_IN_TIME_SECONDS):
            profile = await (await worker.tools.of(newcomer.channel, "profile")).profile(newcomer.line_id)
    except (CallFailed, TimeoutError):
        return
    if profile is not None:
        await worker.in_database(contacts.know, newcomer.channel, newcomer.line_id, profile)


EVENT = Kind("event", actions.claim_events, _run, slots=4)
