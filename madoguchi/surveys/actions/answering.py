"""Answering, whatever the way: on LINE by taps and words, or on a page. Each answer is kept by itself, at once.

An answer that was kept is never lost: leaving, pausing, a closed survey or a newer version take nothing away. The newest
word on a question counts; a press that comes twice changes nothing the second time.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Case, Max, Q, QuerySet, When
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from madoguchi.audit.actions import record
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.fit import clean, opened
from madoguchi.contacts.models import Attribute, Consent, Contact, Source, Terms
from madoguchi.contacts.models import Kind as AttributeKind
from madoguchi.contacts.models.attribute import covers
from madoguchi.core import clock, live
from madoguchi.surveys.definition import Definition, Question, Words
from madoguchi.surveys.flow import Walk, walk
from madoguchi.surveys.given import Given
from madoguchi.surveys.models import Answer, Submission, Survey, Way
from madoguchi.threads.models import Message


class NotAnswerable(Exception):
    """This survey takes no answer from this friend now. `sentence` says so kindly."""

    @property
    def sentence(self) -> str:
        return _("このアンケートは、いまは受け付けていません。")


class Closed(NotAnswerable):
    """It is not asked now: closed, not begun, over."""


class Full(NotAnswerable):
    """As many have answered as were wanted."""

    @property
    def sentence(self) -> str:
        return _("このアンケートは、予定の人数に達したため受付を終わりました。")


class Done(NotAnswerable):
    """This friend has answered, and may not again."""

    @property
    def sentence(self) -> str:
        return _("このアンケートには、もう答えていただいています。ありがとうございました。")


class Moved(Exception):
    """Something newer was answered elsewhere since the page was drawn: it stays, and the page is told."""


@dataclass(frozen=True)
class Standing:
    """A submission with what follows from its answers."""

    submission: Submission
    definition: Definition
    answers: dict[str, Given] = field(repr=False)
    walk: Walk

    @property
    def now(self) -> Question | None:
        """The question before the friend: the one gone back to, or the first without an answer."""
        key = self.submission.asked if self.walk.has(self.submission.asked) else self.walk.next
        return self.definition.question(key) if key else None

    @property
    def number(self) -> int:
        """The how-manieth question it is on this path."""
        now = self.now
        return (
            self.walk.path.index(now.key) + 1
            if now and now.key in self.walk.path
            else len(self.walk.path) + 1
        )


def standing(submission: Submission) -> Standing:
    definition, answers = submission.version.definition, submission.given()
    return Standing(submission, definition, answers, walk(definition, answers))


def locked(submission: Submission) -> Submission:
    """The row as it stands, for the rest of the transaction. The contact is locked first, as everywhere."""
    Contact.objects.locked().get(pk=submission.contact_id)
    rows = Submission.objects.select_related("survey", "version", "contact", "contact__channel")
    return rows.select_for_update(of=("self",)).get(pk=submission.pk)


@transaction.atomic
def begin(contact: Contact, survey: Survey, way: str = Way.LINE) -> Submission:
    """The friend's unfinished submission, or a new one. Raises Closed, Full or Done.

    Somebody who had begun may go on with the version that was begun, also when a newer one is asked by now.
    """
    side = Contact.objects.locked().get(pk=contact.pk).side
    everybodys = Submission.objects.filter(survey=survey, contact=contact)
    mine = everybodys.filter(side=side)
    unfinished = mine.unfinished().select_related("survey", "version").first()
    if not survey.is_asked or survey.version is None:
        raise Closed
    if unfinished is not None:
        unfinished.contact = contact
        return unfinished
    if not survey.is_repeatable and mine.finished().exists():
        raise Done
    if survey.is_full:
        raise Full
    made = Submission.objects.create(
        organisation_id=contact.organisation_id,
        survey=survey,
        version=survey.version,
        contact=contact,
        side=side,
        turn=(everybodys.aggregate(last=Max("turn"))["last"] or 0) + 1,
        way=way,
        stands_at=walk(survey.version.definition, {}).next or "",
    )
    record(None, "surveys.begin", made, way=str(way))
    _tell(made)
    return made


def terms_to_agree_to(submission: Submission) -> Terms | None:
    """What the friend must have agreed to before the first question, and has not yet."""
    terms = Terms.objects.of(submission.organisation_id).current(submission.survey.purpose)
    if terms is None or _agreed(submission, terms).exists():
        return None
    return terms


def _agreed(submission: Submission, terms: Terms) -> QuerySet[Consent]:
    """Each side of an account agrees for itself."""
    return Consent.objects.standing().filter(contact=submission.contact, terms=terms, side=submission.side)


def words_of(terms: Terms | None) -> Words:
    """The terms in the wordings of a survey; empty words when there are none."""
    return Words(terms.text, terms.child_text, terms.text_en) if terms else Words()


@transaction.atomic
def agree(submission: Submission, way: str) -> None:
    """The friend agrees to the terms shown before the first question."""
    submission = locked(submission)
    terms = terms_to_agree_to(submission)
    if terms is not None:
        submission.consent = contacts.agree(submission.contact, terms, way)
        submission.save(update_fields=["consent"])


@transaction.atomic
def keep(
    submission: Submission, question: Question, given: Given, message: Message | None = None,
    *, revision: int | None = None, finishes: bool = True,
) -> Standing:  # fmt: skip
    """Keep an answer; the newest word counts. Finishes the submission when nothing more is to be asked.

    `message`: the one in the thread that brought it. `revision`: of the page that was answered on; `finishes`: False where
    all is shown once more before the end. Raises Closed, Done for a submission that has ended, and Moved.
    """
    submission = locked(submission)
    if not submission.is_open:
        raise Done
    if not submission.survey.is_asked:
        raise Closed
    if revision not in (None, submission.revision):
        raise Moved
    put(submission, question, given, message)
    submission.asked, submission.picked, submission.page, submission.misfits = "", [], 0, 0
    submission.paused_at, submission.moved_at = None, clock.of_database()
    now = standing(submission)
    settle(now)
    if now.walk.next is None and finishes:
        end(now)
    submission.save()
    _tell(submission)
    return now


def _tell(submission: Submission) -> None:
    live.publish(f"beside-{submission.contact_id}", f"survey-{submission.survey_id}")


def put(submission: Submission, question: Question, given: Given, message: Message | None = None) -> None:
    """Write one answer and what becomes known by it, in the caller's transaction, with the submission locked."""
    _write(submission, question, given, message)
    _attribute(submission, question, given)
    submission.sealed_draft = None
    submission.revision += 1


