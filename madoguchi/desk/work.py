"""A grave sign calls again until a person answers for it."""

from madoguchi.core.work import Job, Kind, Worker
from madoguchi.desk.actions import alerts


async def _run(worker: Worker, job: Job) -> None:
    await worker.in_database(alerts.call_again, job)


ALERT = Kind("alert", alerts.claim_alerts, _run, slots=2)
