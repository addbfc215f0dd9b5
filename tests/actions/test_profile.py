"""The profile look-up: an answer counts only for the attempt that asked, and a name that is known is not forgotten."""

from django.db import transaction

from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact, ProfileState
from madoguchi.contacts.work import LEASE_SECONDS
from madoguchi.core.work import Job, claim
from tests.people import Town, line_id


def newcomer(town: Town) -> Contact:
    with transaction.atomic():
        return contacts.meet(town.channel, line_id())


def attempt() -> Job:
    """The next attempt, as if the lease of the one before had run out."""
    Contact.objects.update(leased_until=None)
    (job,) = claim(Contact.objects.all(), LEASE_SECONDS, 1)
    return job


def test_a_late_answer_of_an_older_attempt_changes_nothing(town: Town) -> None:
    contact = newcomer(town)
    older, newer = attempt(), attempt()
    contacts.learn_profile(newer, {"displayName": "ひなた"})
    contacts.learn_profile(older, None)
    contacts.postpone_profile(older)
    contact.refresh_from_db()
    assert (contact.profile_state, contact.profile["name"]) == (ProfileState.KNOWN, "ひなた")
    assert contact.due_at is None


def test_an_older_attempt_that_fails_does_not_end_the_newer_one(town: Town) -> None:
    contact = newcomer(town)
    older, newer = attempt(), attempt()
    contacts.learn_profile(older, None)
    contacts.postpone_profile(older)
    contact.refresh_from_db()
    assert (contact.profile_state, contact.attempts) == (ProfileState.UNKNOWN, newer.attempt)
    assert contact.leased_until is not None


def test_after_the_last_try_the_name_stays_unknown(town: Town) -> None:
    contact = newcomer(town)
    Contact.objects.update(attempts=contacts.PROFILE_TRIES - 2)
    contacts.postpone_profile(attempt())
    assert Contact.objects.filter(due_at__isnull=False).update(due_at=contact.first_seen_at) == 1
    contacts.postpone_profile(attempt())
    contact.refresh_from_db()
    assert contact.due_at is None
    assert contact.profile_state == ProfileState.UNKNOWN
