"""A clock that nobody has stopped calls again: the notice's row is the job."""

from madoguchi.core.work import Job, Kind, Worker
from madoguchi.emergency.actions import dossier


async def _call(worker: Worker, job: Job) -> None:
    await worker.in_database(dossier.call_again, job)


NOTICE = Kind("notice", dossier.claim_notices, _call, slots=2)
