"""What the screens of friends draw, opened and in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from madoguchi.contacts.models import Attribute, Change, Consent, Contact, Kind, Merge, Tag, Values
from madoguchi.contacts.models.values import Stored


@dataclass(frozen=True)
class Fact:
    attribute: Attribute
    words: str = field(repr=False)


@dataclass(frozen=True)
class ShownChange:
    change: Change
    before: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True)
class ShownFriend:
    """A friend in a list. `merged_with`: how many other accounts are the same person."""

    contact: Contact = field(repr=False)
    facts: list[Fact] = field(repr=False)
    tags: list[Tag] = field(repr=False)
    merged_with: int = 0


@dataclass(frozen=True)
class ShownAccount:
    """Another account of the same person, by the merge that says so."""

    merge: Merge
    contact: Contact = field(repr=False)
    facts: list[Fact] = field(repr=False)


@dataclass(frozen=True)
class Portrait:
    """A friend's page."""

    contact: Contact = field(repr=False)
    facts: list[Fact] = field(repr=False)
    unknown: list[Attribute] = field(repr=False)
    tags: list[Tag] = field(repr=False)
    history: list[ShownChange] = field(repr=False)
    consents: list[Consent] = field(repr=False)
    accounts: list[ShownAccount] = field(repr=False)


def words(attribute: Attribute, stored: Stored) -> str:
    """A kept value as a person reads it; a code that has no option any more stands for itself."""
    if stored is None:
        return ""
    match attribute.kind:
        case Kind.NUMBER:
            return f"{stored:,}{attribute.unit}"
        case Kind.DATE:
            return date_format(date.fromisoformat(stored), _("Y年n月j日"))
        case Kind.TEXT:
            return str(stored)
    options = attribute.option_of
    return "、".join(options[code].label if code in options else code for code in stored)


def facts(attributes: Iterable[Attribute], known: Values | None, contact: Contact) -> list[Fact]:
    """The values that are known, in words. `attributes` come with their options."""
    if known is None:
        return []
    known.contact = contact
    every = {**known.plain, **known.texts}
    return [Fact(each, words(each, every[str(each.pk)])) for each in attributes if str(each.pk) in every]
