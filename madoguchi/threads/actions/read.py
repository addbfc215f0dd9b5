"""既読: a message is marked read only when a person has opened it, never by itself."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.channels.line.outcome import Again, Outcome
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import may_show_now, next_safe
from madoguchi.core import clock, live
from madoguchi.core.work import Job, backoff, claim, held, put_off
from madoguchi.threads.models import Author, Message, ReadMark

LEASE_SECONDS = 25.0
TRIES = 8


def read_up_to(contact: Contact, number: int) -> None:
    """A person has read up to this message: let the phone show 既読. Called only by a person's opening the talk."""
    seen = Message.objects.of(contact).filter(author_kind=Author.FRIEND, number__lte=number, unsent_at=None)
    for message in seen.order_by("-number")[:20]:
        message.contact = contact
        token = message.content.get("mark_as_read_token")
        if token:
            _mark(contact, message.number, str(token))
            return


def _mark(contact: Contact, number: int, token: str) -> None:
    if ReadMark.objects.filter(contact=contact, number__gte=number).exists():
        return
    sealed = contact.seal("threads_readmark", "token", number, token)
    fresh = {"sealed_token": sealed, "number": number, "due_at": Now(), "leased_until": None, "attempts": 0}
    ReadMark.objects.update_or_create(
        contact=contact, defaults={**fresh, "organisation_id": contact.organisation_id}
    )
    live.wake("read-mark")


def claim_read_marks(limit: int) -> list[Job]:
    return claim(ReadMark.objects.all(), LEASE_SECONDS, limit)


@transaction.atomic
def begin_read_mark(job: Job) -> tuple[Channel, str, int] | None:
    """(channel, token, number of the message) of a read mark to send."""
    mark = held(ReadMark.objects.select_related("contact__channel"), job)
    if mark is None:
        return None
    if job.attempt > TRIES:  # something on our side breaks each time
        ReadMark.objects.filter(pk=mark.pk).update(due_at=None)
        return None
    now = clock.of_database()
    if not may_show_now(mark.contact, now):
        _wait_for_hours(mark, now)
        return None
    token = mark.contact.unseal("threads_readmark", "token", mark.number, mark.sealed_token)
    return mark.contact.channel, token, mark.number


def _wait_for_hours(mark: ReadMark, now: datetime) -> None:
    """At the friend's next safe moment. While the thread is harmless there is none: whoever reads after that marks it anew."""
    moment = None if mark.contact.harmless_since else next_safe(mark.contact, now)
    if moment is None:
        mark.delete()
    else:
        ReadMark.objects.filter(pk=mark.pk).update(due_at=moment, leased_until=None, attempts=0)


@transaction.atomic
def end_read_mark(job: Job, number: int, outcome: Outcome) -> None:
    """A mark that LINE can't take is a courtesy lost, not work for anybody. One that has moved on while this one was
    under way counts its attempts anew, so the number tells whose end this is."""
    mark = held(ReadMark.objects.filter(number=number), job)
    if mark is None:
        return
    if isinstance(outcome, Again) and job.attempt < TRIES:
        put_off(mark, outcome.after or backoff(job.attempt))
    else:
        ReadMark.objects.filter(pk=mark.pk).update(due_at=None)
