"""Nothing of ours reaches a friend outside that friend's safe hours, by whatever way of sending, in whatever order.

Real processes; time passes by moving a friend's whole life back. What arrives is judged by the rule as a person would say it:
outside the hours something may come only to who was at the telephone within the hour and only as an answer, or because somebody
has just given a reason; while the thread is harmless nothing comes but harmless texts.
"""

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from faults.street import wait_until
from madoguchi.accounts import actions as accounts
from madoguchi.accounts.models import Role, User
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.core import clock, live
from madoguchi.desk import actions as desk
from madoguchi.desk import answers, choices, texts
from madoguchi.desk.models import Conversation, Outcome, Prepared, State
from madoguchi.inbox.models import InboundEvent
from madoguchi.surveys import actions as surveys
from madoguchi.surveys import postbacks
from madoguchi.surveys.actions import answering, pages
from madoguchi.surveys.given import Given
from madoguchi.surveys.models import Submission
from madoguchi.surveys.postbacks import Act
from madoguchi.threads.models import Message, ReadMark, TypingSign
from tests.journeys.surveys import asked
from tests.street import Friend, Town

DAY = 24 * 60
THERE = 60  # minutes
WORD = "さくらもち"
SOON = Now() + timedelta(seconds=10)  # a second try, or what can still be taken back
KINDS = ("message", "held", "prepared", "elapse", "near", "read-mark", "typing")
NOT_NOW = (
    desk.NotYours,
    desk.NotNow,
    desk.AlreadyTaken,
    desk.SomethingNew,
    desk.HasGone,
    desk.HandsFull,
    answering.NotAnswerable,
)


GRAVE = Given(private={"text": "しにたい"})


@dataclass
class Life:
    """One friend: minutes since the story began, the hours as minutes of a day, and what is expected by them."""

    town: Town
    friend: Friend
    begin: int
    end: int
    now: int = 0
    touched: int = 0  # when the friend was last at the telephone
    insisted: int = -DAY
    is_harmless: bool = False
    is_silent: bool = False
    seen: list[str] = field(default_factory=list)

    @property
    def contact(self) -> Contact:
        return self.friend.known()

    def talk(self) -> Conversation:
        return Conversation.objects.filter(contact=self.contact).latest("pk")

    def touches(self) -> None:
        self.touched = self.now

    def passes(self, minutes: int) -> None:
        """So much later: all that is known of this friend is so much older."""
        self.now += minutes
        back = timedelta(minutes=minutes)
        mine = Contact.objects.filter(pk=self.contact.pk)
        with transaction.atomic():
            for model in (Conversation, Message, Prepared, ReadMark, TypingSign):
                _move(model, model.objects.filter(contact=self.contact), back)
            _move(Contact, mine, back)
            mine.update(**self._hours())
            for kind in KINDS:
                live.wake(kind)

    def _hours(self) -> dict[str, Any]:
        here = clock.jst(clock.of_database()).replace(second=0, microsecond=0)
        moments = (here + timedelta(minutes=minute - self.now) for minute in (self.begin, self.end))
        return dict(zip(("safe_from", "safe_until"), (moment.time() for moment in moments), strict=True))

    def settles(self) -> None:
        self.town.platform.idle()
        wait_until(self._is_at_rest, "nothing left to do for this friend", 60)

    def _is_at_rest(self) -> bool:
        mine = {"contact": self.contact}
        is_near = Q(state=State.WAITING, near_asked_at__isnull=False, promised_at=None)
        left = (
            InboundEvent.objects.filter(channel=self.town.channel, due_at__isnull=False),
            *(model.objects.filter(**mine, due_at__lte=SOON) for model in (Message, Prepared, ReadMark, TypingSign)),
            Conversation.objects.filter(**mine).filter(Q(due_at__lte=SOON) | is_near),
            Message.objects.filter(**mine, state="held", held_until__lte=SOON),
        )  # fmt: skip
        return not any(rows.exists() for rows in left)

    def arrived(self) -> list[str]:
        """What has come to the telephone since the last look: texts, and the signs that are no message."""
        account = self.town.account
        said = account.texts(self.friend.user_id)
        signs = [
            f"<{name}>"
            for name in ("loading", "markAsRead")
            for _call in account.journal("api", path=f"/chat/{name}")
        ]
        fresh = _without(said + signs, self.seen)
        self.seen = said + signs
        return fresh

    def may_come(self, what: str) -> bool:
        if self.is_harmless or "のお知らせ】" in what:
            return "のお知らせ】" in what and self.now - self.touched <= THERE
        is_there = self.now - self.touched <= THERE
        if self.now - self.insisted < THERE:
            return True
        if self._is_safe() and (not self.is_silent or what == "<markAsRead>"):
            return True
        return is_there and not what.startswith(BEGUN_BY_US)

    def _is_safe(self) -> bool:
        at = self.now % DAY
        if self.begin < self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


