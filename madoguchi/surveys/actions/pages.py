"""Answering on a page: what differs from LINE. Words are kept while they are typed, the end is confirmed, and a friend can
put right or delete what was answered, also when the survey is over."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from madoguchi.audit.actions import record
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Consent, Contact, Terms
from madoguchi.contacts.models import Way as ConsentWay
from madoguchi.core import clock, live
from madoguchi.surveys.actions import answering
from madoguchi.surveys.actions.answering import Closed, Done, Moved, Standing, locked, standing
from madoguchi.surveys.definition import Kind, Question, Wording
from madoguchi.surveys.given import Given
from madoguchi.surveys.models import Answer, Draft, Submission
from madoguchi.threads import actions as threads
from madoguchi.threads.models import Message


class Unanswered(Exception):
    """The path is not at its end: another question is to be answered first."""


@transaction.atomic
def start(submission: Submission) -> Question | None:
    """The friend agrees, where there is something to agree to, and begins; the question that comes now."""
    answering.agree(submission, ConsentWay.WEB)
    submission = locked(submission)
    question = standing(submission).now
    if question is not None and not submission.asked:
        submission.asked = question.key
        submission.save(update_fields=["asked"])
    return question


@transaction.atomic
def give(submission: Submission, question: Question, given: Given, revision: int) -> Standing:
    """Keep an answer given on a page drawn at `revision`; before the end all is shown once more. Words that are a grave
    sign are heard by a person as well. Raises Moved, and Closed for a survey that is over and was not answered to its end.

    The same answer again changes nothing, so that a double press is one.
    """
    submission = locked(submission)
    former = submission.given().get(question.key)
    if former == given:
        Submission.objects.filter(pk=submission.pk).update(sealed_draft=None)
        return standing(submission)
    message = _heard(submission, question, given, former)
    if submission.finished_at is not None:
        now = _correct(submission, question, given, message, revision)
    else:
        now = answering.keep(submission, question, given, message, revision=revision, finishes=False)
    _answered(submission.contact)
    return now


@transaction.atomic
def give_picture(
    submission: Submission, question: Question, full: bytes, small: bytes, revision: int
) -> Standing:
    """A picture, drawn anew already. It stands in the thread; the one it replaces is taken back. Raises as `give`."""
    submission = locked(submission)
    contact = threads.locked(submission.contact_id)
    former = submission.answers.filter(question=question.key).select_related("message").first()
    message = threads.keep_picture(contact, full, small)
    given = Given(private={"message": message.number})
    if submission.finished_at is not None:
        now = _correct(submission, question, given, message, revision)
    else:
        now = answering.keep(submission, question, given, message, revision=revision, finishes=False)
    if former is not None:
        _take_back(contact, former.message)
    return now


def _correct(
    submission: Submission, question: Question, given: Given, message: Message | None, revision: int
) -> Standing:
    """Put right what was answered. It stays answered to the end; further questions of a new path may be answered too."""
    if submission.erased_at is not None:
        raise Done
    if submission.revision != revision:
        raise Moved
    answering.put(submission, question, given, message)
    now = standing(submission)
    answering.settle(now)
    submission.save()
    record(None, "surveys.correct", submission)
    _tell(submission)
    return now


def _heard(submission: Submission, question: Question, given: Given, former: Given | None) -> Message | None:
    """Words on a page are for a person too when they are a grave sign (the desk says which): each once."""
    words = str(given.private.get("text") or "")
    if question.kind is not Kind.TEXT or not words or (former and former.private == given.private):
        return None
    hear: Callable[[Contact, str], Message | None] = import_string(settings.WORDS_ON_A_PAGE)
    return hear(threads.locked(submission.contact_id), words)


def _answered(contact: Contact) -> None:
    """What became known of the friend may move the open talk: in one transaction with the answer, so that neither is
    there without the other. The contact is locked, as by LINE's events, so that a talk opens before this or after it."""
    hear: Callable[[Contact], None] = import_string(settings.KNOWN_BETTER)
    hear(contact)


