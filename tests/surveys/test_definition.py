"""A survey as data: what goes into a file comes out again, and what is wrong with it is said with its place."""

import json
import re
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings

from madoguchi.surveys.check import problems
from madoguchi.surveys.definition import END, Definition, Kind, Malformed, Question, Words, from_json, to_json
from tests.surveys.made import definitions, options, question, survey


@given(definitions())
@settings(max_examples=100, deadline=None)
def test_what_is_written_to_a_file_is_read_back(definition: Definition) -> None:
    assert from_json(json.loads(json.dumps(to_json(definition)))) == definition


GOOD: dict[str, Any] = to_json(survey(question("q1", Kind.SINGLE, options=options("はい", "いいえ"))))


@pytest.mark.parametrize(
    ("place", "spoilt"),
    [
        ("", []),
        ("format", GOOD | {"format": 2}),
        ("owner", GOOD | {"owner": 1}),
        ("questions", GOOD | {"questions": {}}),
        ("questions[0]", GOOD | {"questions": [1]}),
        ("questions[0].key", GOOD | {"questions": [GOOD["questions"][0] | {"key": "Q 1"}]}),
        ("questions[0].kind", GOOD | {"questions": [GOOD["questions"][0] | {"kind": "essay"}]}),
        ("questions[0].required", GOOD | {"questions": [GOOD["questions"][0] | {"required": "yes"}]}),
        ("questions[0].text.ja", GOOD | {"questions": [GOOD["questions"][0] | {"text": {"ja": 3}}]}),
        (
            "questions[0].options[0].code",
            GOOD | {"questions": [GOOD["questions"][0] | {"options": [{"code": "あ"}]}]},
        ),
        ("title.fr", GOOD | {"title": {"ja": "x", "fr": "y"}}),
    ],
)
def test_a_file_that_is_no_survey_is_refused_with_the_place(place: str, spoilt: Any) -> None:
    with pytest.raises(Malformed) as refused:
        from_json(spoilt)
    assert refused.value.place == place
    assert refused.value.message_ja


def _places(definition: Definition) -> set[tuple[str, str]]:
    return {(problem.key, problem.place) for problem in problems(definition)}


def test_a_survey_without_problems_has_none() -> None:
    first = question("q1", Kind.SINGLE, options=options("本人", "母", o1="q3"))
    assert problems(survey(first, question("q2"), question("q3", Kind.NUMBER, low="0", high="18"))) == []


def test_a_way_that_leads_back_is_a_loop() -> None:
    back = question("q2", Kind.SINGLE, options=options("はい", "いいえ", o0="q1"))
    assert _places(survey(question("q1"), back, question("q3"))) == {("q2", "to")}


def test_a_question_that_nobody_reaches_is_a_dead_end() -> None:
    all_leave = question("q1", Kind.SINGLE, options=options("はい", "いいえ", o0=END, o1="q3"))
    assert _places(survey(all_leave, question("q2"), question("q3"))) == {("q2", "to")}


def test_a_way_to_nowhere_is_told() -> None:
    assert ("q1", "to") in _places(survey(question("q1", to="q9")))


@pytest.mark.parametrize(
    ("place", "one"),
    [
        ("text", question("q1", text=" ")),
        ("text", question("q1", text="あ" * 1001)),
        ("options", question("q1", Kind.SINGLE, options=options("一つだけ"))),
        ("options", question("q1", Kind.SINGLE, options=options("はい", "ﾊｲ", "はい "))),
        ("options", question("q1", Kind.SINGLE, options=options("あ" * 21, "い"))),
        ("options", question("q1", Kind.TEXT, options=options("はい", "いいえ"))),
        ("low", question("q1", Kind.NUMBER, low="ten")),
        ("low", question("q1", Kind.NUMBER, low="9", high="1")),
        ("low", question("q1", Kind.TEXT, low="1")),
        ("high", question("q1", Kind.DATE, high="2026-13-01")),
    ],
)
def test_a_question_that_cannot_be_asked_is_told(place: str, one: Question) -> None:
    assert ("q1", place) in _places(survey(one))


def test_a_label_may_be_long_in_furigana_because_the_button_shows_none() -> None:
    named = options("東京都《とうきょうと》の相談窓口《そうだんまどぐち》", "その他")
    assert problems(survey(question("q1", Kind.SINGLE, options=named))) == []


def test_an_empty_survey_says_what_to_do_first() -> None:
    assert _places(Definition(title=Words(ja=" "))) == {("", "title"), ("", "questions")}


def test_empty_choices_are_told_in_one_sentence_that_counts_them() -> None:
    found = problems(survey(question("q1", Kind.SINGLE, options=options("", "はい", ""))))
    assert [problem.message for problem in found] == ["選択肢1、3が空です。文字を入れるか消してください。"]


def test_a_label_that_is_too_long_is_told_with_its_length() -> None:
    found = problems(survey(question("q1", Kind.SINGLE, options=options("あ" * 27, "はい"))))
    assert "20文字までにしてください（いま27文字）" in found[0].message


def test_what_is_wrong_is_said_in_the_language_of_whoever_builds() -> None:
    japanese = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
    wrong = [
        survey(),
        Definition(Words(ja=""), intro=Words(ja="x" * 1001)),
        survey(question("q1", Kind.SINGLE, "", options=options("", "a" * 21, "a" * 21))),
        survey(question("q1", Kind.NUMBER, "x", low="b", high="c", to="q9"), question("q2", to="q1")),
        survey(question("q1", text="x", low="1", options=options("a")), question("q2", text="x", to="q1")),
    ]
    with translation.override("en"):
        said = [problem.message for definition in wrong for problem in problems(definition)]
    assert len(said) > 12
    assert not [sentence for sentence in said if japanese.search(sentence)]