BEGUN_BY_US = ("予定していた文", texts.QUIET[:12])


def _move(model: type[models.Model], rows: Any, back: timedelta) -> None:
    names = [
        one.name
        for one in model._meta.get_fields()
        if isinstance(one, models.DateTimeField) and one.name != "leased_until"
    ]
    rows.update(**{name: F(name) - back for name in names})


def _without(said: list[str], before: list[str]) -> list[str]:
    rest = list(before)
    return [one for one in said if not (one in rest and (rest.remove(one) or True))]  # type: ignore[func-returns-value]


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
    insists(life)
    tried = Message.objects.of(life.contact).filter(first_attempt_at__isnull=False, due_at__isnull=False)
    wait_until(lambda: life.is_harmless or tried.filter(leased_until=None).exists(), "tried in vain")
    answers_by_hand(life)
    life.passes(300)
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


def lives(life: Life, way: Way) -> None:
    with suppress(*NOT_NOW):
        way(life)
    life.settles()
    wrong = [what for what in life.arrived() if not life.may_come(what)]
    assert wrong == [], (life.now % DAY, life)


EACH: tuple[Way, ...] = (
    *(answers_by_hand, puts_right, writes_with_a_moment_to_take_back, plans, TIME[0], types_and_reads),
    *(
        sends_again,
        sends_what_waits,
        something_unknown,
        passes_a_beacon,
        answers_by_hand,
        completes_on_a_page,
    ),
    *(answers_while_no_worker_is_there, answers_while_line_is_down, hands_over, comes_and_goes, takes, ends),
)


def ten_hours_later(life: Life, way: Way) -> list[str]:
    """What comes to the telephone of this, when nobody has touched it for hours."""
    life.touched = life.now - 300
    Contact.objects.filter(pk=life.contact.pk).update(active_at=Now() - timedelta(minutes=300))
    with suppress(*NOT_NOW):
        way(life)
    life.settles()
    return life.arrived()


def test_within_the_hours_each_way_of_sending_arrives(town: Town) -> None:
    life = begun(town, 9 * 60 + 2, 21 * 60 + 2)
    life.passes(600)
    came = " ".join(what for way in EACH for what in ten_hours_later(life, way))
    for what in ("返事", "訂正", "予定していた文", "<loading>", "<markAsRead>"):
        assert what in came


@pytest.mark.parametrize("wish", ["hours", "silent", "harmless"])
def test_each_way_of_sending_keeps_to_what_the_friend_asked_for(town: Town, wish: str) -> None:
    begin = 0 if wish == "silent" else 17 * 60
    life = begun(town, begin + 2, (begin + 240 + 2) % DAY)
    if wish != "hours":
        lives(life, asks_for_silence if wish == "silent" else OF_THE_FRIEND[2])
    life.passes(600 if wish != "silent" else 60)
    for way in EACH:
        came = ten_hours_later(life, way)
        wrong = [what for what in came if not life.may_come(what)]
        assert wrong == [], way


@settings(max_examples=4, phases=[Phase.explicit, Phase.generate])  # real processes: nothing is made smaller
@example(begin=17 * 60 + 2, length=240, ways=[answers_while_line_is_down, TIME[2], sends_what_waits])
@given(
    begin=st.integers(0, 23).map(lambda hour: hour * 60 + 2),
    length=st.integers(1, 23).map(lambda hours: hours * 60),
    ways=st.lists(WAYS, min_size=3, max_size=7),
)
def test_nothing_of_ours_reaches_a_friend_outside_the_safe_hours_by_whatever_way_of_sending(
    town: Town, begin: int, length: int, ways: list[Way]
) -> None:
    life = begun(town, begin, (begin + length) % DAY)
    for way in ways:
        lives(life, way)
