"""The word or the button that turns a thread harmless, and what comes back."""

import uuid

import pytest
from django.db import transaction

from madoguchi.channels.line.outcome import Accepted, Again
from madoguchi.channels.line.reasons import Reason
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation, Outcome
from madoguchi.safety import actions as safety
from madoguchi.threads.actions import outbox
from madoguchi.threads.models import Message, State
from tests.people import Town
from tests.safety.friends import presses, said_to, says, talk_of, words_to


@pytest.fixture
def contact(town: Town) -> Contact:
    """A friend whose talk Sato holds, with an agreed word, whose second harmless text leads back."""
    contact = says(town, "きいてほしい")
    desk.take(town.sato, talk_of(contact).pk)
    safety.set_word(town.sato, talk_of(contact).pk, "さくらもち", 1)
    Message.objects.of(contact).update(due_at=None)
    return Contact.objects.select_related("channel").get(pk=contact.pk)


def reply(town: Town, contact: Contact, words: str = "だいじょうぶですか") -> Message:
    return desk.reply_text(town.sato, talk_of(contact).pk, words, uuid.uuid4())


@pytest.mark.parametrize("words", ["さくらもち", " サクラモチ！", "さくら もち。", "画面をかえる"])
def test_the_agreed_word_however_it_is_spelt_brings_a_harmless_text_at_once(
    town: Town, contact: Contact, words: str
) -> None:
    contact = says(town, words)
    assert contact.harmless_since is not None
    newest = said_to(contact).last()
    assert newest is not None
    assert "お知らせ" in newest.content["text"]
    assert (newest.cause, newest.state) == ("harmless", State.QUEUED)


def test_another_word_or_nobodys_word_turns_nothing(town: Town, contact: Contact) -> None:
    assert says(town, "さくらもちを食べた").harmless_since is None
    assert says(town, "さくらもち", user="U" + "e" * 32).harmless_since is None


def test_what_was_on_its_way_and_what_is_written_after_waits_and_is_not_lost(
    town: Town, contact: Contact
) -> None:
    before = reply(town, contact, "前に書いた")
    contact = says(town, "さくらもち")
    after = reply(town, contact, "あとに書いた")
    assert words_to(contact, State.HELD) == ["前に書いた", "あとに書いた"]
    for job in outbox.claim_messages(10):
        sending = outbox.begin(job)
        assert sending is None or "お知らせ" in sending.payload["text"]
    before.refresh_from_db()
    assert (before.state, before.held_because, after.held_because) == ("held", "harmless", "harmless")


def test_a_claim_that_was_faster_is_kept_and_a_second_attempt_waits(town: Town, contact: Contact) -> None:
    said = reply(town, contact)
    (job,) = outbox.claim_messages(10)  # claimed before the word came, not begun
    contact = says(town, "さくらもち")
    assert outbox.begin(job) is None
    said.refresh_from_db()
    assert said.state == State.HELD
    contact = says(town, "さくらもち")
    assert desk.send_held(town.sato, talk_of(contact).pk, said.number)
    job = next(job for job in outbox.claim_messages(10) if job.pk == said.pk)
    assert outbox.begin(job) is not None  # under way when the word comes
    says(town, "さくらもち")
    outbox.end(job, Again(None, Reason.LINE_DOWN), was_reply=False)
    Message.objects.filter(pk=said.pk).update(due_at=said.said_at, leased_until=None)
    again = next(job for job in outbox.claim_messages(10) if job.pk == said.pk)
    assert outbox.begin(again) is None
    said.refresh_from_db()
    assert said.state == State.HELD


def test_an_attempt_that_was_under_way_keeps_what_came_of_it(town: Town, contact: Contact) -> None:
    said = reply(town, contact)
    (job,) = outbox.claim_messages(10)
    assert outbox.begin(job) is not None
    says(town, "さくらもち")
    outbox.end(job, Accepted("r", ({"id": "1"},)), was_reply=False)
    said.refresh_from_db()
    assert said.state == State.ACCEPTED


def test_a_harmless_text_goes_before_what_cannot_be_sent_just_now(town: Town, contact: Contact) -> None:
    reply(town, contact)
    (job,) = outbox.claim_messages(10)
    outbox.begin(job)  # on its way to LINE for some seconds more
    contact = says(town, "さくらもち")
    (now,) = outbox.claim_messages(10)
    sending = outbox.begin(now)
    assert sending is not None
    assert "お知らせ" in sending.payload["text"]


