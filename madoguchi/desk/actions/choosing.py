"""A friend chooses by a tap how to wait: now, later, at a booked time, or not today. One queue, three promises.

The contact is locked by the caller, then the talk, and the reception last, so that two who book one slot are counted one after
the other. Whatever is pressed late or twice changes nothing more and is answered kindly.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction

from madoguchi.audit.actions import record
from madoguchi.channels.line import messages
from madoguchi.channels.line.body import JsonObject
from madoguchi.channels.line.events import Event
from madoguchi.contacts.models import Contact
from madoguchi.core import clock
from madoguchi.desk import asking_who, choices, hours, lines, offering, place, slots
from madoguchi.desk.actions.ending import stop
from madoguchi.desk.actions.intake import reception_of
from madoguchi.desk.actions.moving import move
from madoguchi.desk.choices import Act, Press
from madoguchi.desk.models import Conversation, Intake, Promise, Reception, State
from madoguchi.threads import actions as threads


def pressed_words(data: str) -> str:
    """What a press said, for the thread; empty when it is none of these buttons."""
    press = choices.read(data)
    if press is None:
        return ""
    if press.act is Act.SLOT and press.moment:
        return f"{hours.spoken(press.moment, clock.now())}を予約する"
    return choices.NAMES[press.act]


@transaction.atomic
def choose(contact: Contact, event: Event) -> bool:
    """Do what the button says. False: it is none of these. The contact is locked by the caller."""
    if event.postback is None or not event.postback.data.startswith(choices.PREFIX):
        return False
    press = choices.read(event.postback.data)
    conversation = _conversation(contact, press) if press else None
    if press is None or conversation is None:
        _say(contact, event, choices.NOT_YOURS)
    elif press.act in SHOWING:
        SHOWING[press.act](_Chosen(conversation, event, press))
    elif conversation.state == State.CLOSED:
        _say(contact, event, choices.ENDED)
    elif conversation.is_held:
        _say(contact, event, choices.IS_HELD)
    else:
        ACTS[press.act](_Chosen(conversation, event, press))
    return True


def still_offered(conversation: Conversation) -> list[JsonObject]:
    """Buttons to choose how to wait, for what is said meanwhile: under a newer message LINE shows the older ones no more."""
    if conversation.state != State.WAITING or conversation.grave_at is not None:
        return []
    reception = reception_of(conversation.contact.channel)
    intake = hours.intake(reception)
    if conversation.promise:
        return choices.buttons(conversation.first_message_id, [Act.CHOOSE])
    if not reception.offers_choices or intake == Intake.OPEN:
        return []
    first, acts = conversation.first_message_id, choices.offered(reception, intake)
    offers = offering.how_to_wait(conversation.contact.channel, first, acts, conversation.speaker)
    return offering.at_a_glance(offers, first, Act.MORE)


def _conversation(contact: Contact, press: Press) -> Conversation | None:
    """Only the friend's own."""
    rows = Conversation.objects.select_for_update(of=("self",))
    found = rows.filter(contact=contact, first_message_id=press.first_message).first()
    if found is not None:
        found.contact = contact
    return found


class _Chosen:
    """One press on a waiting talk, and how it is answered."""

    def __init__(self, conversation: Conversation, event: Event, press: Press) -> None:
        self.conversation, self.event, self.press = conversation, event, press
        self.contact = conversation.contact
        self.reception: Reception = reception_of(self.contact.channel)
        self.now = clock.now()

    @property
    def first(self) -> int:
        return self.press.first_message

    @property
    def may_wait(self) -> bool:
        """Nobody whose words are a grave sign is asked to wait or to leave."""
        return self.conversation.state == State.WAITING and self.conversation.grave_at is None

    @property
    def asks_who(self) -> bool:
        return self.contact.channel.asks_speaker and not self.conversation.speaker

    def offers(self, acts: Sequence[Act]) -> list[JsonObject]:
        return offering.how_to_wait(self.contact.channel, self.first, acts, self.conversation.speaker)

    def say(self, words: str, acts: Sequence[Act] = ()) -> None:
        offers = offering.at_a_glance(self.offers(acts), self.first, Act.MORE) if acts else []
        _say(self.contact, self.event, words, offers)

    def agree(self, words: str, acts: Sequence[Act]) -> None:
        """How to wait is settled: now it is asked who is speaking, if that is not known."""
        if not self.asks_who:
            self.say(words, acts)
            return
        offers = offering.at_a_glance(offering.who_speaks(self.first, acts), self.first, Act.REST)
        _say(self.contact, self.event, asking_who.asked(words), offers)

    def promise(self, promise: Promise, at: datetime | None = None) -> None:
        """The same promise again is no change."""
        talk = self.conversation
        if (talk.promise, talk.promised_at) != (promise, at):
            move(talk, State.WAITING, promise=promise, promised_at=at)
            record(None, "desk.promise", talk, promise=promise)


def _wait(chosen: _Chosen) -> None:
    chosen.promise(Promise.NOW)
    if hours.intake(chosen.reception) in (Intake.OPEN, Intake.FULL):
        chosen.agree(choices.WAITS, [Act.ASK, Act.CHOOSE])
        return
    opens = hours.reopens_at(chosen.reception, chosen.now)
    words = choices.WAITS_FOR_OPENING if opens else choices.WAITS_NOT_KNOWN
    chosen.agree(words.format(when=hours.spoken(opens, chosen.now) if opens else ""), [Act.CHOOSE])


