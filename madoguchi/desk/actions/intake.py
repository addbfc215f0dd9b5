"""A friend's word reaches the desk: a conversation opens once, is answered by itself once, and raises its alert."""

from collections.abc import Sequence

from django.db import connection, transaction

from madoguchi.audit.actions import record
from madoguchi.channels.line import messages
from madoguchi.channels.line.body import JsonObject
from madoguchi.channels.line.events import Event
from madoguchi.channels.models import Channel
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.core import clock, live
from madoguchi.core.compiled import Compiled
from madoguchi.desk import asking_who, choices, hours, offering, texts
from madoguchi.desk.actions.moving import told, wait_for_next
from madoguchi.desk.models import (
    HELD,
    Alert,
    AlertKind,
    Conversation,
    Intake,
    Prepared,
    PreparedState,
    Reception,
    State,
)
from madoguchi.signs import marks
from madoguchi.surveys import actions as surveys
from madoguchi.threads import actions as threads
from madoguchi.threads.models import Message

CALL_AGAIN_SECONDS = 60


@transaction.atomic
def reception(channel: Channel) -> Reception:
    """The channel's reception, to look at."""
    return reception_of(channel)


def reception_of(channel: Channel) -> Reception:
    """The channel's reception; made with the default texts when it is asked for first. Not locked: newcomers would wait for
    one another from their first word on."""
    defaults = {"organisation_id": channel.organisation_id, "greeting": texts.GREETING}
    defaults |= {"open_text": texts.OPEN, "full_text": texts.FULL, "closed_text": texts.CLOSED}
    defaults |= {"paused_text": texts.PAUSED, "quiet_text": texts.QUIET, "missed_text": texts.MISSED}
    found, _is_new = Reception.objects.get_or_create(channel=channel, defaults=defaults)
    found.channel = channel
    return found


def _next_number(channel: Channel) -> int:
    """The number of a new conversation, without gaps; the reception is locked from here to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE desk_reception SET last_number = last_number + 1 WHERE channel_id = %s RETURNING last_number",
            [channel.pk],
        )
        return int(cursor.fetchone()[0])


def open_talk(contact: Contact) -> Conversation | None:
    """The friend's open conversation, locked. The contact is locked by the caller."""
    rows = Conversation.objects.select_for_update(of=("self",)).filter(contact=contact).open()
    found = next(iter(rows), None)
    if found is not None:
        found.contact = contact
    return found


def hear(
    contact: Contact, event: Event | None, message: Message, conversation: Conversation | None
) -> Conversation:
    """A message of the friend: into the open conversation (`open_talk`), or a new one. The contact is locked by the caller.

    `event`: what brought it; None: it was written on a page, and no answer by itself appears on the phone."""
    is_new = conversation is None
    if conversation is None:
        conversation = _open(contact, event, message)
    else:
        _go_on(conversation, message)
    is_grave = _raise_alert(conversation, message)
    told(conversation, to_all=is_grave or is_new)
    return conversation


@transaction.atomic
def hear_on_a_page(contact: Contact, words: str) -> Message | None:
    """Words that a friend wrote on a survey's page: when they are a grave sign, they stand in the thread and call a person,
    as they would in LINE. None: they are an answer and no more. The contact is locked by the caller."""
    if not marks.found(contact.organisation_id, words):
        return None
    message = threads.write_down(contact, "text", {"text": words})
    hear(contact, None, message, open_talk(contact))
    return message


HEARD = (
    "last_message",
    "friend_spoke_at",
    "last_spoke_at",
    "nudged_at",
    "state",
    "state_since",
    "version",
    "due_at",
    "leased_until",
)


def _go_on(conversation: Conversation, message: Message) -> None:
    """The friend's next word takes a talk back from hold and from wrapping up. A promise stands."""
    now = clock.now()
    is_first = conversation.friend_spoke_at is None  # since our last answer
    conversation.last_message, conversation.last_spoke_at = message, now
    conversation.friend_spoke_at = conversation.friend_spoke_at or now
    is_back = conversation.state in (State.HOLD, State.WRAP_UP)
    if is_back:
        conversation.state, conversation.state_since = State.LIVE, now
        conversation.version += 1
        live.publish(f"mine-{conversation.owner_id}")  # it may count towards the load again
    if conversation.state == State.LIVE and (is_first or is_back):  # from here on we owe the next word
        conversation.nudged_at = None
        wait_for_next(conversation)
    conversation.save(update_fields=HEARD)
    if _planned_for(conversation.contact_id):
        live.publish(f"beside-{conversation.contact_id}")  # it says now that it will not go by itself


_planned_for = Compiled(
    lambda contact: Prepared.objects.filter(contact_id=contact, state=PreparedState.PLANNED).values_list(
        "pk"
    )[:1]
)


def is_for_a_person(talk: Conversation | None, message: Message) -> bool:
    """Whether this is never an answer to a survey: somebody holds the talk, or the words are a grave sign."""
    is_held = talk is not None and talk.state in HELD
    return is_held or bool(_signs_in(message))


def unsaid(contact: Contact) -> None:
    """The friend took something back: it also leaves the lists that show a last line."""
    conversation = Conversation.objects.filter(contact=contact).open().first()
    if conversation is not None:
        told(conversation, to_all=conversation.state == State.WAITING)


