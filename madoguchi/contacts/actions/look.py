"""Reading what is known of friends is an act: the audit row stands in the same transaction. No row, no content."""

import json
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.contacts.models import (
    Attribute,
    Change,
    Consent,
    Contact,
    ContactQuerySet,
    Merge,
    Purpose,
    Tag,
    Tagging,
    Values,
)
from madoguchi.contacts.models.attribute import TALK
from madoguchi.contacts.shown import Portrait, ShownAccount, ShownChange, ShownFriend, facts, words
from madoguchi.core import seal

MOST_HISTORY = 100
MOST_FOUND = 50
MOST_SCANNED = 100_000
LONGEST_SCAN_SECONDS = 3.0
_STEP = 1000


def visible(actor: User) -> list[Attribute]:
    """The attributes whose values the actor may read, with their options."""
    return list(Attribute.objects.visible_to(actor).in_order().prefetch_related("options"))


@transaction.atomic
def friends(
    actor: User, page: Sequence[Contact], attributes: list[Attribute] | None = None
) -> list[ShownFriend]:
    """A page of the list, with what the actor may know of each. Words of one's own, and what tells who somebody is, stand on
    the friend's own page only."""
    if not page:
        return []
    ids = [contact.pk for contact in page]
    record(actor, "contacts.list", actor, friends=ids)
    known = {row.contact_id: row for row in Values.objects.filter(contact__in=ids)}
    tags = tags_of(actor, ids)
    merged = Counter[int]()
    for kept, other in _merges(ids):
        merged.update((kept, other))
    shown = [each for each in attributes or visible(actor) if not (each.is_sealed or each.is_personal)]
    return [
        ShownFriend(each, facts(shown, known.get(each.pk), each), tags[each.pk], merged[each.pk])
        for each in page
    ]


def tags_of(actor: User, ids: list[int]) -> dict[int, list[Tag]]:
    found: dict[int, list[Tag]] = defaultdict(list)
    rows = Tagging.objects.filter(contact__in=ids, tag__in=Tag.objects.visible_to(actor))
    for row in rows.select_related("tag").order_by("tag__name"):
        found[row.contact_id].append(row.tag)
    return found


def _merges(ids: list[int]) -> Iterator[tuple[int, int]]:
    standing = Merge.objects.standing()
    rows = standing.filter(kept__in=ids) | standing.filter(merged__in=ids)
    yield from rows.values_list("kept_id", "merged_id")


@transaction.atomic
def friend(actor: User, contact: Contact) -> Portrait:
    """A friend's page: what is known now, what changed, and the other accounts of the same person."""
    attributes = visible(actor)
    accounts = _accounts(contact) if actor.has_role(TALK) else []
    record(actor, "contacts.look", contact, friends=[other.pk for _merge, other in accounts])
    everybody = [contact.pk, *(other.pk for _merge, other in accounts)]
    known = {row.contact_id: row for row in Values.objects.filter(contact__in=everybody)}
    mine = facts(attributes, known.get(contact.pk), contact)
    has_value = {fact.attribute.pk for fact in mine}
    return Portrait(
        contact=contact,
        facts=mine,
        unknown=[each for each in attributes if each.pk not in has_value and each.archived_at is None],
        tags=tags_of(actor, [contact.pk])[contact.pk],
        history=_history(contact, attributes),
        consents=list(_consents(actor, contact)),
        accounts=[
            ShownAccount(merge, other, facts(attributes, known.get(other.pk), other))
            for merge, other in accounts
        ],
    )


def _consents(actor: User, contact: Contact) -> QuerySet[Consent]:
    """That somebody agreed to the terms of consultations tells who takes counsel: for those who talk alone."""
    mine = Consent.objects.filter(contact=contact).select_related("terms").order_by("-agreed_at")
    return mine if actor.has_role(TALK) else mine.exclude(terms__purpose=Purpose.CONSULTATION)


def _history(contact: Contact, attributes: list[Attribute]) -> list[ShownChange]:
    by_id = {each.pk: each for each in attributes}
    rows = Change.objects.filter(contact=contact, attribute__in=by_id).select_related("actor")
    shown = []
    for row in rows.order_by("-changed_at", "-pk")[:MOST_HISTORY]:
        row.contact, row.attribute = contact, by_id[row.attribute_id]
        shown.append(ShownChange(row, words(row.attribute, row.before), words(row.attribute, row.after)))
    return shown


def _accounts(contact: Contact) -> list[tuple[Merge, Contact]]:
    """The other accounts of the same person: those merged into this one, or the one it was merged into and its others."""
    standing = Merge.objects.standing().select_related("kept__channel", "merged__channel", "by")
    above = standing.filter(merged=contact).first()
    kept = above.kept if above else contact
    below = [(row, row.merged) for row in standing.filter(kept=kept).exclude(merged=contact).order_by("pk")]
    return [(above, above.kept), *below] if above else below


@transaction.atomic
def reveal(actor: User, contact: Contact) -> dict[str, str]:
    """The friend's LINE name, on the record."""
    record(actor, "contacts.reveal", contact)
    return contact.profile


@dataclass(frozen=True)
class Found:
    """Friends whose LINE name has the words in it. `is_all`: whether everybody was looked at."""

    friends: list[ShownFriend] = field(repr=False)
    scanned: int
    is_all: bool


@transaction.atomic
def find(actor: User, searched: str) -> Found:
    """Look for a LINE name, the friends that were active last first. The names are sealed, so they are opened one after the
    other, within bounds of number and time."""
    wanted, until = _folded(searched), time.monotonic() + LONGEST_SCAN_SECONDS
    found: list[int] = []
    scanned, is_all = 0, False
    named = Contact.objects.visible_to(actor).filter(sealed_profile__isnull=False)
    while len(found) < MOST_FOUND and scanned < MOST_SCANNED and time.monotonic() < until:
        step = _step(named, scanned)
        found += [contact.pk for contact in step if wanted in _folded(_name(contact))]
        scanned += len(step)
        if is_all := len(step) < _STEP:
            break
    rows = (
        Contact.objects.visible_to(actor)
        .select_related("channel", "origin")
        .filter(pk__in=found[:MOST_FOUND])
    )
    record(actor, "contacts.find", actor, friends=found[:MOST_FOUND], scanned=scanned)
    shown = friends(actor, list(rows.order_by("-active_at", "-pk")))
    return Found(shown, scanned, is_all and len(found) <= MOST_FOUND)


def _step(named: ContactQuerySet, begin: int) -> list[Contact]:
    columns = ("organisation_id", "line_id_hash", "wrapped_key", "key_epoch", "sealed_profile")
    return list(named.only(*columns).order_by("-active_at", "-pk")[begin : begin + _STEP])


def _name(contact: Contact) -> str:
    try:
        return contact.profile.get("name", "")
    except (seal.CannotOpen, json.JSONDecodeError):
        return ""  # erased: nobody's name any more


def _folded(text: str) -> str:
    """Wide and narrow letters, large and small, and both kinds of kana as one."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in plain)
