"""What is known of friends: who they are, what was said of them, where they came from, what they agreed to."""

from madoguchi.contacts.models.attribute import Attribute, AttributeQuerySet, Kind, Option, Purpose
from madoguchi.contacts.models.consent import Consent, Terms, Way
from madoguchi.contacts.models.contact import Contact, ContactQuerySet, ProfileState, Secret
from madoguchi.contacts.models.files import Export, Import
from madoguchi.contacts.models.merge import Merge
from madoguchi.contacts.models.origin import Origin, OriginVisit
from madoguchi.contacts.models.speaker import Speaker, side
from madoguchi.contacts.models.tag import Colour, Tag, Tagging
from madoguchi.contacts.models.values import Change, PlainValue, Source, Values

__all__ = [
    "Attribute",
    "AttributeQuerySet",
    "Change",
    "Colour",
    "Consent",
    "Contact",
    "ContactQuerySet",
    "Export",
    "Import",
    "Kind",
    "Merge",
    "Option",
    "Origin",
    "OriginVisit",
    "PlainValue",
    "ProfileState",
    "Purpose",
    "Secret",
    "Source",
    "Speaker",
    "Tag",
    "Tagging",
    "Terms",
    "Values",
    "Way",
    "side",
]
