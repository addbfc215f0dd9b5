"""A survey walked through on the drawn phone, by taps alone; the drawn messages are LINE's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madoguchi.surveys import asking, check, editing
from madoguchi.surveys.asking import Asked
from madoguchi.surveys.definition import END, Definition, Kind, Option, Question, Wording, Words
from madoguchi.surveys.ready_made import INTAKE, READY_MADE
from madoguchi.surveys.rehearsal import Rehearsal, rehearse
from tests.surveys.made import definitions, options, question, survey

JA = Wording.JA


def labels(walk: Rehearsal) -> list[str]:
    return [button.label for button in walk.buttons]


def said(walk: Rehearsal) -> str:
    return walk.lines[-1].text


def test_a_walk_by_taps_follows_the_answers_to_the_closing_words() -> None:
    steps = [
        ":agree:",
        "q1:pick:self",
        "q3:say:１２歳",
        "q4:pick:postcode",
        "q5:say:163-8001",
        "q8:pick:bullying",
    ]
    walk = rehearse(INTAKE, steps, JA)
    assert walk.path == ["q1", "q3", "q4", "q5"]
    assert "✓いじめ" in labels(walk)
    walk = rehearse(INTAKE, [*steps, "q8:done:"], JA)
    assert walk.is_over
    assert said(walk) == INTAKE.closing.ja
    assert [line.text for line in walk.lines if not line.is_ours][:2] == ["始める", "本人"]


def test_what_is_drawn_is_the_message_that_line_gets() -> None:
    walk = rehearse(INTAKE, [], JA, begin_at="q1")
    asked = Asked(INTAKE.questions[0], JA)
    assert said(walk) == asking.text(asked)
    items = asking.message(asked, lambda act, value: f"q1:{act}:{value}")["quickReply"]["items"]
    assert [(button.label, button.step) for button in walk.buttons] == [
        (item["action"]["label"], item["action"]["data"]) for item in items
    ]


def test_an_answer_that_does_not_fit_gets_the_kind_sentence_and_the_question_again() -> None:
    walk = rehearse(INTAKE, ["q2:say:まだ"], JA, begin_at="q2")
    assert said(walk).startswith("数字で入力してください。例：12\n\n【2】")
    assert not walk.path


def test_going_back_asks_the_question_before_with_its_answer() -> None:
    walk = rehearse(INTAKE, [":agree:", "q1:pick:mother", "q2:skip:", "q4:back:", "q2:back:"], JA)
    assert walk.now == "q1"
    assert "いまの回答：母" in said(walk)


@pytest.mark.parametrize(
    ("spoken", "words"), [(Wording.PLAIN, "相談（そうだん）"), (Wording.EN, "Before we talk")]
)
def test_each_wording_can_be_walked_and_chosen_at_the_entrance(spoken: Wording, words: str) -> None:
    assert words in rehearse(INTAKE, [], spoken).lines[0].text
    walk = rehearse(INTAKE, [f":wording:{spoken}"], JA)
    assert walk.spoken is spoken
    assert words in said(walk)


def test_a_loop_is_said_instead_of_walked_for_ever() -> None:
    looping = survey(question("q1"), question("q2", to="q1"))
    walk = rehearse(looping, [":agree:", "q1:say:あ", "q2:say:い"], JA)
    assert walk.is_over
    assert "終わらなくなります" in said(walk)


def test_a_half_made_draft_can_be_walked_too() -> None:
    blank = Question("q1", Kind.SINGLE, Words(), options=(*options("", "あ" * 40), Option("o1", Words())))
    walk = rehearse(Definition(Words(), questions=(blank,)), [":agree:"], JA)
    assert labels(walk)[0] == "（空の選択肢）"
    assert len(labels(walk)[1]) == 20
    assert rehearse(Definition(Words()), [":agree:"], JA).is_over
    assert rehearse(survey(question("q1", text="あ" * 6000)), [":agree:"], JA).is_over


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=12), definitions())
def test_no_step_that_anybody_makes_up_breaks_a_walk(steps: list[str], definition: Definition) -> None:
    keys = [row.key for row in definition.questions]
    forged = [
        f"{key}:{act}:{step}" for key in keys for act in ("pick", "page", "when", "say") for step in steps
    ]
    assert rehearse(definition, [*steps, ":agree:", *forged], JA).lines


@settings(max_examples=60, deadline=None)
@given(definitions(), st.data())
def test_changes_to_a_definition_keep_every_question_once(
    definition: Definition, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from([row.key for row in definition.questions]))
    other = data.draw(st.sampled_from(["", *(row.key for row in definition.questions)]))
    for after in (editing.moved_before(definition, key, other), editing.moved(definition, key, 1)):
        assert sorted(row.key for row in after.questions) == sorted(row.key for row in definition.questions)
    without = editing.removed(definition, key)
    assert all(key not in {row.to, *(option.to for option in row.options)} for row in without.questions)
    assert END in {END, *(row.to for row in without.questions)}


def test_the_ready_made_surveys_have_no_problem_and_speak_three_ways() -> None:
    for ready in READY_MADE.values():
        assert check.problems(ready.definition) == []
        for row in ready.definition.questions:
            assert row.text.plain
            assert row.text.en
            assert all(option.label.en for option in row.options)
            places = row.attribute == "area"  # municipalities keep their own names
            assert places or all(option.label.plain for option in row.options)
