"""The shipped rules against lines that were labelled by hand; the held-out half was never tuned on."""

import pytest

from madoguchi.signs.compiled import as_shipped
from madoguchi.signs.examples import HALVES, examples, measure
from madoguchi.signs.lexicon import THEMES, Rule
from madoguchi.signs.matching import Matcher
from madoguchi.signs.words import Kind, Word

FLOORS = {
    "tuned": (0.98, 0.97),
    "held_out": (0.92, 0.95),
}  # recall, precision: a little below what is measured


def test_there_are_hundreds_of_lines_of_every_theme_and_none_stands_in_both_halves() -> None:
    tuned, held_out = ({example.text for example in examples(half)} for half in HALVES)
    assert len(tuned) > 300
    assert len(held_out) > 300
    assert not tuned & held_out
    for half in HALVES:
        assert set(THEMES) <= {theme for example in examples(half) for theme in example.wanted}


@pytest.mark.parametrize("half", HALVES)
def test_the_shipped_rules_find_what_they_should(half: str) -> None:
    measured = measure(as_shipped().matcher, half)
    recall, precision = FLOORS[half]
    assert (measured.lines.recall or 0) >= recall
    assert (measured.lines.precision or 0) >= precision


def test_rules_that_find_nothing_or_everything_would_be_seen() -> None:
    nothing = measure(Matcher([]), "tuned").lines
    everything = measure(
        Matcher([Rule("all", "now", (Word(Kind.SPELLING, "(い|か|た|の|る)"),))]), "tuned"
    ).lines
    assert (nothing.recall, nothing.precision) == (0, None)
    assert (everything.recall or 0) > 0.8
    assert (everything.precision or 1) < 0.8
