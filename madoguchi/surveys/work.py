"""The surveys' work: addresses that ran out are forgotten."""

from madoguchi.core.work import Job, Kind, Worker
from madoguchi.surveys.actions import links

LOOK_SECONDS = 60.0


async def _forget(worker: Worker, _job: Job) -> None:
    await worker.in_database(links.forget_ended)


ENDED_LINK = Kind("ended-link", links.claim_ended, _forget, slots=1, look_seconds=LOOK_SECONDS)
