"""The work of practice: the next step of each script that is being played."""

from madoguchi.core.work import Job, Kind, Worker
from madoguchi.practice import actions


async def _play(worker: Worker, job: Job) -> None:
    await worker.in_database(actions.play, job)


PRACTICE = Kind("practice", actions.claim_practices, _play, slots=2)
