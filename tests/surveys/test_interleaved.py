"""Answers, free words, a counsellor's talk, unsending and resuming in any order: no answer is lost, no word goes unheard."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation, Outcome
from madoguchi.surveys import postbacks
from madoguchi.surveys.definition import Kind
from madoguchi.surveys.models import Answer, Submission
from madoguchi.surveys.postbacks import Act
from madoguchi.threads.models import Author, Message
from tests.people import Town
from tests.surveys.made import options, question, survey
from tests.surveys.thumb import Thumb, asked

ASKED = survey(
    question("q1", Kind.SINGLE, options=options("本人", "母", o0="q3")),
    question("q2", Kind.NUMBER, low="0", high="18"),
    question("q3", Kind.MULTIPLE, options=options("学校", "家族", "体"), is_required=False),
    question("q4", Kind.TEXT),
)
SIGNS = "もう死にたい"


class Interleaved(RuleBasedStateMachine):
    town: Town

    @initialize(is_held=st.booleans(), presses=st.sampled_from(["", "q", "qp"]))
    def begin(self, is_held: bool, presses: str) -> None:
        """A survey under way, with or without a talk that was there before."""
        self.thumb = Thumb(self.town)
        survey = asked(self.town, ASKED)
        if is_held:
            self.thumb.says("はなしたい")
            desk.take(self.town.sato, Conversation.objects.get(contact=self.thumb.contact).pk)
        self.thumb.press(postbacks.data(survey.token, "", Act.START))
        for label in ["始める", "本人", "スキップ"][: len(presses) + 1]:
            self.thumb.press(self.thumb.button(label))

    @rule(number=st.integers(0, 40))
    def press_any_button_there_ever_was(self, number: int) -> None:
        every = [
            item["action"]["data"]
            for payload in self.thumb.payloads()
            for item in payload.get("quickReply", {}).get("items", [])
            if postbacks.read(item["action"].get("data", ""))
        ]
        data = every[-1 - number % len(every)]
        if ":drop:" not in data:
            assert self.thumb.press(data) == "answer"

    @rule(words=st.sampled_from(["本人", "母", "7", "99", "話したいこと", "たすけて", "つづける", SIGNS]))
    def write(self, words: str) -> None:
        is_held = (talk := self._conversation()) is not None and talk.state == "live"
        before = set(Answer.objects.values_list("pk", "message"))
        meaning = self.thumb.says(words)
        newest = Message.objects.of(self.thumb.contact).filter(author_kind=Author.FRIEND).latest("number")
        became = set(Answer.objects.values_list("pk", "message")) - before
        assert {message for _pk, message in became} <= {newest.pk}
        if meaning == "message":
            heard = self._conversation()
            assert heard is not None
            assert heard.last_message_id == newest.pk
            assert not became
        if is_held or words == SIGNS:
            assert meaning == "message"

    @rule()
    def send_a_sticker(self) -> None:
        self.thumb.sends("sticker", packageId="11537", stickerId="52002750", stickerResourceType="STATIC")

    @precondition(lambda self: self._conversation() is not None)
    @rule()
    def a_counsellor_takes_or_ends_the_talk(self) -> None:
        conversation = self._conversation()
        assert conversation is not None
        if conversation.state == "waiting":
            desk.take(self.town.sato, conversation.pk)
        else:
            for alert in conversation.alerts.filter(acknowledged_at=None):
                desk.acknowledge(self.town.sato, alert.pk)
            desk.close(self.town.sato, conversation.pk, Outcome.RESOLVED)

    @rule()
    def unsend_the_newest_word(self) -> None:
        own = Message.objects.of(self.thumb.contact).filter(author_kind=Author.FRIEND, unsent_at=None)
        newest = own.exclude(line_message_id="").order_by("number").last()
        if newest is not None:
            self.thumb.does("unsend", unsend={"messageId": newest.line_message_id})
            assert not Answer.objects.filter(message=newest).exists()

    @invariant()
    def one_submission_is_under_way_at_most(self) -> None:
        mine = (
            Submission.objects.filter(contact=self.thumb.contact)
            if hasattr(self, "thumb")
            else Submission.objects.none()
        )
        assert mine.unfinished().count() <= 1

    @invariant()
    def what_is_finished_has_an_answer_to_each_question_on_its_path_or_it_was_taken_back(self) -> None:
        if not hasattr(self, "thumb"):
            return
        if Message.objects.of(self.thumb.contact).exclude(unsent_at=None).exists():
            return
        if self.thumb.submission().finished_at is not None:
            assert self.thumb.standing().walk.next is None

    def _conversation(self) -> Conversation | None:
        return Conversation.objects.filter(contact=self.thumb.contact).open().first()


def test_nothing_is_lost_in_any_order(town: Town) -> None:
    Interleaved.town = town
    desk.set_reception(
        None, town.channel, {"most_load": 1000, "capacity": 1000}
    )  # every example leaves its talk with the counsellor
    run_state_machine_as_test(
        Interleaved,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )


def test_an_answer_that_is_unsent_is_forgotten(town: Town) -> None:
    thumb = Thumb(town)
    thumb.press(postbacks.data(asked(town, survey(question("q1"), question("q2"))).token, "", Act.START))
    thumb.press(thumb.button("始める"))
    thumb.says("ひみつ")
    said = Message.objects.of(thumb.contact).filter(kind="text", author_kind=Author.FRIEND).latest("number")
    thumb.does("unsend", unsend={"messageId": said.line_message_id})
    assert not Answer.objects.exists()
    assert thumb.standing().walk.next == "q1"
