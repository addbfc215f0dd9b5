"""The writes around an inbound event: claim, give it its effect and end it, put it off, set it aside, try it again."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.line.events import Event, read_event
from madoguchi.channels.models import Channel
from madoguchi.core import clock, live, seal
from madoguchi.core.work import Job, backoff, claim, held, put_off
from madoguchi.inbox import router, rows
from madoguchi.inbox.models import InboundEvent
from madoguchi.threads.models import Message

LEASE_SECONDS = 15.0
TRIES = 5
ENDED = ("meaning", "contact", "sealed_body", "finished_at", "due_at", "leased_until", "trouble")


def claim_events(limit: int) -> list[Job]:
    """The first unfinished event of each sender, in LINE's order; a sender's later events wait for it."""
    same_sender = InboundEvent.objects.filter(
        channel=OuterRef("channel"), sender=OuterRef("sender"), due_at__isnull=False
    )
    before = Q(happened_at__lt=OuterRef("happened_at"))
    tied = Q(happened_at=OuterRef("happened_at"), event_id__lt=OuterRef("event_id"))
    return claim(
        InboundEvent.objects.filter(~Exists(same_sender.filter(before | tied))), LEASE_SECONDS, limit
    )


@dataclass(frozen=True)
class Newcomer:
    """Someone who added the account, and whose name LINE should be asked for before the greeting."""

    channel: Channel
    line_id: str = field(repr=False)


@transaction.atomic
def handle(job: Job, *, was_asked: bool = False) -> Newcomer | None:
    """Give the event its one effect and end it, in one transaction. Someone who adds the account is given back first,
    untouched, until LINE `was_asked` for the name."""
    row = held(InboundEvent.objects.select_related("channel"), job)
    if row is None:
        return None
    event = _opened(row)
    if event.kind == "follow" and event.is_private and not was_asked:
        return Newcomer(row.channel, event.user_id or "")
    row.meaning, row.contact = router.route(row.channel, event)
    row.finished_at, row.due_at, row.leased_until, row.trouble = clock.now(), None, None, ""
    _seal_again(row)
    if row.meaning in (router.UNSEND, router.REPEATED):
        _forget_unsent(row, event)
    row.save(update_fields=ENDED)
    return None


def _opened(row: InboundEvent) -> Event:
    where = rows.place(row.organisation_id, row.event_id, row.channel.key)
    return read_event(rows.event_in(seal.unseal(row.channel.data_key, row.sealed_body or b"", where)))


def _seal_again(row: InboundEvent) -> None:
    """From the channel's key to the contact's: erasing the person erases what came from that person."""
    if row.contact is None or row.sealed_body is None:
        return
    body = seal.unseal(
        row.channel.data_key, row.sealed_body, rows.place(row.organisation_id, row.event_id, row.channel.key)
    )
    owner = bytes(row.contact.line_id_hash).hex()
    row.sealed_body = seal.seal(
        row.contact.data_key, body, rows.place(row.organisation_id, row.event_id, owner)
    )


def _forget_unsent(row: InboundEvent, event: Event) -> None:
    """An unsent message's words leave the inbox too, whichever came first; the rows stay, so a repeat resurrects nothing."""
    line_message_id = event.unsent_message_id or (event.content.message_id if event.content else None)
    if not line_message_id:
        return
    unsent = Message.objects.filter(
        contact=row.contact, line_message_id=line_message_id, unsent_at__isnull=False
    ).first()
    if unsent is None:
        return
    is_its_own = Q(event_id=unsent.event_id) | Q(contact=row.contact, meaning=router.REPEATED)
    InboundEvent.objects.filter(is_its_own, channel=row.channel, kind="message").update(sealed_body=None)
    if event.kind == "message":
        row.sealed_body = None


@transaction.atomic
def trouble(job: Job, where: str) -> None:
    """The handler broke: later again, or set aside where staff see it. A set-aside event holds up nobody else."""
    row = held(InboundEvent.objects.all(), job)
    if row is None:
        return
    row.trouble = where[:120]
    if job.attempt < TRIES:
        row.save(update_fields=["trouble"])
        put_off(row, backoff(job.attempt, longest=8))
        return
    row.set_aside_at, row.due_at, row.leased_until = clock.now(), None, None
    row.save(update_fields=["trouble", "set_aside_at", "due_at", "leased_until"])
    record(None, "inbox.set_aside", row, trouble=row.trouble)
    live.publish(f"desk-{row.organisation_id}")


@transaction.atomic
def retry(actor: User, event_pk: int) -> None:
    """Handle a set-aside event once more."""
    row = InboundEvent.objects.select_for_update(of=("self",)).get(
        pk=event_pk, organisation_id=actor.organisation_id
    )
    if row.set_aside_at is None or row.due_at is not None:
        return
    row.set_aside_at, row.due_at, row.attempts = None, clock.of_database(), 0
    row.save(update_fields=["set_aside_at", "due_at", "attempts"])
    record(actor, "inbox.retry", row)
    live.wake("event")
    live.publish(f"desk-{row.organisation_id}")
