"""The desk's work: a grave sign calls again until a person answers for it, and no talk is left alone."""

from madoguchi.core.work import Job, Kind, Worker
from madoguchi.desk.actions import alerts, talk


async def _run(worker: Worker, job: Job) -> None:
    await worker.in_database(alerts.call_again, job)


async def _take_back(worker: Worker, job: Job) -> None:
    await worker.in_database(talk.take_back, job)


LEFT_ALONE = Kind("left-alone", talk.claim_left_alone, _take_back, slots=1)
ALERT = Kind("alert", alerts.claim_alerts, _run, slots=2)
