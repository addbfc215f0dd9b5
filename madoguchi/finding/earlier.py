"""A friend's earlier talks, also those by another account that is the same person (contacts.Merge); without content."""

from django.db.models import Q

from madoguchi.contacts.models import Contact, Merge
from madoguchi.desk.models import Conversation, ConversationQuerySet


def accounts_of(contact: Contact) -> set[int]:
    """The ids of all accounts that are said to be this person's."""
    known = {contact.pk}
    for kept, merged in Merge.objects.standing().about(contact).values_list("kept", "merged"):
        known |= {kept, merged}
    more = Merge.objects.standing().filter(Q(kept__in=known) | Q(merged__in=known))
    for kept, merged in more.values_list("kept", "merged"):
        known |= {kept, merged}
    return known


def talks(conversation: Conversation) -> ConversationQuerySet:
    """The newest first."""
    mine = Conversation.objects.filter(
        organisation_id=conversation.organisation_id, contact__in=accounts_of(conversation.contact)
    )
    before = mine.filter(opened_at__lt=conversation.opened_at).exclude(pk=conversation.pk)
    return before.select_related("contact", "owner", "channel").order_by("-opened_at", "-pk")