def _write(submission: Submission, question: Question, given: Given, message: Message | None) -> None:
    answer = Answer(submission=submission, question=question.key)
    fields = {
        "organisation_id": submission.organisation_id,
        "survey_id": submission.survey_id,
        "codes": list(given.codes),
        "number": given.number,
        "on": given.on,
        "moment": given.moment,
        "sealed_private": answer.seal_private(given.private),
        "is_skipped": given.is_skipped,
        "is_on_path": True,
        "message": message,
        "answered_at": Now(),
    }
    for name, value in fields.items():
        setattr(answer, name, value)
    Answer.objects.bulk_create(
        [answer],
        update_conflicts=True,
        unique_fields=["submission", "question"],
        update_fields=[name.removesuffix("_id") for name in fields],
    )


def _attribute(submission: Submission, question: Question, given: Given) -> None:
    """What was answered becomes known of the friend. A value that does not fit the attribute (it was changed since), or that
    would serve for more than it was asked for, stays an answer only."""
    contact, found = submission.contact, filled_by(submission.contact, question)
    if found is None or given.is_skipped:
        return
    if not covers(submission.survey.purpose, found.purpose):
        record(None, "surveys.does_not_fit", contact, attribute=found.pk)
        return
    try:
        with transaction.atomic():
            contacts.set_values(contact, {found: value_for(found, given)}, source=Source.SURVEY)
    except contacts.Unfit:
        record(None, "surveys.does_not_fit", contact, attribute=found.pk)


