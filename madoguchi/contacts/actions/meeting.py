"""Meeting a friend, follow and block, the profile."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from madoguchi.accounts import keys
from madoguchi.audit.actions import record
from madoguchi.channels.line.body import storable
from madoguchi.channels.models import Channel
from madoguchi.contacts.handles import new_handle
from madoguchi.contacts.models import Contact, ProfileState
from madoguchi.core import clock, live, seal
from madoguchi.core.compiled import Compiled
from madoguchi.core.work import Job, backoff, held, put_off

PROFILE_TRIES = 36  # over a day
NEWEST = 200  # fewer than there are handles


def meet(channel: Channel, line_id: str) -> Contact:
    """The contact of this LINE id, locked for the rest of the transaction; made when it writes for the first time."""
    line_id_hash = seal.lookup(keys.lookup_key(channel.organisation_id), line_id)
    rows = Contact.objects.locked().filter(channel=channel, line_id_hash=line_id_hash)
    found = next(iter(rows), None)
    if found is None:
        try:
            with transaction.atomic():
                _make(channel, line_id, line_id_hash)
        except IntegrityError:
            pass  # another worker met the same friend in this moment
        found = rows.get()
    found.channel = channel
    return found


def _make(channel: Channel, line_id: str, line_id_hash: bytes) -> None:
    _key, wrapped, epoch = keys.new_data_key(channel.organisation_id)
    contact = Contact(
        organisation_id=channel.organisation_id,
        channel=channel,
        line_id_hash=line_id_hash,
        wrapped_key=wrapped,
        key_epoch=epoch,
        handle=new_handle(_handles_of_the_newest(channel.organisation_id)),
    )
    contact.sealed_line_id = contact.seal("contacts_contact", "line_id", "", line_id)
    contact.save()
    record(None, "contacts.meet", contact)
    live.wake("profile")


_handles_of_the_newest = Compiled(  # who comes now speaks beside these: two of one name in a list are taken for one another
    lambda organisation: (
        Contact.objects.filter(organisation_id=organisation)
        .order_by("-pk")
        .values_list("handle", flat=True)[:NEWEST]
    )
)


def follow(contact: Contact, at: datetime) -> bool:
    """The friend added or unblocked the account; True when this is news (a later block may have come first)."""
    if contact.reachability_at and contact.reachability_at >= at:
        return False
    contact.followed_at, contact.blocked_at, contact.reachability_at, contact.active_at = at, None, at, at
    contact.due_at, contact.attempts = clock.of_database(), 0  # the profile can be read again now
    contact.save(
        update_fields=["followed_at", "blocked_at", "reachability_at", "active_at", "due_at", "attempts"]
    )
    record(None, "contacts.follow", contact)
    live.wake("profile")
    return True


def unfollow(contact: Contact, at: datetime) -> bool:
    """The friend blocked the account; True when this is news."""
    if contact.reachability_at and contact.reachability_at >= at:
        return False
    contact.blocked_at = contact.reachability_at = at
    contact.save(update_fields=["blocked_at", "reachability_at"])
    record(None, "contacts.unfollow", contact)
    return True


@transaction.atomic
def know(channel: Channel, line_id: str, profile: dict[str, Any]) -> None:
    """Keep the profile of a friend who may be new."""
    _keep_profile(meet(channel, line_id), profile)


@transaction.atomic
def learn_profile(job: Job, profile: dict[str, Any] | None) -> None:
    """Keep the profile LINE gave; None: LINE gives none (not a friend any more, no consent)."""
    contact = held(Contact.objects.all(), job)
    if contact is not None:
        _keep_profile(contact, profile)


def _keep_profile(contact: Contact, profile: dict[str, Any] | None) -> None:
    contact.due_at = contact.leased_until = None
    contact.profile_state = ProfileState.ABSENT
    if profile is not None:
        known = {"name": "displayName", "picture": "pictureUrl", "language": "language"}
        kept = {ours: storable(str(profile.get(theirs) or ""))[:2000] for ours, theirs in known.items()}
        contact.sealed_profile = contact.seal("contacts_contact", "profile", "", kept)
        contact.profile_state = ProfileState.KNOWN
    contact.save(update_fields=["due_at", "leased_until", "sealed_profile", "profile_state"])
    record(None, "contacts.learn_profile", contact, state=contact.profile_state)


@transaction.atomic
def postpone_profile(job: Job) -> None:
    """Look again later, more and more seldom; after the last try the name stays unknown."""
    contact = held(Contact.objects.all(), job)
    if contact is None:
        return
    if job.attempt < PROFILE_TRIES:
        put_off(contact, backoff(job.attempt, longest=3600))
    else:
        Contact.objects.filter(pk=contact.pk).update(due_at=None, leased_until=None)
