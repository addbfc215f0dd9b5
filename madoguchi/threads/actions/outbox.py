"""What becomes of an outgoing message: the writes around each attempt, and what LINE's answer makes of it.

The first unfinished message of a contact goes first, so what we say to one friend keeps its order. The retry key was
stored before the first attempt and stays: LINE's 409 tells that an attempt whose answer was lost had been accepted.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from madoguchi.channels.line.outcome import Accepted, Again, Outcome, Refused, Uncertain
from madoguchi.channels.line.reasons import Reason
from madoguchi.channels.models import Channel
from madoguchi.contacts.wishes import Cause, may_write_now
from madoguchi.core import clock, live
from madoguchi.core.work import Job, backoff, claim, held, put_off
from madoguchi.threads import quietly
from madoguchi.threads.actions import holding
from madoguchi.threads.actions.numbering import changed, locked
from madoguchi.threads.models import NOT_CERTAIN_AFTER, Message, State

LEASE_SECONDS = 25.0  # longer than one call to LINE may take
QUOTE_TOKEN_LIMIT = 255
TRIES = 5  # of what breaks on our side; what LINE can't take now is tried for as long as its key lives
KEY_LIFE = clock.seconds(23.5 * 3600)  # LINE keeps a retry key 24 hours; after that only a person repeats
RESENT = (
    "retry_key",
    "first_attempt_at",
    "sealed_reply_token",
    "reply_until",
    "due_at",
    "queued_at",
    "state",
    "reason",
    "cause",
)
# The next chance to tell comes after an attempt of up to 15 s.
TOLD_AFTER = NOT_CERTAIN_AFTER - clock.seconds(20)


@dataclass(frozen=True)
class Sending:
    """One attempt: whom to ask, and the frozen request."""

    channel: Channel
    to: str = field(repr=False)
    payload: dict[str, Any] = field(repr=False)
    retry_key: str
    reply_token: str = field(repr=False)


def claim_messages(limit: int) -> list[Job]:
    """The first unfinished message of each contact; a harmless one goes before all that is to be hidden by it."""
    earlier = Message.objects.filter(
        contact=OuterRef("contact"), due_at__isnull=False, number__lt=OuterRef("number")
    )
    return claim(Message.objects.filter(~Exists(earlier) | Q(cause=Cause.HARMLESS)), LEASE_SECONDS, limit)


@transaction.atomic
def begin(job: Job) -> Sending | None:
    """The request of this attempt; None when there is nothing (more) to send."""
    message = _held(job)
    if message is None:
        return None
    now = clock.of_database()
    verdict = may_write_now(message.contact, message.cause, now, written_at=message.waits_since)
    if not verdict.may_go:  # since it was written, the friend's wishes or the hour have changed
        holding.hold(message, verdict)
        return None
    if message.first_attempt_at is None:
        message.first_attempt_at = now
        _rename(message)
        message.save(update_fields=["first_attempt_at", "sealed_payload"])
    elif message.first_attempt_at + KEY_LIFE < now:
        _end(message, State.UNKNOWN, Reason.TIMEOUT)
        return None
    elif message.sealed_reply_token and message.reply_until:
        # A reply has no retry key. An attempt that never reported back may have arrived: nobody repeats it blindly.
        _end(message, State.UNKNOWN, Reason.TIMEOUT)
        return None
    if message.waits_since + TOLD_AFTER < now and message.state == State.QUEUED:
        _show(message, State.UNKNOWN, Reason.LINE_DOWN)
    token = message.reply_token if message.reply_until and now < message.reply_until else ""
    if message.sealed_reply_token and not token:
        message.sealed_reply_token = message.reply_until = None
        message.save(update_fields=["sealed_reply_token", "reply_until"])
    return Sending(
        message.contact.channel, message.contact.line_id, message.payload, str(message.retry_key), token
    )


def _rename(message: Message) -> None:
    """From the first attempt on the payload is frozen; until then it goes by the name that the friend wants now."""
    payload = quietly.renamed(message.contact, message.payload)
    if payload != message.payload:
        message.sealed_payload = message.seal("payload", payload)


@transaction.atomic
def end(job: Job, outcome: Outcome, *, was_reply: bool) -> None:
    """Keep LINE's answer to this attempt."""
    message = _held(job)
    if message is None:
        return
    match outcome:
        case Accepted():
            sent = outcome.sent_messages[0] if outcome.sent_messages else {}
            message.line_message_id = str(sent.get("id", ""))[:255]
            message.request_id = (outcome.request_id or "")[:64]
            quote_token = str(sent.get("quoteToken", ""))
            if 0 < len(quote_token) <= QUOTE_TOKEN_LIMIT:
                message.sealed_quote_token = message.seal("quote_token", quote_token)
            _end(message, State.ACCEPTED, None)
        case Again() | Refused() if was_reply:
            # A stale token, a rate limit, no connection: nothing was sent, so a push is safe.
            message.sealed_reply_token = message.reply_until = message.first_attempt_at = None
            message.save(update_fields=["sealed_reply_token", "reply_until", "first_attempt_at"])
            put_off(message, 0)
            live.wake("message")
        case Again():
            _again(message, outcome, job)
        case Uncertain():
            _end(message, State.UNKNOWN, outcome.reason)
        case _:
            _end(message, State.FAILED, outcome.reason)


