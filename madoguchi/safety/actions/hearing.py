"""What a friend presses or says to be safe, in the transaction of its event and with the contact locked.

While a thread is harmless nobody's words are an answer to anything: they are kept, the desk hears them, and what comes back is
a harmless text. The rule that nothing else goes out is not here but where every message passes (contacts.wishes).
"""

from datetime import time

from django.utils.translation import gettext as _

from madoguchi.channels import harmless
from madoguchi.channels.line import messages, templates
from madoguchi.channels.line.body import JsonObject
from madoguchi.channels.line.events import Event
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Cause
from madoguchi.core import live
from madoguchi.desk import actions as desk
from madoguchi.desk import asking_who
from madoguchi.desk.models import Conversation
from madoguchi.safety import menu, presses
from madoguchi.safety.presses import Pressed, Wish
from madoguchi.threads import actions as threads
from madoguchi.threads.models import Message

HOURS = {
    Wish.AFTER_SCHOOL: (time(15), time(18)),
    Wish.EVENING: (time(17), time(21)),
    Wish.DAYTIME: (time(9), time(15)),
    Wish.ANY_TIME: (None, None),
}


def hear(contact: Contact, event: Event, message: Message, talk: Conversation | None) -> bool:
    """A message of the friend's. False: it has nothing to do with safety, and means what it says."""
    words = str(message.content.get("text", "")) if message.kind == "text" else ""
    was_harmless = contact.harmless_since is not None
    if words and contacts.is_agreed_word(contact, words):
        _turn(contact, event)
    elif was_harmless:
        _say_harmless(contact, event)
    elif words and contact.sealed_safety and contact.secret.awaits:
        _agree(contact, event, words)
    elif pressed := presses.heard(words):
        _do(contact, event, pressed, talk)
    else:
        return False
    if talk is not None or (was_harmless and contact.harmless_since is not None):
        desk.hear(contact, event, message, talk)  # what is said while harmless may be a call for help
    _tell(contact)
    return True


def press(contact: Contact, event: Event, data: str) -> bool:
    """A button was pressed. False: none of ours, and the thread is not harmless."""
    pressed = presses.read(data)
    if contact.harmless_since is not None:
        _pressed_while_harmless(contact, event, pressed)
        return True
    if pressed is None:
        return False
    _do(contact, event, pressed, desk.open_talk(contact))
    if pressed.what == "hide":
        _tell(contact)
    return True


def shown_words(data: str, contact: Contact) -> str:
    """What a press said, for the thread; empty: it is none of ours."""
    match presses.read(data):
        case Pressed(what="who", value=value):
            return dict(asking_who.choices()).get(value, "")
        case Pressed(what="hide"):
            return _("画面をかえる")
        case Pressed(what="text", number=number):
            texts = harmless.texts_of(contact.channel)
            return texts[number % len(texts)].label
        case Pressed(what="wish", value=value):
            return menu.label(Wish(value))
    return ""


def _tell(contact: Contact) -> None:
    """Every desk looks at once: at the talk, at its holder's list, at who waits."""
    topics = (f"{kind}-{contact.pk}" for kind in ("contact", "beside", "trouble"))
    live.publish(*topics, f"desk-{contact.organisation_id}")


def _do(contact: Contact, event: Event, pressed: Pressed, talk: Conversation | None) -> None:
    match pressed.what:
        case "who":
            if desk.hear_who(contact, talk, pressed.value) and talk is not None:
                _answer(contact, event, _("わかりました。このまま書いてください。"), desk.still_offered(talk))
        case "hide":
            _turn(contact, event)
        case "text":
            _say_harmless(contact, event, pressed.number)
        case _:
            _wish(contact, event, Wish(pressed.value))


def _turn(contact: Contact, event: Event) -> None:
    """Harmless, or back."""
    if contact.harmless_since is None:
        contacts.turn_harmless(contact)
        threads.hold_all(contact)
        _say_harmless(contact, event)
    else:
        contacts.turn_back(None, contact)
        _answer(contact, event, menu.BACK, cause=Cause.HARMLESS)


def _pressed_while_harmless(contact: Contact, event: Event, pressed: Pressed | None) -> None:
    number = pressed.number if pressed and pressed.what == "text" else -1
    if contacts.tap_way_back(contact, number):
        _turn(contact, event)
        _tell(contact)
    else:
        _say_harmless(contact, event, number)


def _say_harmless(contact: Contact, event: Event, number: int = -1) -> None:
    """The harmless text that was asked for, or the next one."""
    texts = harmless.texts_of(contact.channel)
    chosen = texts[(number if number >= 0 else contact.last_number) % len(texts)]
    buttons = [
        templates.postback_action(one.label, f"h:{place}", display_text=one.label)
        for place, one in enumerate(texts)
    ]
    payload = messages.with_quick_replies(messages.text(chosen.text), buttons)
    threads.say(contact, "text", {"text": chosen.text}, payload, reply_to=event, cause=Cause.HARMLESS)


def _agree(contact: Contact, event: Event, words: str) -> None:
    try:
        contacts.agree_on_word(None, contact, words, contact.secret.way_back)
    except contacts.UnfitWish:
        _answer(contact, event, menu.WORD_UNFIT)
        return
    _answer(contact, event, menu.WORD_AGREED)


def _wish(contact: Contact, event: Event, wish: Wish) -> None:
    match wish:
        case Wish.ANY_TIME | Wish.AFTER_SCHOOL | Wish.EVENING | Wish.DAYTIME:
            contacts.keep_hours(None, contact, *HOURS[wish])
            threads.ask_anew(contact)
        case Wish.SILENT | Wish.NOT_SILENT:
            contacts.keep_silent(None, contact, is_silent=wish is Wish.SILENT)
        case Wish.QUIET | Wish.NOT_QUIET:
            contacts.keep_quiet(None, contact, is_quiet=wish is Wish.QUIET, name=contact.secret.name)
        case Wish.WORD:
            contacts.await_word(contact, awaits=True)
    _answer(
        contact, event, menu.answer(wish, contact), menu.buttons(contact) if wish is not Wish.WORD else []
    )


def _answer(
    contact: Contact,
    event: Event,
    words: str,
    buttons: list[JsonObject] | None = None,
    cause: Cause = Cause.ANSWER,
) -> None:
    payload = messages.text(words)
    if buttons:
        payload = messages.with_quick_replies(payload, buttons)
    threads.say(contact, "text", {"text": words}, payload, reply_to=event, cause=cause)
