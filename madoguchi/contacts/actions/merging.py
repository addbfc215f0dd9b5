"""Saying that two accounts are one person, and taking it back."""

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.contacts.models import Contact, Merge
from madoguchi.core import live


class CannotMerge(Exception):
    """They are the same account, or one of them belongs to another person's accounts already."""


@transaction.atomic
def merge(actor: User, kept: Contact, merged: Contact, reason: str) -> Merge:
    """`merged` is shown together with `kept` from now on; nothing is moved. Raises CannotMerge."""
    pair = sorted({kept.pk, merged.pk})
    ours = Contact.objects.visible_to(actor).filter(pk__in=pair).order_by("pk")
    if len(pair) != 2 or len(ours.select_for_update(of=("self",))) != 2:
        raise CannotMerge
    chained = Q(merged__in=pair) | Q(kept=merged)
    if Merge.objects.standing().filter(chained).exists():
        raise CannotMerge
    row = Merge(organisation_id=kept.organisation_id, kept=kept, merged=merged, by=actor)
    row.sealed_reason = row.seal_reason(reason)
    row.save()
    record(actor, "contacts.merge", kept, friend=merged.pk)
    live.publish(*(f"{kind}-{one.pk}" for kind in ("contact", "beside") for one in (kept, merged)))
    return row


@transaction.atomic
def unmerge(actor: User, row: Merge) -> bool:
    """They are two again; False when they were already."""
    if not Merge.objects.standing().filter(pk=row.pk).update(undone_by=actor, undone_at=Now()):
        return False
    record(actor, "contacts.unmerge", row.kept, friend=row.merged_id)
    live.publish(*(f"{kind}-{pk}" for kind in ("contact", "beside") for pk in (row.kept_id, row.merged_id)))
    return True
