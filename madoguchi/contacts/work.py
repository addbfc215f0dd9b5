"""The profile look-up, in the worker and never in the way of a message; tables that nobody confirmed are forgotten."""

from django.db.models import QuerySet

from madoguchi.channels.line.client import CallFailed
from madoguchi.channels.models import Channel
from madoguchi.contacts import actions
from madoguchi.contacts.actions import files
from madoguchi.contacts.models import Contact
from madoguchi.core.work import Job, Kind, Worker, claim

LEASE_SECONDS = 30.0

LOOK_SECONDS = 60.0


def _rows() -> QuerySet[Contact]:
    return Contact.objects.all()


def _claim(limit: int) -> list[Job]:
    return claim(_rows(), LEASE_SECONDS, limit)


def _whom(pk: int) -> tuple[Channel, str] | None:
    contact = _rows().select_related("channel").filter(pk=pk, due_at__isnull=False).first()
    return (contact.channel, contact.line_id) if contact else None


async def _run(worker: Worker, job: Job) -> None:
    if job.attempt > actions.PROFILE_TRIES:  # something on our side breaks each time
        await worker.in_database(actions.postpone_profile, job)
        return
    found = await worker.in_database(_whom, job.pk)
    if found is None:
        return
    channel, line_id = found
    try:
        profile = await (await worker.tools.of(channel, "profile")).profile(line_id)
    except CallFailed:
        await worker.in_database(actions.postpone_profile, job)
    else:
        await worker.in_database(actions.learn_profile, job, profile)


PROFILE = Kind("profile", _claim, _run, slots=4)


async def _forget(worker: Worker, job: Job) -> None:
    await worker.in_database(files.forget, job)


FORGOTTEN_IMPORT = Kind(
    "forgotten-import", files.claim_forgotten, _forget, slots=1, look_seconds=LOOK_SECONDS
)
