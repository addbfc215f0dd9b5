"""Routing by answers: what is known of a friend moves the open talk, when it begins, when an answer arrives, and when staff put
right who is speaking.

A module of its own: a channel that has not switched it on pays nothing when a talk opens, and one question to the database
when a survey is answered.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Contact, Values
from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation
from madoguchi.routing.fitting import fits
from madoguchi.routing.models import MODULE, Applied, Condition, RoutingRule


def opened(conversation: Conversation) -> None:
    """A talk has just been opened; its contact and itself are the caller's."""
    if MODULE in conversation.modules:
        _apply(conversation)


@transaction.atomic
def answered(contact: Contact) -> None:
    """The friend has answered a question, or it is known who is speaking; the contact is locked by the caller, and what became
    known is in the same transaction."""
    talk = desk.open_with(contact.pk, MODULE)
    if talk is not None:
        talk.contact = contact
        _apply(talk)


@transaction.atomic
def _apply(conversation: Conversation) -> None:
    """Each rule that fits does its work, once a talk."""
    done = Applied.objects.filter(conversation=conversation).values("rule_id")
    rules = RoutingRule.objects.in_use().filter(channel_id=conversation.channel_id).exclude(pk__in=done)
    values = Values.objects.filter(contact_id=conversation.contact_id).first()
    known, speaker = (values.plain if values else {}), conversation.speaker
    fitting = [
        rule
        for rule in rules.prefetch_related("conditions")
        if fits(list(rule.conditions.all()), known, speaker)
    ]
    if not fitting:
        return
    for rule in fitting:
        Applied.objects.create(
            organisation_id=conversation.organisation_id, conversation=conversation, rule=rule
        )
        record(None, "routing.apply", conversation, routing_rule=rule.pk)
    skills = sorted({skill for rule in fitting for skill in rule.skills})
    is_lifted = any(rule.is_lifting for rule in fitting)
    if skills or is_lifted:
        desk.steer(conversation, skills, is_lifted=is_lifted)
    names = [rule.name for rule in fitting if rule.is_alarming]
    if names:
        desk.alarm(conversation, names)


@transaction.atomic
def add_rule(
    actor: User, channel: Channel, values: dict[str, Any], conditions: Sequence[dict[str, Any]]
) -> RoutingRule:
    """`values`, and each of the `conditions`: fields of RoutingRule and of Condition."""
    rule = _made(actor, channel, values, conditions)
    record(actor, "routing.add_rule", rule)
    return rule


def _made(
    actor: User, channel: Channel, values: dict[str, Any], conditions: Sequence[dict[str, Any]]
) -> RoutingRule:
    rule = RoutingRule.objects.create(organisation_id=actor.organisation_id, channel=channel, **values)
    Condition.objects.bulk_create(
        Condition(organisation_id=actor.organisation_id, rule=rule, **one) for one in conditions
    )
    return rule


@transaction.atomic
def change_rule(
    actor: User, rule: RoutingRule, values: dict[str, Any], conditions: Sequence[dict[str, Any]]
) -> RoutingRule:
    """A new rule takes the place of this one, which stays beside the talks that it moved."""
    archive_rule(actor, rule)
    fresh = _made(actor, rule.channel, {**values, "paused_at": rule.paused_at}, conditions)
    record(actor, "routing.add_rule", fresh)
    return fresh


@transaction.atomic
def archive_rule(actor: User, rule: RoutingRule) -> None:
    RoutingRule.objects.filter(pk=rule.pk, archived_at=None).update(archived_at=Now())
    record(actor, "routing.archive_rule", rule)


@transaction.atomic
def switch_rule(actor: User, rule: RoutingRule, *, is_on: bool) -> None:
    RoutingRule.objects.filter(pk=rule.pk).update(paused_at=None if is_on else Now())
    record(actor, "routing.switch_rule", rule)


@transaction.atomic
def switch(actor: User, channel: Channel, *, is_on: bool) -> None:
    """The whole module, for one channel."""
    desk.switch_module(actor, channel, MODULE, is_on=is_on)
