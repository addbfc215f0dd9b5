"""Every way in which something may come to be sent, and all that happens meanwhile, each as one step of a life."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st

from faults.street import wait_until
from madoguchi.accounts import actions as accounts
from madoguchi.accounts.models import Role, User
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk import answers, choices
from madoguchi.desk.models import Outcome
from madoguchi.surveys import actions as surveys
from madoguchi.surveys import postbacks
from madoguchi.surveys.actions import pages
from madoguchi.surveys.given import Given
from madoguchi.surveys.models import Submission
from madoguchi.surveys.postbacks import Act
from madoguchi.threads.models import Message
from tests.journeys.life import GRAVE, WORD, Life
from tests.journeys.surveys import asked
from tests.street import Town


def says(life: Life, words: str = "きいて") -> None:
    life.touches()
    life.friend.says(words)
    if words in (WORD, "画面をかえる"):
        life.is_harmless = not life.is_harmless if words == WORD else True


def presses(life: Life, data: str) -> None:
    life.touches()
    life.friend.act("postback", data=data)


def presses_of_queue(life: Life) -> None:
    """Later, where do I stand, tell me when it comes near."""
    first = life.talk().first_message_id
    for act in (choices.Act.ASK, choices.Act.NEAR, choices.Act.LATER):
        presses(life, choices.data(first, act))


def asks_for_silence(life: Life) -> None:
    if not life.is_harmless:
        presses(life, "c:silent")
        life.is_silent = True


def survey_of(life: Life) -> Submission:
    survey = asked_before(life.town)
    return surveys.begin(life.contact, survey)


def asked_before(town: Town) -> Any:
    from madoguchi.surveys.models import Survey

    return Survey.objects.filter(organisation_id=town.channel.organisation_id).first() or asked(town)


def answers_in_line(life: Life) -> None:
    presses(life, postbacks.data(survey_of(life).token, "", Act.START))
    says(life, "よろしく")


def completes_on_a_page(life: Life) -> None:
    """Nothing comes to the telephone of what was answered there, not even when the words call a person."""
    submission = survey_of(life)
    life.touches()
    given_by = {"q1": Given(codes=("self",)), "q3": Given(codes=("school",)), "q4": GRAVE}
    for question in submission.version.definition.questions:
        if question.key in given_by:
            submission.refresh_from_db()
            pages.give(submission, question, given_by[question.key], submission.revision)
    submission.refresh_from_db()
    pages.finish(submission, submission.revision)


def holder(life: Life) -> Any:
    return life.talk().owner or life.town.sato


def takes(life: Life) -> None:
    desk.take(life.town.sato, life.talk().pk)


def answers_by_hand(life: Life, *, insists: str = "") -> None:
    desk.reply_text(holder(life), life.talk().pk, f"返事{life.now}", uuid.uuid4(), insists=insists)
    if insists:
        life.insisted = life.now


def insists(life: Life) -> None:
    answers_by_hand(life, insists="danger")


def plans(life: Life) -> None:
    at = clock.of_database() + timedelta(minutes=20)
    desk.prepare(holder(life), life.talk().pk, answers.text("予定していた文"), uuid.uuid4(), at=at)


def writes_with_a_moment_to_take_back(life: Life) -> None:
    at = clock.of_database() + timedelta(seconds=1)
    desk.prepare(
        holder(life), life.talk().pk, answers.text(f"返事{life.now}"), uuid.uuid4(), at=at, is_brief=True
    )


def puts_right(life: Life) -> None:
    ours = Message.objects.of(life.contact).filter(author_kind="counsellor").last()
    if ours is not None:
        answer = answers.text(f"訂正{life.now}", corrects=ours.number)
        desk.say(holder(life), life.talk().pk, answer, uuid.uuid4())


def sends_again(life: Life) -> None:
    """What failed, by a person's hand."""
    ours = Message.objects.of(life.contact).filter(author_kind="counsellor", state="accepted").last()
    if ours is not None:
        Message.objects.filter(pk=ours.pk).update(state="failed")
        desk.resend(holder(life), life.talk().pk, ours.number)


def sends_what_waits(life: Life) -> None:
    for message in Message.objects.of(life.contact).filter(state="held"):
        desk.send_held(holder(life), life.talk().pk, message.number)


