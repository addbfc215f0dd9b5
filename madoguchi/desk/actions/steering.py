"""What is known of a friend moves an open talk: whom it calls; and what it needs and where it stands in the queue, which holds
for a talk that somebody has as soon as it is given back. Who decides so stands above the desk; the talk is locked by the
caller."""

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.models import Channel
from madoguchi.core import clock
from madoguchi.desk.actions.intake import raise_alert, reception_of
from madoguchi.desk.actions.moving import told
from madoguchi.desk.models import Alert, AlertKind, Conversation, Reception


@transaction.atomic
def steer(conversation: Conversation, needs: list[str], *, is_lifted: bool) -> None:
    """The talk needs these skills too, and goes as if it had waited longer when it is lifted."""
    conversation.needs = sorted({*conversation.needs, *needs})
    if is_lifted and conversation.lifted_at is None:
        conversation.lifted_at = clock.of_database()
    conversation.save(update_fields=["needs", "lifted_at"])
    _steered(conversation)
    record(None, "desk.steer", conversation)
    told(conversation, to_all=True)


@transaction.atomic
def alarm(conversation: Conversation, names: list[str]) -> Alert:
    """Call supervisors because of an answer; by itself it says nothing of how grave the talk is. Called anew with each new
    reason: what was answered for stays so."""
    message = conversation.last_message
    known = Alert.objects.filter(message=message, kind=AlertKind.ANSWER).first()
    if known is None:
        known = raise_alert(conversation, message, AlertKind.ANSWER, names)
    else:
        fresh = {"acknowledged_at": None, "acknowledged_by": None, "due_at": clock.of_database()}
        Alert.objects.filter(pk=known.pk).update(rules=[*known.rules, *names], **fresh)
    _steered(conversation)
    record(None, "desk.alarm", known)
    told(conversation, to_all=True)
    return known


def _steered(conversation: Conversation) -> None:
    conversation.steered_at = conversation.steered_at or clock.of_database()
    conversation.version += 1
    conversation.save(update_fields=["steered_at", "version"])


def open_with(contact_id: int, module: str) -> Conversation | None:
    """The friend's open talk, locked, if its channel has switched this module on."""
    channels = Reception.objects.filter(modules__contains=[module]).values("channel_id")
    talks = Conversation.objects.open().filter(contact_id=contact_id, channel_id__in=channels)
    rows = talks.select_for_update(of=("self",)).select_related("contact", "last_message")
    return next(iter(rows), None)


@transaction.atomic
def switch_module(actor: User, channel: Channel, module: str, *, is_on: bool) -> None:
    reception = Reception.objects.select_for_update(of=("self",)).get(pk=reception_of(channel).pk)
    others = [name for name in reception.modules if name != module]
    reception.modules = [*others, module] if is_on else others
    reception.save(update_fields=["modules"])
    record(actor, "desk.set_reception", reception, changed=["modules"])
