"""An open desk says which talk it shows and whether somebody is writing in it, so that two colleagues see each other. Cheap:
one small row a person and talk, and a hint only when somebody else is there to see it."""

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.core import live
from madoguchi.desk.models import Conversation, Glance


@transaction.atomic
def look_at(actor: User, conversation_id: int, *, writes: bool = False) -> None:
    """The actor has this talk before the eyes. What the actor may not read is not looked at."""
    seen = Conversation.objects.visible_to(actor).open().filter(pk=conversation_id)
    contact_id = seen.values_list("contact_id", flat=True).first()
    if contact_id is None:
        return
    here = Glance.objects.now().filter(conversation_id=conversation_id)
    known = {glance.person_id: glance.is_writing for glance in here}
    glance = Glance(
        organisation_id=actor.organisation_id,
        conversation_id=conversation_id,
        person=actor,
        looked_at=Now(),
        wrote_at=Now() if writes else None,
    )
    Glance.objects.bulk_create(
        [glance],
        update_conflicts=True,
        unique_fields=["conversation", "person"],
        update_fields=["looked_at", "wrote_at"],
    )
    if known.pop(actor.pk, None) != writes and known:
        live.publish(f"looking-{contact_id}")


@transaction.atomic
def look_away(actor: User, conversation_id: int) -> None:
    """The actor has turned to something else."""
    mine = Glance.objects.filter(conversation_id=conversation_id, person=actor)
    contact_id = mine.values_list("conversation__contact_id", flat=True).first()
    if contact_id is None:
        return
    mine.delete()
    if Glance.objects.now().filter(conversation_id=conversation_id).exists():
        live.publish(f"looking-{contact_id}")