def test_whatever_is_said_or_pressed_gets_harmless_texts_and_the_desk_hears_it(
    town: Town, contact: Contact
) -> None:
    says(town, "さくらもち")
    contact = says(town, "だれと話してるの")
    contact = presses(town, "s:abc:q1:pick:1")
    newest = [message.cause for message in said_to(contact)][-3:]
    assert newest == ["harmless"] * 3
    talk = talk_of(contact)
    assert talk.friend_spoke_at is not None
    assert talk.last_message.number >= 1


def test_the_way_back_is_two_taps_in_a_row_on_the_text_that_was_agreed(town: Town, contact: Contact) -> None:
    says(town, "さくらもち")
    for press in ("h:1", "h:0", "h:1", "h:2"):
        assert presses(town, press).harmless_since is not None
    presses(town, "h:1")
    contact = presses(town, "h:1")
    assert contact.harmless_since is None
    assert contact.returned_at is not None


def test_after_the_way_back_a_person_decides_what_becomes_of_what_waited(
    town: Town, contact: Contact
) -> None:
    one, two = reply(town, contact, "一"), reply(town, contact, "二")
    says(town, "さくらもち")
    talk = talk_of(contact)
    assert not desk.send_held(town.sato, talk.pk, one.number, "danger")  # no reason is good enough
    contact = says(town, "さくらもち")
    assert words_to(contact, State.HELD) == ["一", "二"]
    assert desk.send_held(town.sato, talk.pk, one.number)
    desk.drop_held(town.sato, talk.pk, two.number)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, two.state) == (State.QUEUED, State.DROPPED)


def test_a_word_said_without_a_talk_opens_none(town: Town, contact: Contact) -> None:
    talk = talk_of(contact)
    desk.close(town.sato, talk.pk, Outcome.RESOLVED, through=None)
    contact = says(town, "さくらもち")
    assert contact.harmless_since is not None
    assert Conversation.objects.filter(contact=contact).count() == 1
    contact = says(town, "たすけて")  # what else is said may be a call for help
    assert Conversation.objects.filter(contact=contact).count() == 2
    assert [message.held_because for message in said_to(contact)][-2:] == ["", "harmless"]


def test_the_friend_agrees_on_a_word_by_the_menu(town: Town, contact: Contact) -> None:
    presses(town, "c:word")
    contact = says(town, "！")
    assert "2文字から" in words_to(contact)[-1]
    contact = says(town, "もんしろちょう")
    assert contacts.is_agreed_word(contact, "モンシロチョウ")
    assert not contacts.is_agreed_word(contact, "さくらもち")
    assert says(town, "もんしろちょう").harmless_since is not None


def test_the_agreed_word_lies_sealed(town: Town, contact: Contact) -> None:
    assert "さくらもち".encode() not in bytes(contact.sealed_safety or b"")
    assert contact.secret.word == "さくらもち"


def test_wishes_pressed_in_the_menu_are_kept(town: Town, contact: Contact) -> None:
    contact = presses(town, "c:h17-21")
    assert (str(contact.safe_from), str(contact.safe_until)) == ("17:00:00", "21:00:00")
    assert presses(town, "c:silent").is_silent
    contact = presses(town, "c:quiet")
    newest = said_to(contact).last()
    assert newest is not None
    assert newest.payload["sender"] == {"name": "お知らせ"}
    contact = presses(town, "c:loud")
    newest = said_to(contact).last()
    assert newest is not None
    assert "sender" not in newest.payload


def test_a_quiet_name_is_on_whatever_is_sent_and_a_repeated_key_is_still_the_same_message(
    town: Town, contact: Contact
) -> None:
    safety.set_texts(
        town.administrator, town.channel, asks_speaker=True, is_quiet=True, quiet_name="みどり文庫",
        quiet_icon="book", texts=[{"label": "本", "text": "新しい本が届きました。"}],
    )  # fmt: skip
    town.channel.refresh_from_db()
    talk, key = talk_of(contact), uuid.uuid4()
    sent = desk.reply_text(town.sato, talk.pk, "こんにちは", key)
    assert sent.payload["sender"]["name"] == "みどり文庫"
    assert sent.payload["sender"]["iconUrl"].endswith("book.png")
    assert desk.reply_text(town.sato, talk.pk, "こんにちは", key).pk == sent.pk
    assert "新しい本" in words_to(says(town, "さくらもち"))[-1]


def test_nobody_but_the_holder_or_a_supervisor_ends_it(town: Town, contact: Contact) -> None:
    says(town, "さくらもち")
    talk = talk_of(contact)
    with pytest.raises(desk.NotYours), transaction.atomic():
        safety.end_harmless(town.suzuki, talk.pk)
    safety.end_harmless(town.supervisor, talk.pk)
    contact.refresh_from_db()
    assert contact.harmless_since is None
