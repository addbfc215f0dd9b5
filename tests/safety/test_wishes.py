"""The one rule, and that every way of sending meets it."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db.models.functions import Now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madoguchi.channels.line import messages
from madoguchi.contacts import wishes
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Because, Cause
from madoguchi.core import clock
from madoguchi.core.work import Job
from madoguchi.desk import actions as desk
from madoguchi.desk.actions import elapse
from madoguchi.desk.actions.intake import greet
from madoguchi.surveys.actions import speaking
from madoguchi.threads import actions as threads
from madoguchi.threads.actions import holding, outbox
from madoguchi.threads.models import Message, State
from tests.people import Town, befriend, event
from tests.safety.friends import says, talk_of

LONG_AGO = timedelta(hours=5)


def quiet_now(contact: Contact, **more: object) -> Contact:
    """Nobody is at the telephone, and now is outside the safe hours."""
    here = clock.jst(clock.of_database())
    begin = (here + timedelta(hours=2)).time().replace(second=0, microsecond=0)
    end = (here + timedelta(hours=4)).time().replace(second=0, microsecond=0)
    fields = {"safe_from": begin, "safe_until": end, "active_at": clock.of_database() - LONG_AGO, **more}
    Contact.objects.filter(pk=contact.pk).update(**fields)
    return Contact.objects.select_related("channel").get(pk=contact.pk)


@given(begin=st.times(), end=st.times(), minute=st.integers(0, 24 * 60 - 1))
def test_the_next_safe_moment_is_within_the_hours_and_before_a_day_has_passed(
    begin: time, end: time, minute: int
) -> None:
    contact = Contact(safe_from=begin, safe_until=end)
    now = datetime(2026, 4, 1, tzinfo=clock.JST).astimezone(UTC) + timedelta(minutes=minute)
    moment = wishes.next_safe(contact, now)
    if begin == end:  # the database refuses it
        return
    if moment is not None:
        assert now < moment <= now + timedelta(days=1)
        assert wishes.next_safe(contact, moment) is None


@pytest.mark.parametrize("cause", [Cause.OURS, Cause.ANSWER])
def test_an_answer_passes_only_while_the_friend_is_there(town: Town, cause: Cause) -> None:
    contact = quiet_now(befriend(town))
    now = clock.of_database()
    assert wishes.may_write_now(contact, cause, now).because == Because.HOURS
    contact.active_at = now - timedelta(minutes=5)
    assert wishes.may_write_now(contact, cause, now).may_go is (cause == Cause.ANSWER)
    late = wishes.may_write_now(contact, cause, now, written_at=now - timedelta(minutes=20))
    assert late.because == Because.HOURS


Way = Callable[[Town, Contact], object]


def _reply(town: Town, contact: Contact) -> object:
    talk = talk_of(contact)
    return desk.reply_text(town.sato, talk.pk, "いま書きます", uuid.uuid4())


def _idle(town: Town, contact: Contact) -> object:
    talk = talk_of(contact)
    ago = clock.of_database() - timedelta(hours=2)
    type(talk).objects.filter(pk=talk.pk).update(
        last_spoke_at=ago, friend_spoke_at=None, first_answered_at=ago, due_at=Now(), attempts=1
    )
    return elapse.elapse(Job(talk.pk, 1))


def _survey(_town: Town, contact: Contact) -> object:
    speaking.say(contact, None, "アンケートのお願い", messages.text("アンケートのお願い"))
    return None


def _greeting(_town: Town, contact: Contact) -> object:
    return greet(contact, event("follow", at=1_700_000_000_000, replyToken="r" * 32))


def _unknown_way(_town: Town, contact: Contact) -> object:
    return threads.say(contact, "text", {"text": "お知らせ"}, messages.text("お知らせ"))


def _again(_town: Town, contact: Contact) -> object:
    message = Message.objects.of(contact).exclude(author_kind="friend").earliest("number")
    Message.objects.filter(pk=message.pk).update(state=State.FAILED, due_at=None)
    message.refresh_from_db()
    message.contact = contact
    return threads.resend(message)


@pytest.mark.parametrize("way", [_reply, _idle, _survey, _greeting, _unknown_way, _again])
@pytest.mark.parametrize(
    ("wish", "because"),
    [
        ({}, Because.HOURS),
        ({"is_silent": True}, Because.SILENT),
        ({"harmless_since": datetime(2026, 4, 1, tzinfo=UTC)}, Because.HARMLESS),
    ],
)
def test_no_way_of_sending_gets_past_a_friends_wish(
    town: Town, way: Way, wish: dict[str, object], because: str
) -> None:
    contact = says(town, "きいて")
    desk.take(town.sato, talk_of(contact).pk)
    Message.objects.of(contact).update(due_at=None)
    before = set(Message.objects.of(contact).values_list("pk", flat=True)) if way is not _again else set()
    contact = quiet_now(contact, **wish)
    way(town, contact)
    for job in outbox.claim_messages(10):
        assert outbox.begin(job) is None  # nothing is ever asked of LINE
    new = Message.objects.of(contact).exclude(pk__in=before).exclude(author_kind="friend")
    held = list(new.exclude(held_because=""))
    if way is _idle:  # a gentle word belongs to its moment
        assert not new.exists()
        return
    assert [message.held_because for message in held] == [because]
    assert held[0].state == State.HELD


def test_what_is_held_goes_when_the_hours_begin_and_in_its_order(town: Town) -> None:
    contact = quiet_now(befriend(town))
    made = [
        threads.say(contact, "text", {"text": words}, messages.text(words)) for words in ("一", "二", "三")
    ]
    assert {message.state for message in made} == {State.HELD}
    Message.objects.filter(contact=contact).update(held_until=Now())
    holding.look_again(contact.pk)  # it was looked at too early: held on
    assert Message.objects.filter(state=State.HELD, contact=contact).count() == 3
    Contact.objects.filter(pk=contact.pk).update(safe_from=None, safe_until=None)
    Message.objects.filter(contact=contact).update(held_until=Now())
    assert [job.pk for job in holding.claim_held(10)] == [contact.pk]
    holding.look_again(contact.pk)
    sent = []
    for _turn in made:
        (job,) = outbox.claim_messages(10)
        sending = outbox.begin(job)
        assert sending is not None
        sent.append(sending.payload["text"])
        Message.objects.filter(pk=job.pk).update(due_at=None, state=State.ACCEPTED)
    assert sent == ["一", "二", "三"]


def test_an_answer_does_not_stand_behind_what_is_held(town: Town) -> None:
    contact = quiet_now(befriend(town))
    threads.say(contact, "text", {"text": "お知らせ"}, messages.text("お知らせ"))
    contact = says(town, "いまなら話せます")
    desk.take(town.sato, talk_of(contact).pk)
    _reply(town, contact)
    jobs = outbox.claim_messages(10)
    assert len(jobs) == 1
    assert outbox.begin(jobs[0]) is not None


def test_insisting_needs_a_known_reason_and_leaves_it_on_the_record(town: Town) -> None:
    from madoguchi.audit.models import Entry

    contact = says(town, "きいて")
    talk = desk.take(town.sato, talk_of(contact).pk)
    quiet_now(contact)
    held = desk.reply_text(town.sato, talk.pk, "一", uuid.uuid4(), insists="なんとなく")
    assert held.state == State.HELD
    sent = desk.reply_text(town.sato, talk.pk, "二", uuid.uuid4(), insists="danger")
    assert sent.state == State.QUEUED
    entry = Entry.objects.filter(verb="desk.reply").latest("pk")
    assert entry.detail["insists"] == "danger"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hour=st.integers(0, 23),
    is_silent=st.booleans(),
    minutes=st.integers(0, 600),
    cause=st.sampled_from(Cause.values),
    is_harmless=st.booleans(),
)
def test_nothing_of_ours_is_ever_handed_to_line_against_a_wish(
    town: Town, hour: int, is_silent: bool, minutes: int, cause: str, is_harmless: bool
) -> None:
    contact = befriend(town)
    now = clock.of_database()
    Contact.objects.filter(pk=contact.pk).update(
        safe_from=time(hour), safe_until=time((hour + 3) % 24), is_silent=is_silent,
        active_at=now - timedelta(minutes=minutes), harmless_since=now if is_harmless else None,
    )  # fmt: skip
    contact = Contact.objects.select_related("channel").get(pk=contact.pk)
    Message.objects.of(contact).update(due_at=None)
    threads.say(contact, "text", {"text": "話"}, messages.text("話"), cause=Cause(cause))
    sent = [job for job in outbox.claim_messages(10) if outbox.begin(job) is not None]
    is_kept_waiting = is_silent or wishes.next_safe(contact, now) is not None
    answers = cause in (Cause.ANSWER, Cause.HARMLESS) and minutes < 60
    passes = answers or cause == Cause.INSISTED
    if is_harmless and minutes != 60:
        assert bool(sent) is (answers and cause == Cause.HARMLESS)
    elif is_harmless:
        assert not sent or cause == Cause.HARMLESS
    elif is_kept_waiting and minutes != 60:  # within a second of the hour either is right
        assert bool(sent) is passes
    else:
        assert sent or minutes == 60
