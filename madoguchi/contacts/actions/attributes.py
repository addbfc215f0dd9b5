"""The attributes themselves: adding, changing, ordering, putting away. What values or surveys hang on is archived, not deleted."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.db.models.functions import Now

from madoguchi.accounts.models import Organisation, User
from madoguchi.audit.actions import record
from madoguchi.contacts.models import Attribute, Change, Kind, Option, Purpose
from madoguchi.contacts.models.attribute import READERS, TALK
from madoguchi.contacts.new import NewAttribute, NewOption


class InUse(Exception):
    """Values hang on it, so this can't be changed any more: the kind, or what a consultation's answers may be used for."""


class KeyTaken(Exception):
    """Another attribute has this key."""


def may_read(purpose: str, roles: Iterable[str]) -> list[str]:
    """Of these roles those that may read values of this purpose, in the order of READERS."""
    able = TALK if purpose == Purpose.CONSULTATION else READERS
    return [role.value for role in able if role in set(roles)]


@transaction.atomic
def add_attribute(actor: User | None, organisation: Organisation, new: NewAttribute) -> Attribute:
    """Add an attribute at the end of the list, with its options. Raises KeyTaken."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    ours = Attribute.objects.of(organisation)
    key = new.key or _free_key(organisation, new.kind)
    if ours.filter(key=key).exists():
        raise KeyTaken
    attribute = Attribute.objects.create(
        organisation=organisation,
        key=key,
        name=new.name,
        name_en=new.name_en,
        kind=new.kind,
        purpose=new.purpose,
        is_personal=new.is_personal,
        readers=may_read(new.purpose, new.readers or READERS),
        unit=new.unit if new.kind == Kind.NUMBER else "",
        position=(ours.aggregate(last=Max("position"))["last"] or 0) + 1,
    )
    Option.objects.bulk_create(
        Option(
            attribute=attribute,
            organisation=organisation,
            code=one.code,
            name=one.name,
            name_en=one.name_en,
            group=one.group,
            position=place,
        )
        for place, one in enumerate(new.options, 1)
    )
    record(actor, "contacts.add_attribute", attribute, kind=str(attribute.kind), purpose=str(new.purpose))
    return attribute


def _free_key(organisation: Organisation, kind: str) -> str:
    """A key for who does not care: `single-3`. The organisation's row is locked, so nobody takes it meanwhile."""
    taken = set(Attribute.objects.of(organisation).values_list("key", flat=True))
    number = len(taken) + 1
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"


def is_used(attribute: Attribute) -> bool:
    """Whether a friend has or had a value of it."""
    return Change.objects.filter(attribute=attribute).exists()


@transaction.atomic
def change_attribute(
    actor: User,
    attribute: Attribute,
    *,
    name: str,
    purpose: str,
    readers: Iterable[str],
    name_en: str = "",
    is_personal: bool = False,
    unit: str = "",
) -> Attribute:
    """Change everything but key and kind. What was said in consultations does not become a matter of deliveries: InUse."""
    locked = Attribute.objects.select_for_update(of=("self",)).get(pk=attribute.pk)
    was_for_talk = locked.purpose == Purpose.CONSULTATION
    if was_for_talk and purpose != Purpose.CONSULTATION and is_used(locked):
        raise InUse
    wanted = {
        "name": name,
        "name_en": name_en,
        "purpose": purpose,
        "readers": may_read(purpose, readers),
        "is_personal": is_personal,
        "unit": unit if locked.kind == Kind.NUMBER else "",
    }
    changed = sorted(column for column, value in wanted.items() if getattr(locked, column) != value)
    for column in changed:
        setattr(locked, column, wanted[column])
    if changed:
        locked.save(update_fields=changed)
        record(actor, "contacts.change_attribute", locked, changed=changed)
    return locked


