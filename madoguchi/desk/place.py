"""Where somebody stands in the queue, told honestly: as a range, and with minutes only where the last talks allow it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from madoguchi.desk.models import Conversation

LATELY = timedelta(minutes=90)
ENOUGH = 3  # so many talks taken lately say something of the next ones
LONGEST_MINUTES = 180
FASTER, SLOWER = 0.7, 1.5  # talks differ: what lies between is told


@dataclass(frozen=True)
class Place:
    """From which to which place, and from how many to how many minutes; None where nobody can know."""

    first: int
    last: int
    minutes: tuple[int, int] | None


def of(conversation: Conversation, now: datetime) -> Place:
    """A waiting talk's place among those of its channel whose turn may come now."""
    place = before(conversation) + 1
    spread = max(1, place // 4)
    first, last = max(1, place - spread), place + spread
    return Place(first, last, _minutes(first, last, pace(conversation, now)))


def before(conversation: Conversation) -> int:
    """How many go before it on this channel."""
    queue = Conversation.objects.filter(channel_id=conversation.channel_id)
    order = list(queue.ready().values_list("pk", flat=True))
    if conversation.pk in order:
        return order.index(conversation.pk)
    return len(order)


def pace(conversation: Conversation, now: datetime) -> float | None:
    """Minutes from one talk taken to the next, lately and on this channel; None when too few were."""
    taken = Conversation.objects.filter(
        organisation_id=conversation.organisation_id,
        channel_id=conversation.channel_id,
        waiting_since__gte=now - timedelta(days=1),
        taken_at__gte=now - LATELY,
    ).aggregate(count=Count("pk"), first=Min("taken_at"))
    if taken["count"] < ENOUGH:
        return None
    passed: timedelta = now - taken["first"]
    return passed.total_seconds() / 60 / int(taken["count"])


def _minutes(first: int, last: int, pace: float | None) -> tuple[int, int] | None:
    if pace is None:
        return None
    low, high = int(first * pace * FASTER) // 5 * 5, -(-int(last * pace * SLOWER + 1) // 5) * 5
    return low, high


def words(place: Place) -> str:
    where = f"いま{place.first}〜{place.last}人目くらいです。"
    if place.minutes is None:
        return f"{where}あとどのくらいかは、まだわかりません。"
    low, high = place.minutes
    if low >= LONGEST_MINUTES:
        return f"{where}3時間よりかかりそうです。"
    if high > LONGEST_MINUTES:
        return f"{where}{low}分から、3時間よりかかることもありそうです。"
    return (
        f"{where}{low}〜{high}分くらいかかりそうです。" if low else f"{where}{high}分かからないくらいです。"
    )
