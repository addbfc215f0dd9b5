"""Who may see what friends answered. Nobody outside: administrators and auditors see neither counts nor words.

The team that talks sees every count. Who only delivers sees nothing of a survey that is for consultations, and of one that is
for both the counts of all who answered, with none under five: narrowed counts would tell of one person by what is between them.
Single answers, one friend's after the other, are for supervisors (a counsellor reads those of the own talks, beside the talk),
and for who delivers where a survey was asked for deliveries alone. A question that fills an attribute is seen, counted and taken
along by those alone who may read that attribute.
"""

from django.http import QueryDict

from madoguchi.accounts.models import Role, User
from madoguchi.contacts.models import Attribute, Purpose
from madoguchi.contacts.models.attribute import PUSH, TALK
from madoguchi.surveys import counting, narrowing
from madoguchi.surveys.counting import Column
from madoguchi.surveys.models import Survey, SurveyQuerySet
from madoguchi.surveys.narrowing import Narrowing


def countable(user: User) -> SurveyQuerySet:
    """The surveys whose answers this person may see as counts."""
    mine = Survey.objects.of(user)
    if user.has_role(TALK):
        return mine
    return mine.exclude(purpose=Purpose.CONSULTATION) if user.has_role(PUSH) else mine.none()


def readable(user: User) -> SurveyQuerySet:
    """The surveys whose single answers this person may read and take along."""
    mine = Survey.objects.of(user)
    if user.has_role([Role.SUPERVISOR]):
        return mine
    return mine.filter(purpose=Purpose.DELIVERY) if user.has_role(PUSH) else mine.none()


def sees_small_counts(user: User, survey: Survey) -> bool:
    """Few people in one place may be known again: outside the team that talks such counts are hidden, except where the single
    answers are open as well."""
    return user.has_role(TALK) or (user.has_role(PUSH) and survey.purpose == Purpose.DELIVERY)


def looked_at(user: User, survey: Survey, query: QueryDict) -> Narrowing:
    """Which submissions this person counts: those the address asks for, or all."""
    return narrowing.read(query) if sees_small_counts(user, survey) else Narrowing()


def columns(user: User, survey: Survey) -> list[Column]:
    """The survey's questions whose answers this person may see."""
    away = unseen(user)
    return [each for each in counting.columns(survey) if each.question.attribute not in away]


def unseen(user: User) -> frozenset[str]:
    """Keys of the attributes whose values this person may not read."""
    ours = Attribute.objects.of(user.organisation_id)
    may_be_read = Attribute.objects.visible_to(user).values("pk")
    return frozenset(ours.exclude(pk__in=may_be_read).values_list("key", flat=True))