def answers_while_no_worker_is_there(life: Life) -> None:
    with transaction.atomic():
        insists(life)
        answers_by_hand(life)
        plans(life)
        life.passes(300)


def answers_while_line_is_down(life: Life) -> None:
    """Tried in vain for hours: the reason that was good enough then is none at night."""
    life.town.account.fault("errorBefore", path="/push", count=50)
    try:
        insists(life)
        tried = Message.objects.of(life.contact).filter(first_attempt_at__isnull=False, due_at__isnull=False)
        wait_until(lambda: life.is_harmless or tried.filter(leased_until=None).exists(), "tried in vain")
        answers_by_hand(life)
        life.passes(300)
    finally:
        life.town.account.no_faults()


def types_and_reads(life: Life) -> None:
    desk.show_typing(holder(life), life.talk().pk)
    desk.read(holder(life), life.talk().pk, life.contact.last_number)


def hands_over(life: Life) -> None:
    town = life.town
    other = town.supervisor if holder(life) == town.sato else town.sato
    asked_for = desk.hand_over(holder(life), life.talk().pk, "つづきを頼みます", to=other)
    desk.accept(other, asked_for.pk)


def comes_and_goes(life: Life) -> None:
    """Back to the queue, taken again, held, resumed, wrapped up."""
    talk = life.talk()
    desk.release(holder(life), talk.pk)
    for act in (desk.take, desk.put_on_hold, desk.resume, desk.wrap_up):
        act(life.town.sato, talk.pk)


def ends(life: Life) -> None:
    desk.close(holder(life), life.talk().pk, Outcome.RESOLVED)


def begins_again(life: Life) -> None:
    desk.reopen(holder(life), life.talk().pk)


def something_unknown(life: Life) -> None:
    """A way of sending that is built tomorrow and says nothing of itself."""
    from madoguchi.channels.line import messages
    from madoguchi.threads import actions as threads

    with transaction.atomic():
        contact = threads.locked(life.contact.pk)
        threads.say(contact, "text", {"text": "予定していた文"}, messages.text("予定していた文"))


def passes_a_beacon(life: Life) -> None:
    """Not by hand: the telephone alone did it."""
    life.friend.act("beacon", hwid="d41d8cd98f")


def one_more(town: Town) -> User:
    """A counsellor with free hands."""
    email = f"{uuid.uuid4().hex[:12]}@example.jp"
    made, _password = accounts.add_user(
        None, town.sato.organisation, email, "佐藤", [Role.COUNSELLOR], "a-long-password"
    )
    return made


def begun(town: Town, begin: int, end: int) -> Life:
    """A friend with safe hours and an agreed word, whose talk Sato holds."""
    town = replace(town, sato=one_more(town))
    life = Life(town, town.friend("ひなた", follows=True), begin, end)
    says(life, "はじめまして")
    life.settles()
    takes(life)
    with transaction.atomic():
        contact = Contact.objects.select_for_update(of=("self",)).get(pk=life.contact.pk)
        contacts.agree_on_word(None, contact, WORD)
    life.passes(0)
    life.arrived()
    return life


Way = Callable[[Life], None]
OF_THE_FRIEND: tuple[Way, ...] = (
    says,
    lambda life: says(life, WORD),
    lambda life: says(life, "画面をかえる"),
    lambda life: says(life, "しにたい"),
    lambda life: presses(life, "w:self"),
    lambda life: presses(life, "c:menu"),
    asks_for_silence,
    presses_of_queue,
    answers_in_line,
    completes_on_a_page,
)
OURS: tuple[Way, ...] = (
    takes,
    answers_by_hand,
    plans,
    writes_with_a_moment_to_take_back,
    puts_right,
    sends_again,
    sends_what_waits,
    types_and_reads,
    hands_over,
    comes_and_goes,
    something_unknown,
    ends,
    begins_again,
    passes_a_beacon,
)
UNDISTURBED: tuple[Way, ...] = (answers_while_no_worker_is_there, answers_while_line_is_down, insists)
TIME: tuple[Way, ...] = tuple(lambda life, m=m: life.passes(m) for m in (25, 95, 300, 600))  # type: ignore[misc]
WAYS = st.one_of(*(st.sampled_from(some) for some in (OF_THE_FRIEND, OURS, UNDISTURBED, TIME)))
