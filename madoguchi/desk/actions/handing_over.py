"""A talk goes from hand to hand without falling between two chairs: who holds it holds it until somebody else has accepted."""

import uuid

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import Role, User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.audit.actions import record
from madoguchi.core import live
from madoguchi.desk.actions.assigning import pass_on
from madoguchi.desk.actions.duty import locked_duty
from madoguchi.desk.actions.moving import (
    NotNow,
    NotYours,
    changeable,
)
from madoguchi.desk.actions.notes import LONGEST, Unfit
from madoguchi.desk.actions.room import see_that_there_is_room
from madoguchi.desk.models import Conversation, Duty, HandOver, HandOverEnd, Skill
from madoguchi.desk.models.hand_over import HandOverQuerySet


@transaction.atomic
def hand_over(
    actor: User, conversation_id: int, words: str, *, to: User | None = None, skill: str = ""
) -> HandOver:
    """Ask a person, whoever has a skill, or, with neither, whoever takes it, to go on with a talk. `words`: what they should know.
    Raises NotNow while it is already being handed over."""
    conversation = changeable(actor, conversation_id)
    _fits(actor, conversation, words, to, skill)
    if conversation.hand_overs.pending().exists():
        raise NotNow
    token = uuid.uuid4()
    asked = HandOver.objects.create(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        asked_by=actor,
        to_counsellor=to,
        to_skill=skill,
        token=token,
        sealed_words=conversation.contact.seal("desk_handover", "words", token, words),
    )
    record(actor, "desk.hand_over", conversation, counsellor=to.pk if to else None, skill=skill)
    _tell(asked)
    return asked


def _fits(actor: User, conversation: Conversation, words: str, to: User | None, skill: str) -> None:
    if not words.strip() or len(words) > LONGEST:
        raise Unfit
    if to is not None:
        is_one_of_us = to.organisation_id == actor.organisation_id and to.is_active and to.has_role(TALKERS)
        if not is_one_of_us or skill or conversation.owner_id == to.pk:
            raise NotYours
    elif skill and not Skill.objects.in_use(actor.organisation_id).filter(key=skill).exists():
        raise NotYours


@transaction.atomic
def accept(actor: User, hand_over_id: int, *, insists: bool = False) -> Conversation:
    """The talk is the actor's from now on. Raises NotYours when it was asked of somebody else, or has ended; HandsFull."""
    duty = locked_duty(actor)
    conversation = _locked(_one(_open_to(actor, duty), hand_over_id))
    # After the talk, as whoever ends a talk calls off what was asked.
    asked = _asked(actor, hand_over_id, duty)
    if not conversation.is_held:
        raise NotYours
    see_that_there_is_room(duty, conversation, actor, insists=insists)
    _end(asked, actor, HandOverEnd.ACCEPTED)
    record(actor, "desk.accept", conversation, counsellor=asked.asked_by_id)
    live.publish(f"mine-{asked.asked_by_id}")
    pass_on(duty, conversation, asked.asked_by)
    return conversation


@transaction.atomic
def decline(actor: User, hand_over_id: int) -> HandOver:
    """Not the actor: who asked keeps the talk, and hears it. What was asked of a skill or of all stays open."""
    asked = _asked(actor, hand_over_id, locked_duty(actor))
    if asked.to_counsellor_id != actor.pk:
        raise NotYours
    _end(asked, actor, HandOverEnd.DECLINED)
    record(actor, "desk.decline", asked.conversation)
    _tell(asked)
    return asked


@transaction.atomic
def withdraw(actor: User, hand_over_id: int) -> HandOver:
    """Who asked has thought better of it, or a supervisor has."""
    pending = HandOver.objects.select_for_update(of=("self",)).select_related("conversation")
    asked = pending.pending().filter(pk=hand_over_id, organisation_id=actor.organisation_id).first()
    if asked is None or not (asked.asked_by_id == actor.pk or actor.has_role([Role.SUPERVISOR])):
        raise NotYours
    _end(asked, actor, HandOverEnd.WITHDRAWN)
    record(actor, "desk.withdraw_hand_over", asked.conversation)
    _tell(asked)
    return asked


@transaction.atomic
def see_end(actor: User, hand_over_id: int) -> HandOver:
    """Somebody has read how a hand-over ended. Raises NotYours."""
    ours = HandOver.objects.filter(organisation_id=actor.organisation_id).news_for(actor)
    ended = ours.select_for_update(of=("self",)).filter(pk=hand_over_id).first()
    if ended is None:
        raise NotYours
    mine = "asker_saw_at" if ended.asked_by_id == actor.pk else "asked_saw_at"
    HandOver.objects.filter(pk=ended.pk).update(**{mine: Now()})
    record(actor, "desk.see_hand_over", ended.conversation)
    live.publish(f"mine-{actor.pk}")
    return ended


def _asked(actor: User, hand_over_id: int, duty: Duty) -> HandOver:
    return _one(_open_to(actor, duty).select_for_update(of=("self",)), hand_over_id)


def _open_to(actor: User, duty: Duty) -> HandOverQuerySet:
    ours = HandOver.objects.filter(organisation_id=actor.organisation_id)
    return ours.asked_of(actor, duty.skills).select_related("conversation")


def _one(hand_overs: HandOverQuerySet, pk: int) -> HandOver:
    asked = hand_overs.filter(pk=pk).first()
    if asked is None:
        raise NotYours
    return asked


def _locked(asked: HandOver) -> Conversation:
    return (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("contact")
        .get(pk=asked.conversation_id)
    )


def _end(asked: HandOver, actor: User | None, end: HandOverEnd) -> None:
    HandOver.objects.filter(pk=asked.pk).update(end=end, ended_at=Now(), ended_by=actor)


def _tell(asked: HandOver) -> None:
    conversation = asked.conversation
    topics = [f"beside-{conversation.contact_id}", f"mine-{asked.asked_by_id}"]
    topics.append(
        f"mine-{asked.to_counsellor_id}" if asked.to_counsellor_id else f"desk-{asked.organisation_id}"
    )
    live.publish(*topics)
