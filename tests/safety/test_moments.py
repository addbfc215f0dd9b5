"""What a wish means for what was said before, and for what appears without being said."""

import uuid
from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now

from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.safety import actions as safety
from madoguchi.threads.actions import holding, outbox, read, typing
from madoguchi.threads.models import Message, ReadMark, State, TypingSign
from tests.people import Town, event
from tests.safety.friends import comes, presses, says, talk_of
from tests.safety.test_wishes import quiet_now


@pytest.fixture
def contact(town: Town) -> Contact:
    """A friend whose talk Sato holds."""
    contact = says(town, "きいてほしい")
    desk.take(town.sato, talk_of(contact).pk)
    Message.objects.of(contact).update(due_at=None)
    return contact


def insisted(town: Town, contact: Contact) -> Message:
    quiet_now(contact)
    return desk.reply_text(town.sato, talk_of(contact).pk, "いますぐ", uuid.uuid4(), insists="danger")


def begins(message: Message) -> bool:
    """Whether LINE would be asked now."""
    sending = [outbox.begin(job) for job in outbox.claim_messages(10)]
    message.refresh_from_db()
    return any(sending)


@pytest.mark.parametrize(("minutes", "goes"), [(50, True), (70, False)])
def test_a_reason_to_write_outside_the_hours_holds_for_an_hour(
    town: Town, contact: Contact, minutes: int, goes: bool
) -> None:
    said = insisted(town, contact)
    Message.objects.filter(pk=said.pk).update(queued_at=F("queued_at") - timedelta(minutes=minutes))
    assert begins(said) is goes
    assert (said.state == State.HELD) is not goes
    assert said.cause == ("insisted" if goes else "answer")


def test_who_sends_again_what_was_insisted_on_is_asked_for_a_reason_anew(
    town: Town, contact: Contact
) -> None:
    said = insisted(town, contact)
    Message.objects.filter(pk=said.pk).update(state=State.FAILED, due_at=None)
    desk.resend(town.sato, talk_of(contact).pk, said.number)
    assert not begins(said)
    assert said.held_because == "hours"
    assert desk.send_held(town.sato, talk_of(contact).pk, said.number, "promised")


def test_a_beacon_that_is_passed_says_of_nobody_that_they_are_there(town: Town, contact: Contact) -> None:
    quiet_now(contact)
    found = comes(town, event("beacon", beacon={"hwid": "d41d8cd98f", "type": "enter"}))
    assert clock.of_database() - found.active_at > timedelta(hours=4)
    assert clock.of_database() - presses(town, "c:menu").active_at < timedelta(minutes=1)


def test_what_waits_for_hours_is_looked_at_when_they_change(town: Town, contact: Contact) -> None:
    quiet_now(contact)
    held = desk.reply_text(town.sato, talk_of(contact).pk, "あとで", uuid.uuid4())
    assert (held.state, holding.claim_held(5)) == (State.HELD, [])
    safety.set_hours(town.sato, talk_of(contact).pk, None, None)
    (job,) = holding.claim_held(5)
    holding.look_again(job.pk)
    held.refresh_from_db()
    assert held.state == State.QUEUED


def test_what_was_written_before_a_quiet_name_was_asked_for_goes_under_it(
    town: Town, contact: Contact
) -> None:
    said = desk.reply_text(town.sato, talk_of(contact).pk, "こんにちは", uuid.uuid4())
    assert "sender" not in said.payload
    presses(town, "c:quiet")
    first = next(outbox.begin(job) for job in outbox.claim_messages(10))
    assert first is not None
    assert first.payload["sender"] == {"name": "お知らせ"}
    said.refresh_from_db()
    contacts.keep_quiet(None, Contact.objects.get(pk=contact.pk), is_quiet=False)
    assert said.payload["sender"]["name"] == "お知らせ"  # from the first attempt on it stays as it is


@pytest.mark.parametrize("is_harmless", [False, True])
def test_what_is_read_outside_the_hours_shows_as_read_when_they_begin(
    town: Town, contact: Contact, is_harmless: bool
) -> None:
    says(town, "よんで", markAsReadToken="t" * 20)
    quiet_now(contact, **({"harmless_since": clock.now()} if is_harmless else {}))
    desk.read(town.sato, talk_of(contact).pk, talk_of(contact).last_message.number)
    (job,) = read.claim_read_marks(5)
    assert read.begin_read_mark(job) is None
    mark = ReadMark.objects.filter(contact=contact).first()
    if is_harmless:
        assert mark is None  # whoever reads after that marks it anew
        return
    assert mark is not None
    assert mark.due_at is not None
    assert mark.due_at > clock.of_database() + timedelta(hours=1)
    Contact.objects.filter(pk=contact.pk).update(active_at=Now())
    ReadMark.objects.update(due_at=Now())
    (job,) = read.claim_read_marks(5)
    assert read.begin_read_mark(job) is not None


def test_dots_that_were_on_their_way_do_not_show_on_a_harmless_telephone(
    town: Town, contact: Contact
) -> None:
    desk.show_typing(town.sato, talk_of(contact).pk)
    assert TypingSign.objects.filter(contact=contact, due_at__isnull=False).exists()
    says(town, "画面をかえる")
    (job,) = typing.claim_typing(5)
    assert typing.begin_typing(job) is None
