"""Nobody waits for somebody who is gone: a held talk whose holder is not at a desk is shown to all as left alone, and what was
asked of somebody who is not there goes back to who asked.

Whether a holder is there follows from the rows (`ConversationQuerySet.unattended`); what is written down here, `left_at`, says
that the desks were told, so that they are told once, and once more when somebody is there again."""

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.audit.actions import record
from madoguchi.core import clock, live, walls
from madoguchi.core.work import Job
from madoguchi.desk.actions.moving import told
from madoguchi.desk.models import Conversation, HandOver, HandOverEnd


def claim_unattended(limit: int) -> list[Job]:
    """Talks of which it is not yet written down that nobody attends to them, or not yet that somebody does again."""
    with walls.everywhere():
        fresh = Conversation.objects.unattended().filter(left_at=None)
        again = Conversation.objects.left().exclude(pk__in=Conversation.objects.unattended().values("pk"))
        found = [*fresh.values_list("pk", "version")[:limit], *again.values_list("pk", "version")[:limit]]
        return [Job(pk, version) for pk, version in found[:limit]]


@transaction.atomic
def write_down(job: Job) -> None:
    """That nobody attends to a talk, or that somebody does again; and all desks are told."""
    rows = Conversation.objects.select_for_update(of=("self",), skip_locked=True)
    conversation = rows.filter(pk=job.pk, version=job.attempt).first()
    if conversation is None or not conversation.is_held:
        return
    is_left = Conversation.objects.unattended().filter(pk=job.pk).exists()
    if is_left == (conversation.left_at is not None):
        return
    conversation.left_at = clock.of_database() if is_left else None
    conversation.version += 1
    conversation.save(update_fields=["left_at", "version"])
    if is_left:
        record(None, "desk.leave_alone", conversation, counsellor=conversation.owner_id)
    else:
        record(None, "desk.attend_again", conversation, counsellor=conversation.owner_id)
    told(conversation, to_all=True)


def claim_unheard(limit: int) -> list[Job]:
    """Hand-overs that were asked of somebody who is not there."""
    with walls.everywhere():
        return [Job(pk, 0) for pk in HandOver.objects.unheard().values_list("pk", flat=True)[:limit]]


@transaction.atomic
def give_back(job: Job) -> None:
    """Who asked still holds the talk; both hear that it was not taken on."""
    unheard = HandOver.objects.unheard().select_for_update(of=("self",), skip_locked=True)
    asked = unheard.select_related("conversation").filter(pk=job.pk).first()
    if asked is None:
        return
    HandOver.objects.filter(pk=asked.pk).update(end=HandOverEnd.RETURNED, ended_at=Now())
    record(None, "desk.return_hand_over", asked.conversation, counsellor=asked.to_counsellor_id)
    live.publish(f"beside-{asked.conversation.contact_id}", f"mine-{asked.asked_by_id}")
    if asked.to_counsellor_id:
        live.publish(f"mine-{asked.to_counsellor_id}")
