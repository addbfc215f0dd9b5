"""How much one person, and a whole channel, may take on. Asked while the rows are locked that keep the answer true: the duty of
who is to hold one more talk, then the talk, then the channel's reception.

A talk that somebody holds already is never refused to that person: the friend who writes again takes it back from hold and from
wrapping up, an answer or a resumption takes it back from a promise, and a talk that turns out to be grave weighs two from then on."""

from madoguchi.accounts.models import Role, User
from madoguchi.desk.models import ON_THE_LINE, Conversation, Duty, Reception


class HandsFull(Exception):
    """The counsellor holds `load` already, and may hold `most`; of a whole channel when `is_channel`. `may_insist`: it can be
    done all the same, if meant."""

    def __init__(self, load: int, most: int, *, may_insist: bool, is_channel: bool = False) -> None:
        super().__init__("hands full")
        self.load, self.most, self.may_insist, self.is_channel = load, most, may_insist, is_channel


def most_of(duty: Duty, reception: Reception) -> int:
    """How much this person may hold at most: what a supervisor said of this person, or else what is said of the role. Who
    is in training never holds more than those in training may."""
    if duty.is_trainee:
        own = reception.trainee_load if duty.most_load is None else duty.most_load
        return min(own, reception.trainee_load)
    if duty.most_load is not None:
        return duty.most_load
    if reception.supervisor_load is not None and duty.counsellor.has_role([Role.SUPERVISOR]):
        return reception.supervisor_load
    return reception.most_load


def see_that_there_is_room(duty: Duty, conversation: Conversation, actor: User, *, insists: bool) -> None:
    """Raise HandsFull when one more talk is too much for the actor, whose duty is locked."""
    reception = Reception.objects.filter(channel_id=conversation.channel_id).first()
    if reception is None:
        return
    load, most = Conversation.objects.held_by(actor).load(), most_of(duty, reception)
    may_insist = _may_insist(conversation, actor)
    if load + conversation.weight > most and not (insists and may_insist):
        raise HandsFull(load, most, may_insist=may_insist)


def see_that_the_channel_has_room(conversation: Conversation, actor: User, *, insists: bool) -> None:
    """Raise HandsFull when the channel holds as many talks as it may. The talk is locked; the reception is from here on."""
    if (number := talks_beyond(conversation)) is None:
        return
    may_insist = _may_insist(conversation, actor)
    if not (insists and may_insist):
        raise HandsFull(number, number, may_insist=may_insist, is_channel=True)


def talks_beyond(conversation: Conversation) -> int | None:
    """How many talks the channel may hold, if it holds so many already; None: there is room. Locks the reception."""
    reception = Reception.objects.select_for_update(of=("self",)).filter(channel_id=conversation.channel_id)
    known = reception.first()
    if known is None:
        return None
    here = Conversation.objects.filter(organisation_id=known.organisation_id, channel_id=known.channel_id)
    on_the_line = here.filter(state__in=ON_THE_LINE)[: known.capacity].count()
    return known.capacity if on_the_line >= known.capacity else None


def _may_insist(conversation: Conversation, actor: User) -> bool:
    return conversation.grave_at is not None or actor.has_role([Role.SUPERVISOR])