@transaction.atomic
def broke(job: Job) -> None:
    """The attempt broke on our side before LINE was asked: later again; after five tries it is shown, and holds up
    nothing else that is said to this friend."""
    message = _held(job)
    if message is None:
        return
    if job.attempt < TRIES:
        put_off(message, backoff(job.attempt))
    else:
        _end(message, State.UNKNOWN if message.first_attempt_at else State.FAILED, Reason.BROKEN)


def _again(message: Message, outcome: Again, job: Job) -> None:
    """Later, under the same key. If that is later than most of a minute, the sender sees now that it is not certain."""
    wait = outcome.after or backoff(job.attempt)
    if message.waits_since + TOLD_AFTER < clock.of_database() + clock.seconds(wait):
        _show(message, State.UNKNOWN, outcome.reason)
    put_off(message, wait)


def _end(message: Message, state: State, reason: Reason | None) -> None:
    message.due_at = message.leased_until = None
    _show(
        message,
        state,
        reason,
        "due_at",
        "leased_until",
        "line_message_id",
        "request_id",
        "sealed_quote_token",
    )


def _show(message: Message, state: State, reason: Reason | None, *fields: str) -> None:
    message.state, message.reason = state, reason.value if reason else ""
    changed(message, "state", "reason", *fields)
    live.publish(f"contact-{message.contact_id}")
    if state in (State.FAILED, State.UNKNOWN):  # also for who looks at another talk just now
        live.publish(f"trouble-{message.contact_id}")


def _held(job: Job) -> Message | None:
    """The message of this attempt with its contact locked first, as everywhere: contact, then message."""
    contact_id = Message.objects.filter(pk=job.pk).values_list("contact_id", flat=True).first()
    if contact_id is None:
        return None
    contact = locked(contact_id)
    message: Message | None = held(Message.objects.all(), job)
    if message is not None:
        message.contact = contact
    return message


def resend(message: Message) -> bool:
    """A person decides to send a message once more that LINE refused, or that may or may not have arrived. No key can
    tell LINE that it is the same one: what did arrive arrives twice, and the screen says so. False: nothing to resend."""
    if message.state not in (State.FAILED, State.UNKNOWN) or message.due_at is not None:
        return False
    message.retry_key = uuid.uuid4()
    message.first_attempt_at = message.sealed_reply_token = message.reply_until = None
    message.due_at = message.queued_at = clock.of_database()
    message.state, message.reason = State.QUEUED, ""
    if message.cause == Cause.INSISTED:
        message.cause = Cause.ANSWER  # the reason was one for the first sending
    changed(message, *RESENT)
    live.wake("message")
    return True
