"""The desk's work: a grave sign calls again until a person answers for it, no talk is left alone, what is due happens, and
who waits is given to who is free."""

from madoguchi.core.work import Job, Kind, Worker
from madoguchi.desk.actions import (
    alerts,
    assigning,
    dealing,
    elapse,
    ending,
    leaving,
    nearing,
    preparing,
    sides,
)


async def _call_again(worker: Worker, job: Job) -> None:
    await worker.in_database(alerts.call_again, job)


async def _take_back(worker: Worker, job: Job) -> None:
    await worker.in_database(ending.take_back, job)


async def _elapse(worker: Worker, job: Job) -> None:
    await worker.in_database(elapse.elapse, job)


async def _deal(worker: Worker, job: Job) -> None:
    await worker.in_database(assigning.deal, job.pk, job.attempt)


async def _near(worker: Worker, job: Job) -> None:
    await worker.in_database(nearing.tell_near, job)


async def _write_down(worker: Worker, job: Job) -> None:
    await worker.in_database(leaving.write_down, job)


async def _give_back(worker: Worker, job: Job) -> None:
    await worker.in_database(leaving.give_back, job)


async def _forget_speaker(worker: Worker, job: Job) -> None:
    await worker.in_database(sides.forget_speaker, job.pk)


async def _come_due(worker: Worker, job: Job) -> None:
    await worker.in_database(preparing.come_due, job)


ALERT = Kind("alert", alerts.claim_alerts, _call_again, slots=2)
LEFT_ALONE = Kind("left-alone", ending.claim_left_alone, _take_back, slots=1)
ELAPSE = Kind("elapse", elapse.claim_elapsed, _elapse, slots=2)
UNATTENDED = Kind("unattended", leaving.claim_unattended, _write_down, slots=1, look_seconds=3.0)
UNHEARD = Kind("unheard", leaving.claim_unheard, _give_back, slots=1, look_seconds=3.0)
DEAL = Kind("deal", dealing.claim_deals, _deal, slots=2)
NEAR = Kind("near", nearing.claim_near, _near, slots=2, look_seconds=5.0)
LEFT_SPEAKER = Kind("left-speaker", sides.claim_left, _forget_speaker, slots=1)
PREPARED = Kind("prepared", preparing.claim_prepared, _come_due, slots=4)