def _later(chosen: _Chosen) -> None:
    """A promise that stands is kept as it is: asking twice moves nobody back."""
    talk, reception = chosen.conversation, _locked(chosen.reception)
    stands = talk.promised_at if talk.promise == Promise.LATER else None
    moment = stands if stands and stands > chosen.now else slots.later(reception, chosen.now)
    if moment is None:
        chosen.say(choices.LATER_NOT_POSSIBLE, _offered_without(chosen, Act.LATER))
        return
    chosen.promise(Promise.LATER, moment)
    _agreed(chosen, choices.LATER, moment)


def _book(chosen: _Chosen, words: str = "") -> None:
    free = list(
        islice(slots.free(chosen.reception, chosen.now, chosen.press.moment), choices.SLOTS_A_PAGE + 1)
    )
    if not free:
        chosen.say(choices.NO_SLOT, _offered_without(chosen, Act.BOOK))
        return
    buttons = choices.slot_buttons(chosen.press.first_message, free, chosen.now)
    asked = choices.WHICH_SLOT.format(minutes=chosen.reception.slot_minutes)
    _say(chosen.contact, chosen.event, words or asked, buttons)


def _slot(chosen: _Chosen) -> None:
    slot, talk = chosen.press.moment, chosen.conversation
    is_booked_already = talk.promise == Promise.BOOKED and talk.promised_at == slot
    if slot is None or not (is_booked_already or slots.is_free(_locked(chosen.reception), slot, chosen.now)):
        chosen.press = Press(chosen.press.first_message, Act.BOOK, None)
        _book(chosen, choices.SLOT_GONE)
        return
    chosen.promise(Promise.BOOKED, slot)
    _agreed(chosen, choices.BOOKED, slot)


def _agreed(chosen: _Chosen, template: str, moment: datetime) -> None:
    """An old button under a grave talk still says when somebody wants an answer; it stands in the queue all the same, and that is
    said too."""
    words = template.format(when=hours.spoken(moment, chosen.now))
    if chosen.may_wait:
        chosen.agree(words, [Act.CHOOSE])
    else:
        chosen.agree(f"{words}\n{choices.READ_BEFORE}", [])


def _stop(chosen: _Chosen) -> None:
    """Whose words were held to be grave is still read by a person; all others end here, as missed when nobody ever answered."""
    told = lines.told(chosen.reception.organisation_id, chosen.contact)
    if chosen.conversation.grave_at is not None:
        chosen.say(choices.STOPPED_BUT_READ.format(lines=told))
        return
    stop(chosen.conversation)
    chosen.say(choices.STOPPED.format(lines=told))


def _ask(chosen: _Chosen) -> None:
    """Told when it is asked for, and not again by itself."""
    talk = chosen.conversation
    if talk.promised_at is not None:
        words = choices.LATER if talk.promise == Promise.LATER else choices.BOOKED
        chosen.say(words.format(when=hours.spoken(talk.promised_at, chosen.now)), [Act.CHOOSE])
    elif hours.intake(chosen.reception) not in (Intake.OPEN, Intake.FULL):
        _wait(chosen)
    else:
        chosen.say(place.words(place.of(talk, chosen.now)), [Act.NEAR, Act.CHOOSE])


def _near(chosen: _Chosen) -> None:
    talk = chosen.conversation
    if talk.near_asked_at is None:
        talk.near_asked_at = chosen.now
        talk.save(update_fields=["near_asked_at"])
    chosen.say(choices.NEAR_ASKED, [Act.CHOOSE])


def _choose(chosen: _Chosen) -> None:
    chosen.say(choices.CHOOSE, choices.offered(chosen.reception, hours.intake(chosen.reception)))


def _more(chosen: _Chosen) -> None:
    """What had no place beside the ways to wait; of a talk that waits no more, what is left to tap."""
    offered = choices.offered(chosen.reception, hours.intake(chosen.reception)) if chosen.may_wait else []
    offers = chosen.offers(offered)
    _say(chosen.contact, chosen.event, choices.MORE, offering.others(offers) if offered else offers)


def _rest(chosen: _Chosen) -> None:
    """What had no place beside who is speaking; the ways to be safe however the talk stands."""
    acts = [Act.CHOOSE] if chosen.may_wait and chosen.conversation.promise else []
    who = offering.others(offering.who_speaks(chosen.first, acts))
    _say(chosen.contact, chosen.event, choices.MORE, who if chosen.asks_who else chosen.offers(acts))


def _who(chosen: _Chosen) -> None:
    _say(chosen.contact, chosen.event, asking_who.QUESTION, asking_who.who())


def _offered_without(chosen: _Chosen, act: Act) -> list[Act]:
    intake = hours.intake(chosen.reception)
    return [one for one in choices.offered(chosen.reception, intake) if one is not act]


def _locked(reception: Reception) -> Reception:
    found = Reception.objects.select_for_update(of=("self",)).get(pk=reception.pk)
    found.channel = reception.channel
    return found


def _say(contact: Contact, event: Event, words: str, buttons: Sequence[JsonObject] = ()) -> None:
    payload = messages.text(words)
    if buttons:
        payload = messages.with_quick_replies(payload, buttons)
    threads.say(contact, "text", {"text": words}, payload, reply_to=event)


ACTS: dict[Act, Callable[[_Chosen], None]] = {
    Act.WAIT: _wait,
    Act.LATER: _later,
    Act.BOOK: _book,
    Act.SLOT: _slot,
    Act.STOP: _stop,
    Act.ASK: _ask,
    Act.NEAR: _near,
    Act.CHOOSE: _choose,
}
SHOWING: dict[Act, Callable[[_Chosen], None]] = {
    Act.MORE: _more,
    Act.REST: _rest,
    Act.WHO: _who,
}  # at any time
