"""Channels where nobody chooses: whoever is free takes the next, and sees only how many wait."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from madoguchi.accounts.models import Role, User
from madoguchi.desk.models import Assigning, Conversation, ConversationQuerySet, Reception
from madoguchi.desk.models.conversation import waits_since


@dataclass(frozen=True)
class Turn:
    """How many wait in the channels that go by turn, since when the longest, and how many of them are held to be grave."""

    count: int
    grave: int
    since: datetime | None


def by_turn(organisation_id: int) -> list[int]:
    """The channels whose waiting talks are taken in turn."""
    ours = Reception.objects.filter(organisation_id=organisation_id, assigning=Assigning.NEXT)
    return list(ours.values_list("channel_id", flat=True))


def in_turn(user: User) -> ConversationQuerySet:
    """Whose turn it is, in order: those of the channels that go by turn, or, where none does, all that this person may see."""
    channels = by_turn(user.organisation_id)
    if not channels:
        return Conversation.objects.visible_to(user).ready()
    return Conversation.objects.filter(organisation_id=user.organisation_id, channel_id__in=channels).ready()


def turn(user: User) -> Turn | None:
    """None: no channel goes by turn."""
    if not by_turn(user.organisation_id):
        return None
    waits = (
        in_turn(user)
        .order_by()
        .aggregate(
            count=Count("pk"),
            grave=Count("pk", filter=Q(grave_at__isnull=False)),
            since=Min(waits_since()),
        )
    )
    return Turn(**waits)


def may_choose(user: User, conversation: Conversation) -> bool:
    """Whether this person may take this waiting talk by name, and not only whoever is next."""
    goes_by_turn = Reception.objects.filter(channel_id=conversation.channel_id, assigning=Assigning.NEXT)
    return user.has_role([Role.SUPERVISOR]) or not goes_by_turn.exists()
