"""What the next one who talks with this friend should know: kept with a talk, sealed, and put right later."""

from django.db import transaction

from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.core import live
from madoguchi.desk.actions.moving import NotYours
from madoguchi.desk.actions.notes import Unfit
from madoguchi.desk.models import Conversation, State

LONGEST = 2000


def may_recommend(actor: User, conversation: Conversation) -> bool:
    """Who holds the talk, or held it last; and supervisors."""
    is_own = conversation.owner_id == actor.pk and conversation.state != State.WAITING
    return is_own or actor.has_role([Role.SUPERVISOR])


@transaction.atomic
def recommend(actor: User, conversation_id: int, text: str) -> None:
    """Empty: nothing is recommended any more. Raises NotYours and Unfit."""
    seen = Conversation.objects.visible_to(actor).filter(pk=conversation_id)
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("contact")
    conversation = rows.filter(pk__in=seen.values("pk")).first()
    if conversation is None or not may_recommend(actor, conversation):
        raise NotYours
    if len(text) > LONGEST:
        raise Unfit
    sealed = conversation.contact.seal("desk_conversation", "approach", conversation.pk, text.strip())
    conversation.sealed_approach = sealed if text.strip() else None
    conversation.save(update_fields=["sealed_approach"])
    record(actor, "desk.recommend", conversation)
    live.publish(f"beside-{conversation.contact_id}")
