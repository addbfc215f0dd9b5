"""A grave sign calls again until a person answers for it."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import live
from madoguchi.core.work import Job, claim, held, put_off
from madoguchi.desk.actions.intake import CALL_AGAIN_SECONDS
from madoguchi.desk.actions.talk import NotYours, told
from madoguchi.desk.models import Alert, Conversation

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
def acknowledge(actor: User, alert_id: int) -> Alert:
    """A person has seen the sign and answers for it."""
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
        Alert.objects.filter(pk=alert_id).update(acknowledged_at=Now(), acknowledged_by=actor, due_at=None)
        record(actor, "desk.acknowledge", alert)
        told(alert.conversation, to_all=True)
    return alert
