"""Automatic assignment: who waits, and who is free for it now."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models.functions import Now

from madoguchi.accounts.permissions import TALKERS
from madoguchi.core import clock, walls
from madoguchi.core.work import Job
from madoguchi.desk.models import Assigning, Conversation, Duty, DutyState, Reception

SEEN_WITHIN = clock.seconds(90)  # an open desk speaks to us each half minute


@dataclass
class Free:
    """A counsellor who may be given talks, and the load so far, with what this round has promised."""

    duty: Duty
    load: int


def claim_deals(limit: int) -> list[Job]:
    """Waiting talks of channels that deal by themselves, each with the counsellor whom it goes to: pk is the conversation's,
    attempt the counsellor's. Nothing is locked yet: `assigning.deal` looks again."""
    with walls.everywhere():
        automatic = Reception.objects.filter(assigning=Assigning.AUTOMATIC)
        usual = dict(automatic.values_list("channel_id", "usual_load"))
        waiting = Conversation.objects.ready().filter(channel_id__in=usual)[:limit] if usual else []
        return list(_pairs(list(waiting), usual))


def _pairs(waiting: list[Conversation], usual: dict[int, int]) -> Iterator[Job]:
    free = _free({one.organisation_id for one in waiting})
    for talk in waiting:
        fits = [
            one for one in free.get(talk.organisation_id, []) if _has_room(one, talk, usual[talk.channel_id])
        ]
        if not fits:
            continue
        chosen = min(fits, key=lambda one: _fitness(one, talk))
        chosen.load += talk.weight
        yield Job(talk.pk, chosen.duty.counsellor_id)


def _free(organisations: set[int]) -> dict[int, list[Free]]:
    """By organisation: who said to be available, and whose desk is open."""
    duties = Duty.objects.filter(
        organisation_id__in=organisations,
        state=DutyState.AVAILABLE,
        seen_at__gte=Now() - SEEN_WITHIN,
        counsellor__deactivated_at=None,
        counsellor__roles__overlap=sorted(TALKERS),
    )
    found: dict[int, list[Free]] = {}
    for duty in duties.select_related("counsellor"):
        load = Conversation.objects.held_by(duty.counsellor).load()
        found.setdefault(duty.organisation_id, []).append(Free(duty, load))
    return found


def _has_room(one: Free, talk: Conversation, usual: int) -> bool:
    most = usual if one.duty.most_load is None else min(usual, one.duty.most_load)
    return one.load + talk.weight <= most or (one.load == 0 and talk.grave_at is not None)


def _fitness(one: Free, talk: Conversation) -> tuple[int, int, float]:
    """The fewest lacking skills, then the smallest load, then who was given a talk the longest ago."""
    lacking = len(set(talk.needs) - set(one.duty.skills))
    return lacking, one.load, one.duty.given_at.timestamp() if one.duty.given_at else 0.0
