"""Who asked for it hears once that the turn comes near. Nothing else is ever said of the queue by itself."""

from django.db import transaction

from madoguchi.channels.line import messages
from madoguchi.contacts.wishes import Cause, may_write_now
from madoguchi.core import clock, walls
from madoguchi.core.work import Job
from madoguchi.desk import choices, hours, place
from madoguchi.desk.models import Conversation, ConversationQuerySet, Intake, Reception, State
from madoguchi.threads import actions as threads

NEAR = 1  # so many may still go before


def claim_near(limit: int) -> list[Job]:
    """Talks whose turn has come near: pk and version."""
    with walls.everywhere():
        asked = list(_asked().order_by("near_asked_at")[:limit])
        return [Job(talk.pk, talk.version) for talk in asked if _is_near(talk)]


def _asked() -> ConversationQuerySet:
    return Conversation.objects.filter(state=State.WAITING, near_asked_at__isnull=False, promised_at=None)


def _is_near(talk: Conversation) -> bool:
    reception = Reception.objects.filter(channel_id=talk.channel_id).first()
    is_moving = reception is not None and hours.intake(reception) in (Intake.OPEN, Intake.FULL)
    return is_moving and place.before(talk) <= NEAR


@transaction.atomic
def tell_near(job: Job) -> None:
    """Say it, if it is still so."""
    contact_id = Conversation.objects.filter(pk=job.pk).values_list("contact_id", flat=True).first()
    if contact_id is None:
        return
    contact = threads.locked(contact_id)
    talk = _asked().select_for_update(of=("self",)).filter(pk=job.pk).first()
    if talk is None or not _is_near(talk):
        return
    talk.near_asked_at = None
    talk.save(update_fields=["near_asked_at"])
    # It was asked for, and later it would not be true: now or not at all.
    if may_write_now(contact, Cause.ANSWER, clock.of_database()).may_go:
        threads.say(contact, "text", {"text": choices.NEAR}, messages.text(choices.NEAR), cause=Cause.ANSWER)
