"""Answers belong to the side of the account that gave them (contacts.models.side)."""

from datetime import datetime

from django.db.models.functions import Now

from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.surveys.models import Submission


def belong_to(contact: Contact, was: str, since: datetime | None) -> None:
    """It is known now who speaks: what was begun after `since` on the side that was assumed is this side's. Where this side
    has something unfinished already, the newer one goes on. The contact is locked by the caller."""
    if was == contact.side:
        return
    begun = Submission.objects.filter(contact=contact, side=was)
    begun = begun if since is None else begun.filter(started_at__gt=since)
    doubled = Submission.objects.of_side(contact).unfinished()
    doubled.filter(survey__in=begun.unfinished().values("survey")).update(dropped_at=Now())
    begun.update(side=contact.side)
    contacts.belong_to(contact, was, since)