@transaction.atomic
def move_attribute(actor: User, attribute: Attribute, step: int) -> None:
    """One place up (-1) or down (1) among those in use; at the end of the list nothing happens."""
    ours = Attribute.objects.of(attribute.organisation_id).current()
    _move([*ours.in_order().select_for_update(of=("self",))], attribute.pk, step)
    record(actor, "contacts.change_attribute", attribute, changed=["position"])


@transaction.atomic
def archive(actor: User, attribute: Attribute) -> None:
    """Put it away: its values stay, nobody is asked for it any more."""
    Attribute.objects.filter(pk=attribute.pk, archived_at=None).update(archived_at=Now())
    record(actor, "contacts.archive_attribute", attribute)


@transaction.atomic
def restore(actor: User, attribute: Attribute) -> None:
    Attribute.objects.filter(pk=attribute.pk).update(archived_at=None)
    record(actor, "contacts.restore_attribute", attribute)


@transaction.atomic
def remove_attribute(actor: User, attribute: Attribute) -> bool:
    """Delete it when nothing hangs on it, archive it otherwise; whether it is gone for good."""
    try:
        with transaction.atomic():
            record(actor, "contacts.remove_attribute", attribute)
            Attribute.objects.get(pk=attribute.pk).delete()
    except ProtectedError:
        archive(actor, attribute)
        return False
    return True


@transaction.atomic
def add_option(actor: User, attribute: Attribute, new: NewOption) -> Option:
    """Add a choice at the end. An empty code is made up. Raises KeyTaken."""
    Attribute.objects.select_for_update(of=("self",)).get(pk=attribute.pk)
    codes = set(attribute.options.values_list("code", flat=True))
    number = next(n for n in range(len(codes) + 1, 2 * len(codes) + 3) if f"o{n}" not in codes)
    code = new.code or f"o{number}"
    if code in codes:
        raise KeyTaken
    last = attribute.options.aggregate(last=Max("position"))["last"] or 0
    option = Option.objects.create(
        attribute=attribute,
        organisation_id=attribute.organisation_id,
        code=code,
        name=new.name,
        name_en=new.name_en,
        group=new.group,
        position=last + 1,
    )
    record(actor, "contacts.change_attribute", attribute, changed=["options"])
    return option


@transaction.atomic
def change_option(actor: User, option: Option, *, name: str, name_en: str = "", group: str = "") -> None:
    """Other words for the same choice; its code stays."""
    Option.objects.filter(pk=option.pk).update(name=name, name_en=name_en, group=group)
    record(actor, "contacts.change_attribute", option.attribute, changed=["options"])


@transaction.atomic
def move_option(actor: User, option: Option, step: int) -> None:
    Attribute.objects.select_for_update(of=("self",)).get(pk=option.attribute_id)
    _move([*option.attribute.options.filter(archived_at=None)], option.pk, step)
    record(actor, "contacts.change_attribute", option.attribute, changed=["options"])


@transaction.atomic
def remove_option(actor: User, option: Option) -> bool:
    """Delete it while nobody ever had a value of the attribute, archive it otherwise; whether it is gone for good."""
    is_gone = not is_used(option.attribute)
    if is_gone:
        Option.objects.get(pk=option.pk).delete()
    else:
        Option.objects.filter(pk=option.pk).update(archived_at=Now())
    record(actor, "contacts.change_attribute", option.attribute, changed=["options"])
    return is_gone


@transaction.atomic
def restore_option(actor: User, option: Option) -> None:
    Option.objects.filter(pk=option.pk).update(archived_at=None)
    record(actor, "contacts.change_attribute", option.attribute, changed=["options"])


def _move(rows: Sequence[Attribute] | Sequence[Option], pk: int, step: int) -> None:
    """Exchange with the neighbour. Every row gets its place as a number anew, so that equal positions come apart."""
    order = [row.pk for row in rows]
    here = order.index(pk)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    places = {row_pk: place for place, row_pk in enumerate(order, 1)}
    for row in rows:
        if row.position != places[row.pk]:
            type(row).objects.filter(pk=row.pk).update(position=places[row.pk])
