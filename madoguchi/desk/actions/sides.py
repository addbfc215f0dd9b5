"""Who is speaking in a talk: said by a button or by staff, kept on the talk, on the friend, and on what was answered since the
last talk ended, so that sides of one account do not see each other."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact, Speaker
from madoguchi.core import live, walls
from madoguchi.core.work import Job
from madoguchi.desk.actions.moving import NotYours, told, watched
from madoguchi.desk.models import Conversation, State
from madoguchi.surveys import actions as surveys
from madoguchi.threads import actions as threads


@transaction.atomic
def set_speaker(actor: User, conversation_id: int, speaker: str) -> Conversation:
    """A person says who is speaking, or puts it right."""
    mine = Conversation.objects.filter(organisation_id=actor.organisation_id, pk=conversation_id)
    contact_id = mine.values_list("contact_id", flat=True).first()
    if contact_id is None or speaker not in Speaker.values:
        raise NotYours
    contact = threads.locked(contact_id)
    conversation = watched(actor, conversation_id)
    _say_who(actor, contact, conversation, speaker)
    heard: Callable[[Contact], None] = import_string(settings.KNOWN_BETTER)
    heard(contact)
    return conversation


def hear_who(contact: Contact, conversation: Conversation | None, speaker: str) -> bool:
    """The friend pressed who is speaking. False: nobody asked, or it is known already. The contact is locked by the caller."""
    if conversation is None or conversation.speaker or speaker not in Speaker.values:
        return False
    _say_who(None, contact, conversation, speaker)
    return True


def _say_who(actor: User | None, contact: Contact, conversation: Conversation, speaker: str) -> None:
    was, conversation.speaker = contact.side, speaker
    conversation.version += 1
    conversation.save(update_fields=["speaker", "version"])
    contacts.note_speaker(actor, contact, speaker)
    surveys.belong_to(contact, was, _since(conversation))
    first = conversation.first_message
    first.contact = contact
    threads.shown_anew(first)  # where a talk begins, its side is written
    record(actor, "desk.set_speaker", conversation, speaker=speaker)
    told(conversation, to_all=conversation.state == State.WAITING)
    live.publish(f"beside-{conversation.contact_id}")


def _since(conversation: Conversation) -> datetime | None:
    """What belongs to this talk's side began after the talk before had ended."""
    before = Conversation.objects.filter(contact_id=conversation.contact_id, pk__lt=conversation.pk)
    return before.order_by("-pk").values_list("closed_at", flat=True).first()


def other_sides(conversation: Conversation) -> list[str]:
    """Who else has spoken through this account, in earlier talks: labels."""
    before = Conversation.objects.filter(contact_id=conversation.contact_id, pk__lt=conversation.pk)
    known = before.exclude(speaker__in=("", Speaker.UNKNOWN)).exclude(speaker=conversation.speaker)
    return [
        str(Speaker(value).label)
        for value in known.order_by("speaker").values_list("speaker", flat=True).distinct()
    ]


def claim_left(limit: int) -> list[Job]:
    """Friends whose talk has ended while it was known who spoke: from then on it is not."""
    is_talking = Conversation.objects.open().values("contact")
    with walls.everywhere():
        left = Contact.objects.exclude(speaker="").exclude(pk__in=is_talking)
        return [Job(pk, 1) for pk in left.values_list("pk", flat=True)[:limit]]


@transaction.atomic
def forget_speaker(contact_id: int) -> None:
    contact = threads.locked(contact_id)
    if not Conversation.objects.filter(contact=contact).open().exists():
        contacts.note_speaker(None, contact, "")
