"""What is said to a friend inside LINE about a survey: the question that comes now, what comes before and after, why not."""

from django.utils.translation import gettext as _

from madoguchi.channels.line import messages, templates
from madoguchi.channels.line.body import JsonObject
from madoguchi.channels.line.events import Event
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Cause
from madoguchi.surveys import asking, entrance, postbacks, wording
from madoguchi.surveys.actions import answering, links, pages
from madoguchi.surveys.actions.answering import Standing, standing
from madoguchi.surveys.definition import Question, Wording
from madoguchi.surveys.given import Given
from madoguchi.surveys.models import Submission, Survey
from madoguchi.surveys.postbacks import Act
from madoguchi.threads import actions as threads

# What an action may have moved since this row was read; whose it is and of which survey stays.
ON_THE_SCREEN = (
    "revision", "wording", "consent", "asked", "picked", "stands_at", "page", "misfits", "moved_at", "paused_at", "finished_at",
    "dropped_at", "erased_at", "sealed_draft",
)  # fmt: skip


def ask(submission: Submission, event: Event, note: str = "") -> None:
    """Put the question that comes now before the friend."""
    submission.refresh_from_db(fields=ON_THE_SCREEN)
    if answering.terms_to_agree_to(submission) is not None:
        introduce(submission, event)
        return
    now = standing(submission)
    if (question := now.now) is None:  # all was answered on a page, where the end was left open
        pages.finish(submission, submission.revision)
        thank(now, event)
        return
    spoken = Wording(submission.wording)
    is_new = submission.asked != question.key
    if is_new:
        write(submission, asked=question.key, picked=list(_chosen(now.answers.get(question.key))), page=0)
    earlier = now.answers.get(question.key)
    asked = asking.Asked(
        question,
        spoken,
        note,
        now.number,
        tuple(submission.picked),
        submission.page,
        asking.worded(question, earlier, spoken) if earlier else "",
        now.walk.before(question.key) is not None,
        links.address_for(submission),
    )
    made = asking.message(
        asked, lambda act, value: postbacks.data(submission.token, question.key, act, value)
    )
    say(submission.contact, event, asking.text(asked), made)


def introduce(submission: Submission, event: Event) -> None:
    """What comes before the first question: what it is about, the terms, the wordings. Further on, the question."""
    now, terms = standing(submission), answering.terms_to_agree_to(submission)
    if terms is None and (now.walk.path or submission.asked):
        ask(submission, event)
        return
    spoken, agreed_to = Wording(submission.wording), answering.words_of(terms)
    made = entrance.message(
        now.definition, spoken, lambda act, value: postbacks.data(submission.token, "", act, value), agreed_to
    )
    say(submission.contact, event, entrance.text(now.definition, spoken, agreed_to), made)


def thank(now: Standing, event: Event) -> None:
    closing = now.definition.closing.worded(Wording(now.submission.wording))
    words = wording.with_readings(closing) or _("回答ありがとうございました。")
    tell(now.submission.contact, event, words)


def tell(contact: Contact, event: Event, words: str, buttons: list[JsonObject] | None = None) -> None:
    payload = messages.text(words)
    say(contact, event, words, messages.with_quick_replies(payload, buttons) if buttons else payload)


def go_on(submission: Submission) -> list[JsonObject]:
    data = postbacks.data(submission.token, "", Act.ASK)
    return [templates.postback_action(_("つづける"), data, display_text=_("つづける"))]


def refuse(contact: Contact, survey: Survey, event: Event, refusal: answering.NotAnswerable) -> None:
    """Why not; and where there are answers of the friend's own, the way to them."""
    mine = Submission.objects.of_side(contact).filter(survey=survey).finished().order_by("-turn").first()
    buttons = [templates.uri_action(_("回答を見る・直す"), links.address_for(mine, "mine"))] if mine else None
    tell(contact, event, refusal.sentence, buttons)


def language(submission: Submission) -> str:
    return "en" if submission.wording == Wording.EN else "ja"


def write(submission: Submission, **fields: object) -> None:
    """What is on the screen now; nothing of the answers."""
    for name, value in fields.items():
        setattr(submission, name, value)
    submission.save(update_fields=list(fields))


def chosen_so_far(submission: Submission, question: Question) -> tuple[str, ...]:
    if submission.asked == question.key:
        return tuple(submission.picked)
    return _chosen(submission.given().get(question.key))


def _chosen(earlier: Given | None) -> tuple[str, ...]:
    return earlier.codes if earlier else ()


def say(contact: Contact, event: Event | None, words: str, payload: JsonObject) -> None:
    threads.say(contact, "text", {"text": words}, payload, reply_to=event, cause=Cause.ANSWER)
