"""What a practice shows at its end: how long each answer took, how much was said, which signs were seen."""

from dataclasses import dataclass

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.desk.models import Alert, Conversation
from madoguchi.practice.actions import contact_of
from madoguchi.practice.models import Practice
from madoguchi.threads.models import Author, Message


@dataclass(frozen=True)
class Sign:
    labels: list[str]
    seconds: int | None  # until a person answered for it; None: nobody has
    is_grave: bool | None


@dataclass(frozen=True)
class LookBack:
    """Seconds; None where nothing was answered."""

    talks: list[Conversation]
    first_answer: int | None
    longest_wait: int | None
    from_friend: int
    from_counsellors: int
    signs: list[Sign]


@transaction.atomic
def look_back(practice: Practice, user: User) -> LookBack:
    contact = contact_of(practice)
    talks = list(Conversation.objects.filter(contact=contact).order_by("pk")) if contact else []
    thread = (
        list(Message.objects.filter(contact=contact).in_order().only("author_kind", "said_at"))
        if contact
        else []
    )
    waits = _waits(thread)
    alerts = Alert.objects.filter(conversation__in=talks).order_by("raised_at")
    return LookBack(
        [talk for talk in talks if talk.organisation_id == user.organisation_id],
        waits[0] if waits else None,
        max(waits, default=None),
        sum(one.author_kind == Author.FRIEND for one in thread),
        sum(one.author_kind == Author.COUNSELLOR for one in thread),
        [Sign(alert.rule_labels, _until(alert), alert.is_grave) for alert in alerts],
    )


def _waits(thread: list[Message]) -> list[int]:
    """How many seconds each answer of a counsellor came after the first word that waited for it."""
    waits, since = [], None
    for message in thread:
        if message.author_kind == Author.FRIEND:
            since = since or message.said_at
        elif message.author_kind == Author.COUNSELLOR and since is not None:
            waits.append(round((message.said_at - since).total_seconds()))
            since = None
    return waits


def _until(alert: Alert) -> int | None:
    return round((alert.acknowledged_at - alert.raised_at).total_seconds()) if alert.acknowledged_at else None
