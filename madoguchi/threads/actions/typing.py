"""The dots on the friend's telephone while an answer is being written: a courtesy, at most four a minute, never tried twice."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Cause, may_write_now
from madoguchi.core import clock, live
from madoguchi.core.work import Job, claim, held
from madoguchi.threads.models import TypingSign

LEASE_SECONDS = 15.0
PAUSE = clock.seconds(15)
SHOWN_SECONDS = 20  # until LINE takes them away, unless a message comes before
STALE = clock.seconds(10)  # whoever was writing then may have stopped since


def show_typing(contact: Contact) -> bool:
    """Let the friend's telephone show dots. False: they were asked for a moment ago. The contact is locked by the caller."""
    fresh = {"asked_at": Now(), "due_at": Now(), "leased_until": None}
    known = TypingSign.objects.filter(contact=contact)
    moved = known.filter(asked_at__lt=Now() - PAUSE).update(**fresh, attempts=F("attempts") + 1)
    if not moved:
        if known.exists():
            return False
        TypingSign.objects.create(contact=contact, organisation_id=contact.organisation_id)
    live.wake("typing")
    return True


def claim_typing(limit: int) -> list[Job]:
    return claim(TypingSign.objects.all(), LEASE_SECONDS, limit)


@transaction.atomic
def begin_typing(job: Job) -> tuple[Channel, str] | None:
    """(channel, the friend's LINE id); done with this, whatever LINE says. None when it has come too late."""
    sign = held(TypingSign.objects.select_related("contact__channel"), job)
    if sign is None:
        return None
    TypingSign.objects.filter(pk=sign.pk).update(due_at=None, leased_until=None)
    now = clock.of_database()
    if sign.asked_at + STALE < now or sign.contact.blocked_at is not None:
        return None
    # Since it was asked for the friend may have given a sign, or the hours ended.
    if not may_write_now(sign.contact, Cause.ANSWER, now).may_go:
        return None
    return sign.contact.channel, sign.contact.line_id
