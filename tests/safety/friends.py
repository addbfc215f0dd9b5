"""A friend's words and presses through the router, as the worker brings them."""

from typing import Any

from django.db import transaction

from madoguchi.channels.line.events import Event
from madoguchi.contacts.models import Contact
from madoguchi.desk.models import Conversation
from madoguchi.inbox import router
from madoguchi.threads.models import Message, MessageQuerySet
from tests.people import Town, event, text


def comes(town: Town, what: Event) -> Contact:
    with transaction.atomic():
        _meaning, contact = router.route(town.channel, what)
    assert contact is not None
    return Contact.objects.select_related("channel").get(pk=contact.pk)


def says(town: Town, words: str, **how: Any) -> Contact:
    return comes(town, text(words, **how))


def presses(town: Town, data: str) -> Contact:
    return comes(town, event("postback", postback={"data": data}, replyToken="r" * 32))


def talk_of(contact: Contact) -> Conversation:
    return Conversation.objects.filter(contact=contact).latest("pk")


def said_to(contact: Contact) -> MessageQuerySet:
    return (
        Message.objects.of(contact).exclude(author_kind="friend").select_related("contact").order_by("number")
    )


def words_to(contact: Contact, *states: str) -> list[str]:
    """What we said, or what of it is in these states."""
    found = said_to(contact).filter(state__in=states) if states else said_to(contact)
    return [str(message.content.get("text", "")) for message in found]
