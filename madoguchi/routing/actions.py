"""Routing by answers: what is known of a friend moves the waiting talk, when it opens and when an answer arrives.

A module of its own: a channel that has not switched it on pays nothing when a talk opens, and one question to the database
when a survey is answered.
"""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Contact, Values
from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation
from madoguchi.routing.models import MODULE, Applied, RoutingRule
from madoguchi.threads import actions as threads


def opened(conversation: Conversation) -> None:
    """A talk has just been opened; its contact and itself are the caller's."""
    if MODULE in conversation.modules:
        _apply(conversation)


@transaction.atomic
def answered(contact: Contact) -> None:
    """The friend has answered a question; the contact is locked by the caller."""
    waiting = desk.waiting_with(contact.pk, MODULE)
    if waiting is not None:
        waiting.contact = contact
        _apply(waiting)


@transaction.atomic
def answered_on_a_page(contact_id: int) -> None:
    """As `answered`, of a friend whom nobody has locked yet."""
    if desk.waits_with(contact_id, MODULE):
        answered(threads.locked(contact_id))


@transaction.atomic
def _apply(conversation: Conversation) -> None:
    """Each rule that fits does its work, once a talk."""
    done = Applied.objects.filter(conversation=conversation).values("rule_id")
    rules = RoutingRule.objects.in_use().filter(channel_id=conversation.channel_id).exclude(pk__in=done)
    values = Values.objects.filter(contact_id=conversation.contact_id).first()
    known = values.plain if values else {}
    fits = [rule for rule in rules if _fits(rule, known)]
    if not fits:
        return
    for rule in fits:
        Applied.objects.create(
            organisation_id=conversation.organisation_id, conversation=conversation, rule=rule
        )
        record(None, "routing.apply", conversation, routing_rule=rule.pk)
    skills = sorted({skill for rule in fits for skill in rule.skills})
    is_lifted = any(rule.is_lifting for rule in fits)
    if skills or is_lifted:
        desk.steer(conversation, skills, is_lifted=is_lifted)
    names = [rule.name for rule in fits if rule.is_alarming]
    if names:
        desk.alarm(conversation, names)


def _fits(rule: RoutingRule, known: dict[str, Any]) -> bool:
    value = known.get(str(rule.attribute_id))
    return isinstance(value, list) and bool(set(rule.codes) & set(value))


@transaction.atomic
def add_rule(actor: User, channel: Channel, values: dict[str, Any]) -> RoutingRule:
    rule = RoutingRule.objects.create(organisation_id=actor.organisation_id, channel=channel, **values)
    record(actor, "routing.add_rule", rule)
    return rule


@transaction.atomic
def change_rule(actor: User, rule: RoutingRule, values: dict[str, Any]) -> RoutingRule:
    """A new rule takes the place of this one, which stays beside the talks that it moved."""
    archive_rule(actor, rule)
    fresh = RoutingRule.objects.create(
        organisation_id=rule.organisation_id, channel_id=rule.channel_id, paused_at=rule.paused_at, **values
    )
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
