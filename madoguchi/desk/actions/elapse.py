"""A talk's next moment has come (desk.elapsing): a gentle word, a call to the desks, wrapping up, or kept as missed."""

from django.db import transaction

from madoguchi.audit.actions import record
from madoguchi.channels.line import messages
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Cause, may_write_now
from madoguchi.core import clock
from madoguchi.core.work import Job, claim, held
from madoguchi.desk import hours
from madoguchi.desk.actions.ending import miss, why_missed
from madoguchi.desk.actions.intake import worded
from madoguchi.desk.actions.moving import move, told, wait_for_next
from madoguchi.desk.elapsing import Step, next_step
from madoguchi.desk.models import Conversation, Reception, State
from madoguchi.threads import actions as threads

LEASE_SECONDS = 15.0


def claim_elapsed(limit: int) -> list[Job]:
    return claim(Conversation.objects.open(), LEASE_SECONDS, limit)


@transaction.atomic
def elapse(job: Job) -> None:
    """Do what is due, if it still is: the talk may have gone on since it was claimed."""
    contact_id = Conversation.objects.filter(pk=job.pk).values_list("contact_id", flat=True).first()
    if contact_id is None:
        return
    contact = threads.locked(contact_id)
    conversation = held(Conversation.objects.open(), job)
    if conversation is None:
        return
    reception = Reception.objects.select_related("channel").filter(channel_id=conversation.channel_id).first()
    step = next_step(conversation, reception) if reception else None
    if reception is not None and step is not None and step.at <= clock.of_database():
        _do(step.step, conversation, contact, reception)
    wait_for_next(conversation)
    conversation.save(update_fields=["due_at", "leased_until"])


def _do(step: Step, conversation: Conversation, contact: Contact, reception: Reception) -> None:
    match step:
        case Step.MISS:
            _speak(conversation, contact, reception, reception.missed_text)
            miss(None, conversation, why_missed(conversation))
        case Step.WRAP_UP:
            move(conversation, State.WRAP_UP)
            record(None, "desk.wrap_up", conversation)
        case Step.TELL:
            _noted(conversation)
            told(conversation, to_all=True)
        case Step.SPEAK:
            _speak(conversation, contact, reception, reception.quiet_text)
            _noted(conversation)
            told(conversation, to_all=False)


def _speak(conversation: Conversation, contact: Contact, reception: Reception, template: str) -> None:
    """A gentle word belongs to this moment: where it may not go now it is not said later, when nobody would understand it. An
    empty text is not said."""
    if not template.strip() or not may_write_now(contact, Cause.OURS, clock.of_database()).may_go:
        return
    shown, sent = worded(contact, reception, hours.intake(reception), template)
    conversation.last_message = threads.say(contact, "text", {"text": shown}, messages.text(sent))
    conversation.save(update_fields=["last_message"])


def _noted(conversation: Conversation) -> None:
    conversation.nudged_at = clock.of_database()
    conversation.save(update_fields=["nudged_at"])
