"""Opening one friend's answers, on the record. Who may is said by the caller: the desk, for those who may read the talk."""

from django.contrib.postgres.aggregates import StringAgg
from django.db import transaction
from django.db.models import Count, Max, Sum, Value

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.contacts.models import Attribute, Change, Contact, Source, Values
from madoguchi.contacts.shown import facts, words
from madoguchi.surveys import reach
from madoguchi.surveys.beside import Beside, ShownFact, shown
from madoguchi.surveys.models import Submission, SubmissionQuerySet, Survey, SurveyQuerySet, Welcome

MOST_SUBMISSIONS = 20


def _submissions(contact: Contact, surveys: SurveyQuerySet) -> SubmissionQuerySet:
    return Submission.objects.filter(contact=contact, survey__in=surveys, erased_at=None)


def version(contact: Contact, surveys: SurveyQuerySet) -> str:
    """Another one when the answers beside the talk would look different. Opens nothing."""
    counted = _submissions(contact, surveys).aggregate(
        begun=Count("pk"), moves=Sum("revision", default=0), paused=Count("paused_at"),
        finished=Count("finished_at"), dropped=Count("dropped_at"),
        sides=StringAgg("side", ".", default=Value(""), order_by="pk"),
    )  # fmt: skip
    changed = Change.objects.filter(contact=contact).aggregate(last=Max("pk"))["last"] or 0
    return "-".join(str(number) for number in (*counted.values(), changed))


@transaction.atomic
def read_beside(actor: User, contact: Contact, surveys: SurveyQuerySet) -> Beside:
    """What this friend answered to these surveys, and what else is known that the actor may see."""
    rows = _submissions(contact, surveys).select_related("survey", "version").prefetch_related("answers")
    found = list(rows.order_by("-moved_at", "-pk")[:MOST_SUBMISSIONS])
    for submission in found:
        submission.contact = contact
        for answer in submission.answers.all():
            answer.submission = submission
    known = _known(actor, contact)
    record(
        actor, "surveys.beside", contact,
        submissions=[each.pk for each in found], attributes=[fact.change.attribute_id for fact in known],
    )  # fmt: skip
    return Beside(shown(found, reach.unseen(actor)), _waiting(contact, surveys, found), known)


def _waiting(contact: Contact, surveys: SurveyQuerySet, found: list[Submission]) -> list[Survey]:
    begun = {each.survey_id for each in found}
    welcome = Welcome.objects.filter(channel_id=contact.channel_id, survey__in=surveys).select_related(
        "survey"
    )
    return [one.survey for one in welcome if one.survey.is_asked and one.survey_id not in begun]


def _known(actor: User, contact: Contact) -> list[ShownFact]:
    """What somebody of the staff, a file or the system said last."""
    visible = list(Attribute.objects.visible_to(actor).in_order().prefetch_related("options"))
    newest = Change.objects.filter(contact=contact, attribute__in=visible).select_related("actor")
    last = {
        each.attribute_id: each
        for each in newest.order_by("attribute", "-changed_at", "-pk").distinct("attribute")
    }
    made = []
    for fact in facts(visible, Values.objects.filter(contact=contact).first(), contact):
        change = last.get(fact.attribute.pk)
        if change is None or change.source == Source.SURVEY:
            continue
        change.contact = contact
        made.append(ShownFact(fact.attribute.label, fact.words, change, words(fact.attribute, change.before)))
    return made
