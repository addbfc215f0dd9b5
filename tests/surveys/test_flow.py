"""The path through a survey follows from its answers."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from madoguchi.surveys.check import problems
from madoguchi.surveys.definition import CHOICES, END, Definition, Kind, Question
from madoguchi.surveys.flow import walk
from madoguchi.surveys.given import SKIPPED, Given
from tests.surveys.made import definitions, options, question, survey

WHO = question("q1", Kind.SINGLE, options=options("本人", "母", o1="q3"))
INTAKE = survey(WHO, question("q2", to=END), question("q3"))
SELF, MOTHER, SAID = Given(codes=("o0",)), Given(codes=("o1",)), Given(private={"text": "はい"})


@pytest.mark.parametrize(
    ("answers", "path", "then"),
    [
        ({}, (), "q1"),
        ({"q1": SELF}, ("q1",), "q2"),
        ({"q1": MOTHER}, ("q1",), "q3"),
        ({"q1": SELF, "q2": SAID}, ("q1", "q2"), None),
        ({"q1": MOTHER, "q2": SAID}, ("q1",), "q3"),
        ({"q2": SAID}, (), "q1"),
    ],
)
def test_the_next_question_follows_from_the_answers(
    answers: dict[str, Given], path: tuple[str, ...], then: str | None
) -> None:
    found = walk(INTAKE, answers)
    assert (found.path, found.next) == (path, then)


def test_one_step_back_is_the_one_before_on_this_path() -> None:
    found = walk(INTAKE, {"q1": MOTHER})
    assert found.before("q3") == "q1"
    assert found.before("q1") is None


@given(definitions(), st.data())
@settings(max_examples=200, deadline=None)
def test_every_survey_without_problems_comes_to_its_end(definition: Definition, data: Any) -> None:
    assume(not problems(definition))
    answers: dict[str, Given] = {}
    while (key := walk(definition, answers).next) is not None:
        asked = definition.question(key)
        assert asked is not None
        answers[key] = data.draw(_answers(asked))
        assert len(answers) <= len(definition.questions)
    assert walk(definition, answers).path


def _answers(asked: Question) -> st.SearchStrategy[Given]:
    if asked.kind not in CHOICES:
        return st.just(SAID)
    codes = st.sampled_from([option.code for option in asked.options])
    some = st.lists(codes, min_size=1, max_size=1 if asked.kind is Kind.SINGLE else 5).map(
        lambda all_: Given(codes=tuple(all_))
    )
    return some if asked.is_required else some | st.just(SKIPPED)
