"""Who is speaking in a talk: said by a button or by staff, kept on the talk, on the friend, and on what was answered since the
last talk ended, so that sides of one account do not see each other."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.module_loading import import_string

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.line import messages
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact, Speaker
from madoguchi.contacts.wishes import Cause, may_write_now
from madoguchi.core import clock, live, walls
from madoguchi.core.compiled import Compiled
from madoguchi.core.work import Job
from madoguchi.desk import asking_who, offering
from madoguchi.desk.actions.moving import NotNow, NotYours, held, told, watched
from madoguchi.desk.choices import Act
from madoguchi.desk.models import Conversation, State
from madoguchi.surveys import actions as surveys
from madoguchi.threads import actions as threads
from madoguchi.threads.models import Message


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


@transaction.atomic
def ask_who(actor: User, conversation_id: int) -> None:
    """Who holds the talk asks the friend who is speaking, with the buttons of the first answer. Raises NotNow when that is known,
    when it was the last thing said, and when nothing may be written to this friend now."""
    mine = Conversation.objects.filter(organisation_id=actor.organisation_id, pk=conversation_id)
    contact_id = mine.values_list("contact_id", flat=True).first()
    if contact_id is None:
        raise NotYours
    contact = threads.locked(contact_id)
    conversation = held(actor, conversation_id)
    may_ask = may_write_now(contact, Cause.ANSWER, clock.of_database()).may_go
    if conversation.speaker or not may_ask or _is_asked(contact):
        raise NotNow
    first, words = conversation.first_message_id, asking_who.QUESTION
    with translation.override(settings.LANGUAGE_CODE):  # the friend's, not the actor's
        offers = offering.at_a_glance(offering.who_speaks(first, []), first, Act.REST)
    payload = messages.with_quick_replies(messages.text(words), offers)
    conversation.last_message = threads.say(contact, "text", {"text": words}, payload, cause=Cause.ANSWER)
    conversation.save(update_fields=["last_message"])
    record(actor, "desk.ask_who", conversation)
    told(conversation, to_all=False)


def _is_asked(contact: Contact) -> bool:
    """Under a newer word of anybody the buttons are gone from the phone."""
    last = Message.objects.of(contact).order_by("-number").first()
    if last is None or last.kind != "text":
        return False
    last.contact = contact
    return str(last.content.get("text", "")).endswith(asking_who.QUESTION)


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
    found = _earlier_speakers(conversation.contact_id, conversation.pk)
    return [str(Speaker(speaker).label) for speaker in found if speaker != conversation.speaker]


_earlier_speakers = Compiled(
    lambda contact, before: (
        Conversation.objects.filter(contact_id=contact, pk__lt=before)
        .exclude(speaker__in=("", Speaker.UNKNOWN))
        .order_by("speaker")
        .values_list("speaker", flat=True)
        .distinct()
    )
)


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
