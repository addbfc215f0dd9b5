"""Which friends a list shows: known operators on known attributes, read from the address, never text in SQL.

The address holds ids and codes only. A LINE name is looked for by a post (`actions.look.find`), so that it stands in no address.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.accounts.models import User
from madoguchi.contacts.fit import Unfit, clean
from madoguchi.contacts.models import (
    Attribute,
    Contact,
    ContactQuerySet,
    Kind,
    Origin,
    PlainValue,
    Tag,
    Tagging,
)
from madoguchi.contacts.models.values import Stored
from madoguchi.core import clock

UNKNOWN = "-"  # instead of a code: nothing is known
STATES: dict[str, str | Promise] = {
    "reachable": gettext_lazy("届く"),
    "blocked": gettext_lazy("ブロックされている"),
}
SPANS: dict[str, tuple[str | Promise, int]] = {
    "7": (gettext_lazy("7日以内"), 7),
    "30": (gettext_lazy("30日以内"), 30),
    "90": (gettext_lazy("90日以内"), 90),
    "older": (gettext_lazy("90日より前"), 90),
}
_RANGED = (Kind.NUMBER, Kind.DATE)
Choice = tuple[str, str]
"""(what stands in the address, what is read)"""


@dataclass(frozen=True)
class Field:
    """One filter as the page draws it: choices in their groups, or a span from .. to."""

    name: str
    label: str
    chosen: str = ""
    groups: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    span: tuple[str, str] = ("", "")
    span_type: str = ""  # number or date
    unit: str = ""

    @property
    def is_used(self) -> bool:
        return bool(self.chosen or any(self.span))

    @property
    def said(self) -> str:
        """The value in words, for the chip that takes it away."""
        if self.span_type:
            return " 〜 ".join(self.span) + self.unit
        return next(
            (label for _group, ones in self.groups for value, label in ones if value == self.chosen), ""
        )

    @property
    def parameters(self) -> tuple[str, ...]:
        return (f"{self.name}_from", f"{self.name}_to") if self.span_type else (self.name,)


@dataclass(frozen=True)
class Narrowing:
    """What was asked for, checked. `attributes`: all that this person may see, with their options."""

    user: User
    attributes: list[Attribute] = field(repr=False)
    tags: list[Tag] = field(repr=False)
    origins: list[Origin] = field(repr=False)
    query: QueryDict = field(repr=False)

    @property
    def words(self) -> str:
        return self.query.get("q", "").strip()[:40]

    @cached_property
    def fields(self) -> list[Field]:
        """Every filter, in the order of the page."""
        return [*self.plain_fields, *self.attribute_fields]

    def used(self) -> list[Field]:
        return [each for each in self.fields if each.is_used]

    def chips(self) -> list[tuple[Field, str]]:
        """(a filter that is used, the query that is left without it)."""
        return [(each, self._without(each)) for each in self.used()]

    def _without(self, unwanted: Field) -> str:
        left = self.query.copy()
        for name in (*unwanted.parameters, "page"):
            left.pop(name, None)
        return f"?{left.urlencode()}"

    def is_narrow(self) -> bool:
        return bool(self.words or self.used())

    @cached_property
    def attribute_fields(self) -> list[Field]:
        return [self._field(each) for each in self.attributes if not each.is_sealed]

    def is_narrow_by_attribute(self) -> bool:
        return any(each.is_used for each in self.attribute_fields)

    @cached_property
    def plain_fields(self) -> list[Field]:
        return list(self._plain_fields())

    def _plain_fields(self) -> Iterator[Field]:
        yield self._choice("state", _("状態"), [(key, str(label)) for key, label in STATES.items()])
        yield self._choice(
            "active", _("最後の動き"), [(key, str(label)) for key, (label, _days) in SPANS.items()]
        )
        if self.tags:
            yield self._choice("tag", _("タグ"), [(str(tag.pk), tag.name) for tag in self.tags])
        if self.origins:
            known = [(str(one.pk), one.name) for one in self.origins]
            yield self._choice("origin", _("入口"), [*known, (UNKNOWN, _("分からない"))])

    def _choice(self, name: str, label: str, choices: list[Choice]) -> Field:
        chosen = self.query.get(name, "")
        return Field(name, label, chosen if chosen in dict(choices) else "", (("", tuple(choices)),))

    def _field(self, attribute: Attribute) -> Field:
        name = f"a{attribute.pk}"
        if attribute.kind in _RANGED:
            span = (self.query.get(f"{name}_from", ""), self.query.get(f"{name}_to", ""))
            bounds = tuple("" if _bound(attribute, end) is None else end for end in span)
            kind = "number" if attribute.kind == Kind.NUMBER else "date"
            return Field(
                name, attribute.label, span=(bounds[0], bounds[1]), span_type=kind, unit=attribute.unit
            )
        groups: dict[str, list[Choice]] = {}
        for option in attribute.options.all():
            groups.setdefault(option.group, []).append((option.code, option.label))
        groups.setdefault("", []).append((UNKNOWN, _("分からない")))
        every = {code for ones in groups.values() for code, _label in ones}
        chosen = self.query.get(name, "")
        parted = tuple((group, tuple(ones)) for group, ones in groups.items())
        return Field(name, attribute.label, chosen if chosen in every else "", parted)

    def apply(self) -> ContactQuerySet:
        """The friends asked for, the one who was active last first."""
        found = Contact.objects.visible_to(self.user)
        used = {each.name: each for each in self.used()}
        if self.words:
            found = found.filter(_named(self.words))
        if state := used.get("state"):
            found = found.filter(blocked_at__isnull=state.chosen == "reachable")
        if span := used.get("active"):
            since = clock.now() - timedelta(days=SPANS[span.chosen][1])
            found = (
                found.filter(active_at__lt=since)
                if span.chosen == "older"
                else found.filter(active_at__gte=since)
            )
        if tag := used.get("tag"):
            found = found.filter(pk__in=Tagging.objects.filter(tag=int(tag.chosen)).values("contact"))
        if origin := used.get("origin"):
            found = found.filter(origin=None if origin.chosen == UNKNOWN else int(origin.chosen))
        return self._known(found, used).order_by("-active_at", "-pk")

    def _known(self, found: ContactQuerySet, used: dict[str, Field]) -> ContactQuerySet:
        """Each condition on values is a look-up of its own (`PlainValue`); PostgreSQL begins with the rarest."""
        ours = PlainValue.objects.filter(organisation_id=self.user.organisation_id)
        for attribute in self.attributes:
            if (each := used.get(f"a{attribute.pk}")) is None:
                continue
            values = ours.filter(attribute=attribute)
            if each.chosen == UNKNOWN:
                found = found.exclude(pk__in=values.values("contact"))
            else:
                found = found.filter(pk__in=values.filter(_is(attribute, each)).values("contact"))
        return found


def _is(attribute: Attribute, asked: Field) -> Q:
    if asked.chosen:
        return Q(code=asked.chosen)
    column = "amount" if attribute.kind == Kind.NUMBER else "code"
    limits = zip(("gte", "lte"), (_bound(attribute, end) for end in asked.span), strict=True)
    return Q(**{f"{column}__{operator}": limit for operator, limit in limits if limit is not None})


def read(query: QueryDict, user: User) -> Narrowing:
    """What an address asks for. What this person may not see, or nobody knows, is passed over."""
    visible = Attribute.objects.visible_to(user).current().in_order().prefetch_related("options")
    origins = Origin.objects.filter(organisation_id=user.organisation_id).order_by("name")
    return Narrowing(user, list(visible), list(Tag.objects.visible_to(user)), list(origins), query)


def _named(words: str) -> Q:
    """By a part of the handle, or by the number that stands beside it."""
    number = words.removeprefix("#")
    is_number = number.isascii() and number.isdecimal() and len(number) < 18
    return Q(handle__icontains=words) | (Q(pk=int(number)) if is_number else Q(pk__in=[]))


def _bound(attribute: Attribute, text: str) -> Stored:
    try:
        return clean(attribute, text.strip())
    except Unfit:
        return None