def filled_by(contact: Contact, question: Question) -> Attribute | None:
    if not question.attribute:
        return None
    return Attribute.objects.of(contact.organisation_id).current().filter(key=question.attribute).first()


def value_for(attribute: Attribute, given: Given) -> object:
    """An answer as a value of an attribute."""
    if attribute.is_chosen:
        return list(given.codes)
    return {
        AttributeKind.NUMBER: given.number,
        AttributeKind.DATE: given.on,
        AttributeKind.TEXT: given.private.get("text") or given.private.get("address") or "",
    }[AttributeKind(attribute.kind)]


def end(now: Standing) -> None:
    """The end of the path is reached, and settled. The caller saves."""
    now.submission.finished_at = clock.of_database()
    record(None, "surveys.finish", now.submission)


def settle(now: Standing) -> None:
    """Mark which answers count, those that the path goes through, and where the friend stands. The caller saves."""
    now.submission.stands_at = now.walk.next or ""
    is_on_path = Q(question__in=now.walk.path)
    wrong = Q(is_on_path=True) & ~is_on_path | Q(is_on_path=False) & is_on_path
    turned = Case(When(is_on_path=True, then=False), default=True)
    Answer.objects.filter(wrong, submission=now.submission).update(is_on_path=turned)


@transaction.atomic
def forget(message: Message) -> None:
    """The friend took back the message that brought an answer: the answer goes too, and what became known by it."""
    for answer in Answer.objects.filter(message=message).select_related(
        "submission__version", "submission__contact"
    ):
        submission = locked(answer.submission)
        question = submission.version.definition.question(answer.question)
        attribute = filled_by(submission.contact, question) if question else None
        if attribute is not None and is_known_by(submission.contact, attribute, answer):
            contacts.set_values(submission.contact, {attribute: None}, source=Source.FRIEND)
        answer.delete()
        submission.revision += 1
        if submission.is_open:
            settle(standing(submission))
        submission.save(update_fields=["revision", "stands_at"])
        record(None, "surveys.forget", submission)
        _tell(submission)


def is_known_by(contact: Contact, attribute: Attribute, answer: Answer) -> bool:
    """Whether what is known now is what this answer said."""
    known = contacts.values_of(contact).get(attribute)
    try:
        said = opened(attribute, clean(attribute, value_for(attribute, answer.given)))
    except contacts.Unfit:  # the attribute was changed since
        return False
    return known is not None and known == said


@transaction.atomic
def turn_back(submission: Submission) -> Standing:
    """One question back on this path; at the first one it stays."""
    submission = locked(submission)
    now = standing(submission)
    if now.now is not None:
        submission.asked = now.walk.before(now.now.key) or now.now.key
        submission.picked, submission.page, submission.paused_at = [], 0, None
        submission.save(update_fields=["asked", "picked", "page", "paused_at"])
    return now


@transaction.atomic
def pause(submission: Submission) -> None:
    """Put off: nothing more is asked until the friend goes on."""
    if Submission.objects.filter(pk=submission.pk, paused_at=None).update(paused_at=Now()):
        submission.paused_at = clock.now()
        _tell(submission)


@transaction.atomic
def resume(submission: Submission) -> Submission:
    submission = locked(submission)
    submission.paused_at, submission.misfits = None, 0
    submission.save(update_fields=["paused_at", "misfits"])
    _tell(submission)
    return submission


@transaction.atomic
def drop(submission: Submission) -> None:
    """The friend does not want to be asked any more. What was answered stays until the friend deletes it."""
    submission = locked(submission)
    if submission.is_open:
        submission.dropped_at = clock.of_database()
        submission.save(update_fields=["dropped_at"])
        record(None, "surveys.drop", submission)
        _tell(submission)