@transaction.atomic
def finish(submission: Submission, revision: int) -> None:
    """The friend has seen all answers and sends them. Twice is once. Raises Closed, Moved and Unanswered."""
    submission = locked(submission)
    if submission.finished_at is not None:
        return
    if not submission.is_open or not submission.survey.is_asked:
        raise Closed
    if submission.revision != revision:
        raise Moved
    now = standing(submission)
    if now.walk.next is not None:
        raise Unanswered
    answering.end(now)
    submission.save()
    _tell(submission)


@transaction.atomic
def keep_draft(submission: Submission, question: Question, text: str, revision: int, number: int) -> int:
    """Keep words that are still being written; the number for the next keeping. Raises Moved when the answers or the
    words have moved on elsewhere, and Done."""
    submission = locked(submission)
    if submission.erased_at is not None:
        raise Done
    draft = submission.draft
    newest = draft.number if draft.question == question.key else 0
    if submission.revision != revision or newest > number:
        raise Moved
    submission.sealed_draft = submission.seal_draft(Draft(question.key, text, newest + 1))
    submission.save(update_fields=["sealed_draft"])
    return newest + 1


@transaction.atomic
def reword(submission: Submission, wording: Wording) -> None:
    Submission.objects.filter(pk=submission.pk).update(wording=wording)


@transaction.atomic
def look(submission: Submission) -> Standing:
    """What was answered, for the friend: on the record."""
    record(None, "surveys.look_own", submission)
    return standing(submission)


@transaction.atomic
def picture(submission: Submission, question: Question) -> bytes | None:
    """The small picture that was given as an answer, for the friend: on the record."""
    answer = submission.answers.filter(question=question.key).select_related("message__attachment").first()
    message = answer.message if answer else None
    if message is None or message.unsent_at is not None or not hasattr(message, "attachment"):
        return None
    record(None, "surveys.look_own", submission)
    message.contact = submission.contact
    message.attachment.message = message
    return message.attachment.plain_bytes("small") or None


def consent_of(submission: Submission) -> Consent | None:
    """What the friend agreed to and has not taken back, of the terms that are current for this survey."""
    terms = Terms.objects.of(submission.organisation_id).current(submission.survey.purpose)
    return (
        Consent.objects.standing()
        .filter(contact=submission.contact, terms=terms, side=submission.side)
        .first()
        if terms
        else None
    )


@transaction.atomic
def withdraw(submission: Submission) -> None:
    """Take the consent back: nothing more is asked before the friend agrees anew. The answers are not deleted by it."""
    consent = consent_of(submission)
    if consent is not None:
        contacts.withdraw(submission.contact, consent.terms)


@transaction.atomic
def erase(submission: Submission) -> None:
    """Delete the answers for good, with what became known of the friend by them, and pictures and words that came by a
    page. What was written in LINE's chat stays there. Twice is once."""
    submission = locked(submission)
    if submission.erased_at is not None:
        return
    contact = threads.locked(submission.contact_id)
    for answer in submission.answers.select_related("message", "submission__contact"):
        _erase(submission, contact, answer)
    now = clock.of_database()
    submission.finished_at, submission.dropped_at, submission.erased_at = None, now, now
    submission.sealed_draft, submission.asked, submission.picked = None, "", []
    submission.revision += 1
    submission.save()
    record(None, "surveys.erase", submission)
    _tell(submission)


def _erase(submission: Submission, contact: Contact, answer: Answer) -> None:
    question = submission.version.definition.question(answer.question)
    attribute = answering.filled_by(contact, question) if question else None
    if attribute is not None and answering.is_known_by(contact, attribute, answer):
        contacts.erase_value(contact, attribute)
    _take_back(contact, answer.message)
    answer.delete()


def _take_back(contact: Contact, message: Message | None) -> None:
    """Only what came by a page: LINE's own messages are the chat's."""
    if message is not None and not message.event_id and message.unsent_at is None:
        contact.refresh_from_db()
        message.contact = contact
        threads.take_back(message)


def _tell(submission: Submission) -> None:
    live.publish(f"beside-{submission.contact_id}", f"survey-{submission.survey_id}")
