"""Invented lines with what they are: the measure of the rules that ship, and what shows the effect of every change to them.

Two files: the rules were tuned on `tuned.txt` and never on `held_out.txt`, so only the second says how they do with words
nobody had in mind. A line's themes are those a person gave it; one with "?" may be found or not.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from madoguchi.signs.lexicon import THEMES
from madoguchi.signs.matching import Matcher
from madoguchi.signs.reading import Read, read

_FOLDER = Path(__file__).parent / "examples"
HALVES = ("tuned", "held_out")


@dataclass(frozen=True)
class Example:
    text: str
    wanted: frozenset[str]
    allowed: frozenset[str]  # beside those wanted


@dataclass(frozen=True)
class Figures:
    """`right`, `missed`, `wrong`: counts. Neither figure is known where nothing was to be found, or nothing was."""

    right: int
    missed: int
    wrong: int

    @property
    def recall(self) -> float | None:
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None


@dataclass(frozen=True)
class Measured:
    """`lines`: whether a line was marked at all, which is what calls a person. `missed`, `wrong`: (line, theme)."""

    lines: Figures
    themes: dict[str, Figures]
    missed: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """What a change of the rules does to one example: the rules that now mark it, and those that no longer do."""

    text: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@cache
def examples(half: str) -> tuple[Example, ...]:
    lines = (_FOLDER / f"{half}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_example(line) for line in lines if line and not line.startswith("#"))


def measure(matcher: Matcher, half: str) -> Measured:
    counts: Counter[tuple[str, str]] = Counter()
    missed, wrong = [], []
    for example in examples(half):
        found = {hit.theme for hit in matcher.hits_in(_read(example.text))}
        missed += [(example.text, theme) for theme in sorted(example.wanted - found)]
        wrong += [(example.text, theme) for theme in sorted(found - example.wanted - example.allowed)]
        counts.update(("right", theme) for theme in example.wanted & found)
        if found or example.wanted:
            is_right = bool(found) and bool(example.wanted)
            counts["right" if is_right else "wrong" if found else "missed", "lines"] += 1
    counts.update(("missed", theme) for _text, theme in missed)
    counts.update(("wrong", theme) for _text, theme in wrong)
    each = {
        name: Figures(*(counts[kind, name] for kind in ("right", "missed", "wrong")))
        for name in ("lines", *THEMES)
    }
    return Measured(each.pop("lines"), each, missed, wrong)


def changes(before: Matcher, after: Matcher) -> list[Change]:
    """Every example of both halves whose rules are not the same any more."""
    found = []
    for example in (example for half in HALVES for example in examples(half)):
        readings = _read(example.text)
        was, now = ({hit.rule for hit in matcher.hits_in(readings)} for matcher in (before, after))
        if was != now:
            found.append(Change(example.text, tuple(sorted(now - was)), tuple(sorted(was - now))))
    return found


@cache
def _read(text: str) -> list[Read]:
    """Only for examples, which are nobody's words: they stay in memory."""
    return read(text)


def _example(line: str) -> Example:
    labels, _tab, text = line.partition("\t")
    each = [] if labels == "-" else labels.split(",")
    wanted = frozenset(label for label in each if not label.endswith("?"))
    return Example(text, wanted, frozenset(label.rstrip("?") for label in each) - wanted)