def _open(contact: Contact, event: Event | None, message: Message) -> Conversation:
    contacts.note_speaker(None, contact, "")  # a new talk: whoever it is has not said so yet
    reception = reception_of(contact.channel)
    intake = hours.intake(reception)
    answer = _answer_by_itself(contact, event, reception, intake, message) if event else None
    now = clock.now()
    conversation = Conversation(
        organisation_id=contact.organisation_id,
        channel=contact.channel,
        contact=contact,
        first_message=message,
        last_message=message,
        automatic_answer=answer,
        friend_spoke_at=now,
        waiting_since=now,
        state_since=now,
        last_spoke_at=now,
        intake=intake,
    )
    conversation.modules = tuple(reception.modules)
    wait_for_next(conversation)
    conversation.number = _next_number(contact.channel)
    conversation.save()
    live.wake("deal")
    record(None, "desk.open", conversation, intake=intake)
    return conversation


def _answer_by_itself(
    contact: Contact, event: Event, reception: Reception, intake: Intake, first: Message
) -> Message | None:
    """One question at a time: how to wait where nobody can answer at once, else who is speaking."""
    template = texts.automatic(reception, intake)
    acts = _choices(reception, intake, first)
    if not acts and contact.channel.asks_speaker and template.strip():
        template = asking_who.asked(template)
        offers, more = offering.who_speaks(first.pk, []), choices.Act.REST
    else:
        offers, more = offering.how_to_wait(contact.channel, first.pk, acts, ""), choices.Act.MORE
    buttons = offering.at_a_glance(offers, first.pk, more)
    return _say_template(contact, event, reception, intake, template, buttons)


def _choices(reception: Reception, intake: Intake, first: Message) -> list[choices.Act]:
    """What may be chosen when nobody can answer at once. Nobody whose words are a grave sign is asked to wait or to leave."""
    if (
        not reception.offers_choices
        or (intake == Intake.OPEN and not _is_long(reception))
        or _signs_in(first)
    ):
        return []
    return choices.offered(reception, intake)


def _is_long(reception: Reception) -> bool:
    most = reception.offers_from
    queue = Conversation.objects.filter(
        organisation_id=reception.organisation_id, channel_id=reception.channel_id
    )
    return bool(most) and queue.filter(state=State.WAITING)[:most].count() >= most


def greet(contact: Contact, event: Event) -> Message | None:
    """The greeting to someone who added or unblocked the account; none in mid-talk, where the thread shows the unblocking."""
    if event.is_unblocked and Conversation.objects.filter(contact=contact).open().exists():
        return None
    reception = reception_of(contact.channel)
    intake, buttons = hours.intake(reception), surveys.invitation(contact.channel)
    return _say_template(contact, event, reception, intake, reception.greeting, buttons)


def _say_template(
    contact: Contact,
    event: Event,
    reception: Reception,
    intake: Intake,
    template: str,
    buttons: Sequence[JsonObject] = (),
) -> Message | None:
    """Send a text with its variables filled in; staff see the name's placeholder. An empty text sends nothing."""
    if not template.strip() or event.is_standby:
        return None
    shown, sent = worded(contact, reception, intake, template)
    payload = messages.text(sent)
    if buttons:
        payload = messages.with_quick_replies(payload, buttons)
    return threads.say(contact, "text", {"text": shown}, payload, reply_to=event)


def worded(contact: Contact, reception: Reception, intake: Intake, template: str) -> tuple[str, str]:
    """A text with its variables filled in: as staff see it, where the name is a placeholder, and as the friend gets it."""
    name = contact.profile.get("name") or texts.NAME_NOT_KNOWN
    values = texts.values(reception, intake, name, template, contact)
    shown = texts.filled(template, {**values, "名前": texts.NAME_SHOWN_TO_STAFF})
    return shown, texts.filled(template, values)


def _signs_in(message: Message) -> list[str]:
    if message.kind != "text":
        return []
    return marks.rules_of(marks.found(message.organisation_id, str(message.content.get("text", ""))))


def raise_alert(conversation: Conversation, message: Message, kind: AlertKind, rules: list[str]) -> Alert:
    """It calls at once, and again until somebody answers for it."""
    live.wake("alert")
    return Alert.objects.create(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        message=message,
        kind=kind,
        rules=rules,
        due_at=clock.of_database() + clock.seconds(CALL_AGAIN_SECONDS),
    )


def _raise_alert(conversation: Conversation, message: Message) -> bool:
    """R8: the alert stands in the same transaction as the message that caused it. True when there is one."""
    rules = _signs_in(message)
    if not rules:
        return False
    alert = raise_alert(conversation, message, AlertKind.SIGN, rules)
    record(None, "desk.alert", alert, rules=rules)
    if conversation.grave_at is None:
        conversation.grave_at, conversation.version = alert.raised_at or clock.now(), conversation.version + 1
        wait_for_next(conversation)  # what is grave waits for no promised moment, and is ended by no clock
        conversation.save(update_fields=["grave_at", "version", "due_at", "leased_until"])
    return True
