"""What each kind of event means: event -> action, on one page. Every kind LINE has is here or is shown as not understood.

Runs in the transaction that ends the event. Only a private talk with a friend whose id is known enters a thread;
a group's or room's words never do, and an event without a user id is kept in the inbox and shown there.
"""

from madoguchi.channels.line.events import Event
from madoguchi.channels.models import Channel
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.core import live
from madoguchi.desk import actions as desk
from madoguchi.routing import actions as routing
from madoguchi.safety import actions as safety
from madoguchi.surveys import actions as surveys
from madoguchi.threads import actions as threads

NOTED = {"postback", "videoPlayComplete", "accountLink", "membership", "beacon"}
GROUP = "group"
WITHOUT_PERSON = "without_person"
REPEATED = "repeated"  # heard before, or taken back before it came
UNSEND = "unsend"
OF_ACCOUNT = {"module", "activated", "deactivated", "botSuspended", "botResumed", "delivery"}


def route(channel: Channel, event: Event) -> tuple[str, Contact | None]:
    """Give the event its one effect: (meaning for the inbox page, contact whose thread it entered)."""
    if event.group_id or event.source_kind in ("group", "room"):
        return GROUP, None
    if event.kind in OF_ACCOUNT:
        return "account", None
    if not event.is_private or event.user_id is None:
        return WITHOUT_PERSON, None
    contact = contacts.meet(channel, event.user_id)
    meaning = _in_thread(contact, event)
    if meaning != "message":  # the desk has told of that
        live.publish(f"contact-{contact.pk}")
    return meaning, contact


def _in_thread(contact: Contact, event: Event) -> str:
    match event.kind:
        case "message":
            return _message(contact, event)
        case "unsend":
            surveys.forget(threads.unsend(contact, event))
            desk.unsaid(contact)
            return UNSEND
        case "follow":
            return _follow(contact, event)
        case "unfollow":
            if contacts.unfollow(contact, event.happened_at or contact.first_seen_at):
                threads.note(contact, event, "unfollow")
            return "unfollow"
        case "postback":
            return _postback(contact, event)
        case kind:
            threads.note(contact, event, kind)
            return "noted" if kind in NOTED else "not_understood"


def _message(contact: Contact, event: Event) -> str:
    """A friend's word: for safety first, then a survey's answer, then the desk's."""
    message = threads.receive(contact, event)
    if message is None:
        return REPEATED
    talk = desk.open_talk(contact)
    if safety.hear(contact, event, message, talk):
        return "message"
    asked = surveys.asked_of(contact)
    if asked is not None and surveys.hear(
        asked, event, message, is_for_a_person=desk.is_for_a_person(talk, message)
    ):
        routing.answered(contact)
        return "answer"
    heard = desk.hear(contact, event, message, talk)
    if talk is None:
        routing.opened(heard)
    surveys.interrupt(asked)
    return "message"


def _postback(contact: Contact, event: Event) -> str:
    """A button was pressed: kept in the thread like a word; an answer when it is a survey's, a choice when it is the desk's."""
    postback = event.postback
    shape: dict[str, object] = {"data": postback.data, "params": postback.params} if postback else {}
    said = postback.data if postback else ""
    shown = (
        safety.shown_words(said, contact) or surveys.pressed_words(contact, said) or desk.pressed_words(said)
    )
    message = threads.note(contact, event, "postback", shape | ({"shown": shown} if shown else {}))
    if safety.press(contact, event, said):
        routing.answered(contact)  # it may have said who is speaking
        return "postback"
    if surveys.press(contact, event, message):
        routing.answered(contact)
        return "answer"
    return "choice" if desk.choose(contact, event) else "postback"


def _follow(contact: Contact, event: Event) -> str:
    if not contacts.follow(contact, event.happened_at or contact.first_seen_at):
        return "overtaken"
    threads.note(contact, event, "follow", {"is_unblocked": event.is_unblocked})
    desk.greet(contact, event)
    return "follow"
