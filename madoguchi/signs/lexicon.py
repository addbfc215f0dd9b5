"""The rules that ship with the product: plain TOML in `lexicon/`, a file a theme, that a supervisor can read.

They are a beginning: which words children use changes from year to year, and every organisation switches rules off, adds
words and makes rules of its own (`actions.py`). `shared.toml` holds what keeps every rule quiet.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from madoguchi.signs.words import Kind, Word

_FOLDER = Path(__file__).parent / "lexicon"
THEMES = (
    "suicide",
    "self_harm",
    "overdose",
    "violence",
    "sexual",
    "neglect",
    "now",
    "runaway",
    "threat",
    "dv",
    "infant",
    "carer",
)


@dataclass(frozen=True)
class Rule:
    """`unless_before`, `unless_after`: spellings that keep it quiet right beside a hit; `unless_inside`: anywhere in one, where
    its gap has taken in what the words are about (「太鼓を叩く」). `heeds_denial`: whether a denial
    behind a hit does; not where the words themselves deny something (「ご飯をくれない」). `own_label`: of an organisation's
    own rule; a shipped one has its label in `labels.py`."""

    name: str
    theme: str
    words: tuple[Word, ...]
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    unless_inside: tuple[str, ...] = ()
    heeds_denial: bool = True
    own_label: str = ""


@dataclass(frozen=True)
class Shared:
    unless_before: tuple[str, ...]
    unless_after: tuple[str, ...]
    never_quiet: tuple[str, ...]


@cache
def shipped() -> dict[str, Rule]:
    """By name, in the order of the themes."""
    rules = [_rule(theme, name, table) for theme in THEMES for name, table in _table(theme).items()]
    return {rule.name: rule for rule in rules}


@cache
def shared() -> Shared:
    return Shared(**{name: tuple(lines) for name, lines in _table("shared").items()})


def changed(rule: Rule, added: tuple[Word, ...], left_out: frozenset[Word]) -> Rule:
    """A rule with an organisation's own words, and without those it does not want."""
    kept = tuple(word for word in rule.words if word not in left_out)
    return replace(rule, words=(*kept, *(word for word in added if word not in kept)))


def _rule(theme: str, name: str, table: dict[str, Any]) -> Rule:
    words = tuple(Word(kind, text) for kind in Kind for text in table.get(kind.value, ()))
    before, after, inside = (
        tuple(table.get(key, ())) for key in ("unless_before", "unless_after", "unless_inside")
    )
    return Rule(name, theme, words, before, after, inside, heeds_denial=table.get("heeds_denial", True))


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
