"""Automatic assignment: who waits, and who is free for it now."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models.functions import Now

from madoguchi.accounts.permissions import TALKERS
from madoguchi.core import clock, walls
from madoguchi.core.work import Job
from madoguchi.desk.actions.room import most_of
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
        automatic = Reception.objects.filter(assigning=Assigning.AUTOMATIC, queue_held_at=None)
        known = {reception.channel_id: reception for reception in automatic}
        waiting = Conversation.objects.ready().filter(channel_id__in=known)[:limit] if known else []
        return list(_pairs(list(waiting), known))


def _pairs(waiting: list[Conversation], receptions: dict[int, Reception]) -> Iterator[Job]:
    free = _free({one.organisation_id for one in waiting})
    for talk in waiting:
        fits = [
            one
            for one in free.get(talk.organisation_id, [])
            if _has_room(one, talk, receptions[talk.channel_id])
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
    loads = Conversation.objects.filter(organisation_id__in=organisations).loads()
    found: dict[int, list[Free]] = {}
    for duty in duties.select_related("counsellor"):
        found.setdefault(duty.organisation_id, []).append(Free(duty, loads.get(duty.counsellor_id, 0)))
    return found


def _has_room(one: Free, talk: Conversation, reception: Reception) -> bool:
    room = min(reception.usual_load, most_of(one.duty, reception))
    return one.load + talk.weight <= room or (one.load == 0 and room > 0)


def _fitness(one: Free, talk: Conversation) -> tuple[int, int, float]:
    """The fewest lacking skills, then the smallest load, then who was given a talk the longest ago."""
    lacking = len(set(talk.needs) - set(one.duty.skills))
    return lacking, one.load, one.duty.given_at.timestamp() if one.duty.given_at else 0.0
