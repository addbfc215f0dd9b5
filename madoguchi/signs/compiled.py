"""An organisation's rules, made ready once a process and anew when its lexicon's revision has moved."""

import threading
from dataclasses import dataclass, field
from functools import cache

from madoguchi.signs import models
from madoguchi.signs.lexicon import Rule, changed, shipped
from madoguchi.signs.matching import Matcher
from madoguchi.signs.words import Kind, Word


@dataclass(frozen=True)
class State:
    """A rule as an organisation has it: with its own words and without those left out."""

    rule: Rule
    is_on: bool = True
    added: tuple[Word, ...] = ()
    left_out: tuple[Word, ...] = ()

    @property
    def is_own(self) -> bool:
        return bool(self.rule.own_label)


@dataclass(frozen=True)
class Compiled:
    revision: int
    states: dict[str, State] = field(repr=False)
    matcher: Matcher = field(repr=False)


_kept: dict[int, Compiled] = {}
_making = threading.Lock()


def compiled(organisation_id: int) -> Compiled:
    """One small query when nothing has changed."""
    revision = (
        models.Lexicon.objects.filter(organisation_id=organisation_id)
        .values_list("revision", flat=True)
        .first()
        or 0
    )
    if revision == 0:
        return as_shipped()
    known = _kept.get(organisation_id)
    if known is not None and known.revision == revision:
        return known
    with _making:
        made = make(states(organisation_id), revision)
        _kept[organisation_id] = made
    return made


@cache
def as_shipped() -> Compiled:
    return make({name: State(rule) for name, rule in shipped().items()}, 0)


def make(wanted: dict[str, State], revision: int = -1) -> Compiled:
    """`revision` -1: only tried."""
    return Compiled(revision, wanted, Matcher(state.rule for state in wanted.values() if state.is_on))


def states(organisation_id: int) -> dict[str, State]:
    """By name: the shipped rules in their order, then the organisation's own."""
    rows = models.Rule.objects.filter(organisation_id=organisation_id).prefetch_related("words")
    found = {name: State(rule) for name, rule in shipped().items()}
    for row in rows:
        if not row.shipped:
            found[row.name] = state(
                Rule(row.name, row.theme, (), heeds_denial=row.heeds_denial, own_label=row.label), row
            )
        elif row.shipped in found:  # one that has left the product is gone here too
            found[row.shipped] = state(found[row.shipped].rule, row)
    return found


def state(rule: Rule, row: models.Rule) -> State:
    each = [(Word(Kind(word.kind), word.text), word.is_left_out) for word in row.words.all()]
    added = tuple(word for word, is_left_out in each if not is_left_out)
    left_out = tuple(word for word, is_left_out in each if is_left_out)
    return State(changed(rule, added, frozenset(left_out)), row.switched_off_at is None, added, left_out)
