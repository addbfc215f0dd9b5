"""Messages that wait because the friend may not be written to now (contacts.wishes): held, let go, or dropped.

What is held has no `due_at`, so that an answer the friend waits for does not stand behind it. When its moment has come the
rule is asked anew, for all that a friend is held at once, so that they keep their order.
"""

from django.db import transaction
from django.db.models import Min, Q
from django.db.models.functions import Now

from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Because, Cause, Verdict, may_write_now
from madoguchi.core import clock, live, walls
from madoguchi.core.compiled import Compiled
from madoguchi.core.work import Job
from madoguchi.threads.actions.numbering import changed, locked
from madoguchi.threads.actions.say import put_aside
from madoguchi.threads.models import Message, MessageQuerySet, State

HELD = (
    *("state", "due_at", "leased_until", "held_because", "held_until"),
    *("sealed_reply_token", "reply_until", "queued_at", "said_at", "cause"),
)


def hold(message: Message, verdict: Verdict) -> None:
    """Instead of the attempt to send that was about to begin. The contact is locked by the caller."""
    put_aside(message, verdict)
    changed(message, *HELD)
    live.publish(f"contact-{message.contact_id}", f"trouble-{message.contact_id}")
    live.wake("held")


def hold_all(contact: Contact) -> int:
    """Whatever is on its way to this friend waits for a person's decision: the thread turns harmless. How many. One whose
    attempt is under way may still arrive; what came of it is kept, and a second attempt meets the rule."""
    free = Q(leased_until=None) | Q(leased_until__lt=Now())
    waiting = Message.objects.of(contact).filter(free, due_at__isnull=False).exclude(cause=Cause.HARMLESS)
    found = list(waiting.order_by("number"))
    for message in found:
        message.contact = contact
        hold(message, Verdict(Because.HARMLESS))
    return len(found)


def held_for(contact: Contact) -> MessageQuerySet:
    return Message.objects.of(contact).filter(state=State.HELD)


def held_count(contact_id: int) -> int:
    return len(_held_ones(contact_id))


_held_ones = Compiled(
    lambda contact: Message.objects.filter(contact_id=contact, state=State.HELD).values_list("pk")
)


def claim_held(limit: int) -> list[Job]:
    """The friends for whom something that is held should be looked at again."""
    with walls.everywhere():
        due = Message.objects.filter(state=State.HELD, held_until__lte=Now()).values("contact")
        found = due.annotate(first=Min("held_until")).order_by("first").values_list("contact", flat=True)
        return [Job(pk, 1) for pk in found[:limit]]


def ask_anew(contact: Contact) -> None:
    """The hours of this friend have changed: what waits for the old ones is looked at now."""
    if held_for(contact).filter(held_because=Because.HOURS).update(held_until=Now()):
        live.wake("held")


@transaction.atomic
def look_again(contact_id: int) -> None:
    """The moment has come for what this friend is held: sent, or held on."""
    contact, now = locked(contact_id), clock.of_database()
    for message in held_for(contact).filter(held_until__lte=now).order_by("number"):
        message.contact = contact
        verdict = may_write_now(contact, message.cause, now, written_at=message.waits_since)
        if verdict.may_go:
            _let_go(message)
        else:
            put_aside(message, verdict)
            changed(message, *HELD)
    live.publish(f"contact-{contact.pk}")


def send_held(message: Message, *, insists: bool) -> bool:
    """A person decides that it goes now. False: it may not, while the thread is harmless, or, unless the person insists, by the
    friend's wishes. The contact is locked by the caller."""
    if message.state != State.HELD:
        return True
    cause = Cause.INSISTED if insists else Cause(message.cause)
    if not may_write_now(message.contact, cause, clock.of_database()).may_go:
        return False
    message.cause = cause
    _let_go(message)
    return True


def drop_held(message: Message) -> None:
    """A person decides that it never goes. It stays in the thread as what was not sent."""
    if message.state == State.HELD:
        message.state, message.held_because, message.held_until = State.DROPPED, "", None
        changed(message, *HELD)


def _let_go(message: Message) -> None:
    """On its way, said now, under the key it had: one that was tried before may have arrived, and LINE knows it again."""
    now = clock.of_database()
    message.state, message.held_because, message.held_until = State.QUEUED, "", None
    message.due_at = message.queued_at = message.said_at = now
    changed(message, *HELD)
    live.wake("message")
