"""Addresses where a friend answers on a page: 256 bits that nobody guesses, bound to one friend's submission.

The token is worked out from the submission and the link's number with a key that lies outside the database; the database
has its hash alone. So all buttons of a day lead to one page, and who reads the database can't make the address.
"""

import hashlib
from base64 import urlsafe_b64encode

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse

from madoguchi.accounts import keys
from madoguchi.audit.actions import record
from madoguchi.contacts.models import Contact
from madoguchi.core import clock, seal, walls
from madoguchi.core.work import Job
from madoguchi.surveys.models import Link, Submission

LIFE = clock.seconds(30 * 24 * 3600)
FRESH = clock.seconds(
    24 * 3600
)  # so long the same address is given again; then a new one with its whole life

_STEP = 1000


def address_for(submission: Submission, page: str = "page") -> str:
    """The full address of a page of this submission: "page" (go on answering) or "mine" (what was answered)."""
    return settings.PUBLIC_URL + path_for(submission, page)


@transaction.atomic
def path_for(submission: Submission, page: str = "page") -> str:
    """As `address_for`, without the host. The contact's lock keeps two calls from making the same number."""
    Contact.objects.locked().get(pk=submission.contact_id)
    last = Link.objects.filter(submission=submission).order_by("-number").first()
    now = clock.of_database()
    if last is None or last.made_at + FRESH < now or last.until <= now:
        last = _make(submission)
    return reverse(f"surveys:{page}", args=[_token(submission, last.number)])


def _make(submission: Submission) -> Link:
    """A number is never given again, also when its link was deleted: an address that has ended would open once more."""
    Submission.objects.filter(pk=submission.pk).update(links_made=F("links_made") + 1)
    number = Submission.objects.values_list("links_made", flat=True).get(pk=submission.pk)
    return Link.objects.create(
        organisation_id=submission.organisation_id,
        submission=submission,
        number=number,
        hash=_hash(_token(submission, number)),
        until=clock.of_database() + LIFE,
    )


def _token(submission: Submission, number: int) -> str:
    """43 letters: BLAKE2b with a key of the organisation's own, derived from the root key."""
    key = seal.derive(keys.root_key(), f"survey links {submission.organisation_id}")
    bits = seal.lookup(key, f"{submission.token} {number}")
    return urlsafe_b64encode(bits).rstrip(b"=").decode()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def behind(token: str) -> Link | None:
    """The link of this token, while it lives, with all that a page needs. Outside any organisation's wall."""
    rows = Link.objects.select_related(
        "submission__survey", "submission__version", "submission__contact__channel"
    )
    return rows.filter(hash=_hash(token), until__gt=Now()).first()


@transaction.atomic
def end(link: Link) -> None:
    """The friend hid the page quickly: from now on its address shows nothing, also by the browser's back button."""
    if Link.objects.filter(pk=link.pk, until__gt=Now()).update(until=Now()):
        record(None, "surveys.hide", link.submission)


def claim_ended(limit: int) -> list[Job]:
    """Links that ran out: one job is as many as are deleted at once."""
    with walls.everywhere():
        found = Link.objects.filter(until__lt=Now()).order_by("until").values_list("pk", flat=True)
        return [Job(pk, 1) for pk in found[: min(limit, 1)]]


@transaction.atomic
def forget_ended() -> int:
    """Delete links that ran out, so many at a time; how many. Nothing opens by them, and their numbers stay used."""
    ended = Link.objects.filter(until__lt=Now()).order_by("until").select_for_update(skip_locked=True)
    return Link.objects.filter(pk__in=list(ended.values_list("pk", flat=True)[:_STEP])).delete()[0]
