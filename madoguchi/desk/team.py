"""Who is at the desk, how much each holds and may hold: read for many people at once, in a handful of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.core import clock
from madoguchi.core.compiled import Compiled
from madoguchi.desk.actions.room import most_of
from madoguchi.desk.models import Conversation, Duty, DutyState, Reception, Skill

SEEN_WITHIN = clock.seconds(90)  # an open desk speaks to us each half minute


class Standing(StrEnum):
    """What a counsellor is doing, as colleagues see it. Full and not at the desk follow by themselves."""

    FREE = "free"
    FULL = "full"
    UNSEEN = "unseen"
    AWAY = "away"
    ENDED = "ended"


@dataclass(frozen=True)
class Member:
    """`most`: what this person may hold at most, on the widest of the channels. `skills`: their names."""

    user: User
    duty: Duty
    load: int
    most: int
    skills: list[str]

    @property
    def standing(self) -> Standing:
        if self.duty.state != DutyState.AVAILABLE:
            return Standing.AWAY if self.duty.state == DutyState.AWAY else Standing.ENDED
        if self.duty.seen_at is None or self.duty.seen_at < clock.now() - SEEN_WITHIN:
            return Standing.UNSEEN
        return Standing.FULL if self.load >= self.most else Standing.FREE

    @property
    def room(self) -> int:
        return max(0, self.most - self.load)


def talkers(organisation_id: int) -> QuerySet[User]:
    """Who may hold talks: those at the desk first, then by name."""
    state = Duty.objects.filter(counsellor=OuterRef("pk")).values("state")[:1]
    rank = Case(
        When(duty_state=DutyState.AVAILABLE, then=Value(0)),
        When(duty_state=DutyState.AWAY, then=Value(1)),
        default=Value(2),
    )
    ours = User.objects.filter(organisation_id=organisation_id, deactivated_at=None)
    found = ours.filter(roles__overlap=sorted(TALKERS)).annotate(duty_state=Subquery(state))
    return found.annotate(rank=rank).order_by("rank", "name", "pk")


def members(organisation_id: int, people: Iterable[User]) -> list[Member]:
    """What is known of each of `people`, in their order."""
    people = list(people)
    duties = {duty.counsellor_id: duty for duty in Duty.objects.filter(counsellor__in=people)}
    loads = Conversation.objects.filter(organisation_id=organisation_id).loads()
    receptions = receptions_of(organisation_id)
    names = dict(Skill.objects.filter(organisation_id=organisation_id).values_list("key", "name"))
    return [
        _member(one, duties.get(one.pk) or Duty(organisation_id=organisation_id), loads, receptions, names)
        for one in people
    ]


def _member(
    user: User, duty: Duty, loads: dict[int, int], receptions: list[Reception], names: dict[str, str]
) -> Member:
    most = own_most(user, duty, receptions)
    skills = [names[key] for key in duty.skills if key in names]
    return Member(user, duty, loads.get(user.pk, 0), most, skills)


def own_most(user: User, duty: Duty | None, receptions: Iterable[Reception]) -> int:
    """What one person may hold at most, on the widest of these channels, of which practice is none."""
    duty = duty or Duty()
    duty.counsellor = user
    real = [reception for reception in receptions if not reception.channel.is_practice]
    return max(most_of(duty, reception) for reception in real or [Reception()])


def standings(organisation_id: int) -> Counter[Standing]:
    """How many are free, full and so on, of the whole team."""
    return Counter(one.standing for one in members(organisation_id, talkers(organisation_id)))


def anybody_is_free(organisation_id: int) -> bool:
    """Whether one more talk could be given to somebody now: asked with every pull of a supervisor's lists."""
    duties = [duty for duty in duties_of_talkers(organisation_id) if duty.state == DutyState.AVAILABLE]
    if not duties:
        return False
    loads = Conversation.objects.filter(organisation_id=organisation_id).loads()
    receptions = receptions_of(organisation_id)
    found = (_member(duty.counsellor, duty, loads, receptions, {}) for duty in duties)
    return any(one.standing == Standing.FREE for one in found)


duties_of_talkers = Compiled(
    lambda organisation: Duty.objects.filter(
        organisation_id=organisation,
        counsellor__deactivated_at=None,
        counsellor__roles__overlap=sorted(TALKERS),
    ).select_related("counsellor")
)
receptions_of = Compiled(
    lambda organisation: Reception.objects.filter(organisation_id=organisation).select_related("channel")
)
own_duty = Compiled(lambda counsellor: Duty.objects.filter(counsellor_id=counsellor))
