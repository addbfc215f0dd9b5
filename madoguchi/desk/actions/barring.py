"""Whether a waiting talk is for a person to take alone: not from a queue that a supervisor deals out, and not where a
second pair of eyes comes first. Supervisors may always."""

from madoguchi.accounts.models import Role, User
from madoguchi.desk.models import Conversation, Reception, SecondEyes


class QueueHeld(Exception):
    """A supervisor deals this queue out: nobody takes from it alone."""


class NeedsSecondEyes(Exception):
    """A colleague confirms first that this person takes the talk (supervision.actions.pick_up)."""


def see_that_it_is_free(conversation: Conversation, actor: User) -> None:
    """Raise QueueHeld or NeedsSecondEyes where this waiting talk is not for the actor to take alone."""
    if actor.has_role([Role.SUPERVISOR]):
        return
    reception = Reception.objects.filter(channel_id=conversation.channel_id).first()
    if reception is None:
        return
    if reception.queue_held_at is not None:
        raise QueueHeld
    if needs_second_eyes(reception, conversation):
        raise NeedsSecondEyes


def needs_second_eyes(reception: Reception, conversation: Conversation) -> bool:
    is_grave = conversation.grave_at is not None
    wanted = reception.second_eyes
    return wanted == SecondEyes.ALWAYS or (wanted == SecondEyes.GRAVE and is_grave)


def closed_to(actor: User) -> list[int]:
    """Channels whose queue is dealt out by a supervisor, and not taken from by this person."""
    if actor.has_role([Role.SUPERVISOR]):
        return []
    held = Reception.objects.filter(organisation_id=actor.organisation_id, queue_held_at__isnull=False)
    return list(held.values_list("channel_id", flat=True))
