"""A grave sign calls again until a person answers for it."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import clock, live
from madoguchi.core.work import Job, claim, held, put_off
from madoguchi.desk.actions.intake import CALL_AGAIN_SECONDS
from madoguchi.desk.actions.moving import NotYours, told, wait_for_next, watched
from madoguchi.desk.models import Alert, AlertKind, Conversation

LEASE_SECONDS = 15.0


def claim_alerts(limit: int) -> list[Job]:
    return claim(Alert.objects.all(), LEASE_SECONDS, limit)


@transaction.atomic
def call_again(job: Job) -> None:
    alert = held(Alert.objects.all(), job)
    if alert is None:
        return
    Alert.objects.filter(pk=alert.pk).update(calls=F("calls") + 1)
    put_off(alert, CALL_AGAIN_SECONDS)
    live.publish(f"desk-{alert.organisation_id}")


@transaction.atomic
def acknowledge(actor: User, alert_id: int, *, is_grave: bool | None = None) -> Alert:
    """A person has seen the sign and answers for it. `is_grave`: what the person says of it; None: only that it was seen."""
    visible = Conversation.objects.visible_to(actor)
    alert = (
        Alert.objects.select_for_update(of=("self",))
        .select_related("conversation")
        .filter(pk=alert_id)
        .first()
    )
    if alert is None or not visible.filter(pk=alert.conversation_id).exists():
        raise NotYours
    if alert.acknowledged_at is None:
        answered = {"acknowledged_at": Now(), "acknowledged_by": actor, "is_grave": is_grave, "due_at": None}
        Alert.objects.filter(pk=alert_id).update(**answered)
        record(actor, "desk.acknowledge", alert, is_grave=is_grave)
        conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=alert.conversation_id)
        _judged(conversation, actor, is_grave)
        told(conversation, to_all=True)
    return alert


@transaction.atomic
def judge(actor: User, conversation_id: int, *, is_grave: bool) -> Conversation:
    """A person says that a talk is grave which no rule had marked, or that one is not."""
    conversation = watched(actor, conversation_id)
    if (conversation.grave_at is not None) != is_grave or conversation.grave_by_id is None:
        record(actor, "desk.judge", conversation, is_grave=is_grave)
        _set_grave(conversation, actor, is_grave=is_grave)
        told(conversation, to_all=True)
    return conversation


def _judged(conversation: Conversation, actor: User, is_grave: bool | None) -> None:
    """What a rule supposed falls when every one of its signs was dismissed; what a person said stands."""
    was_a_rules_word = conversation.grave_by_id is None
    if is_grave:
        _set_grave(conversation, actor, is_grave=True)
    elif is_grave is False and was_a_rules_word and not _signs(conversation).exclude(is_grave=False).exists():
        _set_grave(conversation, None, is_grave=False)


def _signs(conversation: Conversation) -> QuerySet[Alert]:
    """What a rule took for grave; an answer that was to be told says nothing of that."""
    return conversation.alerts.filter(kind=AlertKind.SIGN)


def _set_grave(conversation: Conversation, actor: User | None, *, is_grave: bool) -> None:
    conversation.grave_at = (conversation.grave_at or clock.of_database()) if is_grave else None
    conversation.grave_by, conversation.version = actor, conversation.version + 1
    wait_for_next(conversation)
    conversation.save(update_fields=["grave_at", "grave_by", "version", "due_at", "leased_until"])
