"""Ready-made attributes, installed at one press."""

from django.db import transaction

from madoguchi.accounts.models import Organisation, User
from madoguchi.contacts.actions.attributes import add_attribute
from madoguchi.contacts.models import Attribute
from madoguchi.contacts.sets import SETS


@transaction.atomic
def install_set(organisation: Organisation, name: str, actor: User | None = None) -> list[Attribute]:
    """Add the attributes of a ready-made set (a key of SETS) that the organisation does not have yet; those added."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    present = set(Attribute.objects.of(organisation).values_list("key", flat=True))
    return [add_attribute(actor, organisation, new) for new in SETS[name] if new.key not in present]
