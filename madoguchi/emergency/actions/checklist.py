"""Ticking the checklist of a grave talk."""

import uuid

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import live
from madoguchi.desk.actions.moving import watched
from madoguchi.desk.models import Conversation
from madoguchi.emergency.models import Tick
from madoguchi.emergency.questions import ITEMS, Answer

LONGEST = 1000


class Unknown(Exception):
    """No such question or answer, or too many words."""


@transaction.atomic
def tick(actor: User, conversation_id: int, item: str, answer: str, words: str = "") -> Tick:
    """Write down what is known of one question; an earlier answer stays in the record. Raises desk.NotYours, Unknown."""
    if item not in ITEMS or answer not in Answer.values or len(words) > LONGEST:
        raise Unknown
    watched(actor, conversation_id)
    conversation = Conversation.objects.select_related("contact").get(pk=conversation_id)
    token, said = uuid.uuid4(), words.strip()
    ticked = Tick.objects.create(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        item=item,
        answer=answer,
        token=token,
        sealed_words=conversation.contact.seal("emergency_tick", "words", token, said) if said else None,
        by=actor,
    )
    record(actor, "emergency.tick", conversation, item=item)
    live.publish(f"beside-{conversation.contact_id}")
    return ticked
