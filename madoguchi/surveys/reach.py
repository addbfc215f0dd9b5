"""Who may see what friends answered. Nobody outside: administrators and auditors see neither counts nor words.

The team that talks sees every count. Who only delivers sees nothing of a survey that is for consultations, and elsewhere no
count of fewer than five. Single answers, one friend's after the other, are for supervisors (a counsellor reads those of the
own talks, beside the talk), and for who delivers where a survey was asked for deliveries alone.
"""

from madoguchi.accounts.models import Role, User
from madoguchi.contacts.models import Purpose
from madoguchi.contacts.models.attribute import PUSH, TALK
from madoguchi.surveys.models import Survey, SurveyQuerySet


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


def sees_small_counts(user: User) -> bool:
    """Few people in one place may be known again: outside the team that talks, such counts are hidden."""
    return user.has_role(TALK)
