"""A survey that friends have answered, through the same actions that LINE and the pages use."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.surveys import actions
from madoguchi.surveys.actions import answering
from madoguchi.surveys.definition import Definition, Kind, Option, Question, Words
from madoguchi.surveys.given import SKIPPED, Given
from madoguchi.surveys.models import Submission, Survey
from tests.people import Town

if TYPE_CHECKING:
    from collections.abc import Sequence

SELF, MOTHER, FATHER = "self", "mother", "father"
WHO = Question(
    "q1", Kind.SINGLE, Words(ja="どなたの相談《そうだん》ですか"), is_required=False,
    options=(Option(SELF, Words(ja="本人"), "q3"), Option(MOTHER, Words(ja="母")), Option(FATHER, Words(ja="父"))),
)  # fmt: skip
AGE = Question("q2", Kind.NUMBER, Words(ja="お子さんは何歳ですか"), is_required=False, low="0", high="18")
ABOUT = Question(
    "q3", Kind.MULTIPLE, Words(ja="何について話しますか"), is_required=False,
    options=(Option("school", Words(ja="学校")), Option("family", Words(ja="家族"))),
)  # fmt: skip
MORE = Question("q4", Kind.TEXT, Words(ja="話しておきたいこと"), is_required=False)
INTAKE = Definition(Words(ja="相談の前に"), questions=(WHO, AGE, ABOUT, MORE))

Said = str | int | list[str] | None


def asked(town: Town, definition: Definition = INTAKE, purpose: str = "consultation") -> Survey:
    survey = actions.create(town.supervisor, definition.title.ja, purpose, definition)
    actions.publish(town.supervisor, survey)
    survey.refresh_from_db()
    survey.is_repeatable = True
    survey.save(update_fields=["is_repeatable"])
    return survey


def friend(town: Town, number: int = 1) -> Contact:
    with transaction.atomic():
        contact = contacts.meet(town.channel, f"U{number:032x}")
        contacts.follow(contact, datetime.now(UTC))
    return contact


def answer(contact: Contact, survey: Survey, *said: Said, way: str = "line") -> Submission:
    """Answer question after question as they come: a code, a number, several codes, words, or None to skip."""
    submission = actions.begin(contact, survey, way)
    for one in said:
        now = answering.standing(submission)
        assert now.now is not None
        submission = actions.keep(now.submission, now.now, given(now.now, one)).submission
    return submission


def given(question: Question, said: Said) -> Given:
    kinds: dict[Kind, Any] = {
        Kind.SINGLE: lambda: Given(codes=(str(said),)),
        Kind.MULTIPLE: lambda: Given(codes=tuple(said)),  # type: ignore[arg-type]
        Kind.NUMBER: lambda: Given(number=Decimal(str(said))),
        Kind.TEXT: lambda: Given(private={"text": said}),
    }
    made: Given = SKIPPED if said is None else kinds[question.kind]()
    return made


def answered_by_many(town: Town, survey: Survey, many: "Sequence[Sequence[Said]]") -> None:
    for number, said in enumerate(many, 1):
        answer(friend(town, number), survey, *said)
