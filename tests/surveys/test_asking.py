"""Any question that the builder accepts can be asked within LINE's limits, and all its choices are within reach."""

import itertools
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from madoguchi.channels.line.measure import graphemes, length_utf16
from madoguchi.surveys.asking import Asked, message, text
from madoguchi.surveys.check import problems
from madoguchi.surveys.definition import CHOICES, Definition, Kind, Wording
from madoguchi.surveys.postbacks import Act, data, read
from tests.surveys.made import definitions, options, question

TOKEN = "t" * 22


def _made(asked: Asked) -> dict[str, Any]:
    return message(asked, lambda act, value: data(TOKEN, asked.question.key, act, value))


def _actions(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [item["action"] for item in made["quickReply"]["items"]]


@given(definitions(), st.booleans(), st.sampled_from(Wording), st.integers(0, 9), st.booleans())
@settings(max_examples=200, deadline=None)
def test_every_question_fits_into_one_message(
    definition: Definition, can_go_back: bool, wording: Wording, page: int, has_page: bool
) -> None:
    assume(not problems(definition))
    for one in definition.questions:
        picked = tuple(option.code for option in one.options[::2])
        web = "https://example.jp/s/x" if has_page else ""
        made = _made(Asked(one, wording, "ことば", 99, picked, page, "いまの回答", can_go_back, web))
        actions = _actions(made)
        assert 1 <= len(actions) <= 13
        assert length_utf16(made["text"]) <= 5000
        for action in actions:
            assert 1 <= graphemes(action["label"]) <= 20
            assert length_utf16(action.get("data", "")) <= 300


@given(definitions())
@settings(max_examples=50, deadline=None)
def test_every_choice_is_on_some_page(definition: Definition) -> None:
    assume(not problems(definition))
    for one in (one for one in definition.questions if one.kind in CHOICES):
        found = set()
        for page in itertools.count():
            presses = [
                press
                for action in _actions(_made(Asked(one, page=page, can_go_back=True)))
                if (press := read(action["data"]))
            ]
            found |= {press.value for press in presses if press.act is Act.PICK}
            if not any(press.act is Act.PAGE and press.value == str(page + 1) for press in presses):
                break
        assert found == {option.code for option in one.options}


def test_furigana_is_read_in_brackets_and_left_out_of_buttons() -> None:
    one = question("q1", Kind.SINGLE, "あなたは誰《だれ》ですか", options=options("母《はは》", "父《ちち》"))
    made = _made(Asked(one))
    assert "誰（だれ）" in made["text"]
    assert [action["label"] for action in _actions(made)][:2] == ["母", "父"]


def test_the_choices_so_far_are_said_and_ticked() -> None:
    asked = Asked(question("q1", Kind.MULTIPLE, options=options("学校", "家族", "友だち")), picked=("o1",))
    assert "選択中：家族" in text(asked)
    assert [action["label"] for action in _actions(_made(asked))] == [
        "学校",
        "✓家族",
        "友だち",
        "決定",
        "あとで",
    ]


def test_a_date_within_its_range_is_picked() -> None:
    asked = Asked(question("q1", Kind.DATE, low="2026-04-01", high="2026-09-30"))
    picker = _actions(_made(asked))[0]
    assert (picker["type"], picker["min"], picker["max"]) == ("datetimepicker", "2026-04-01", "2026-09-30")


def test_a_button_we_never_made_is_none() -> None:
    assert read(data(TOKEN, "q1", Act.PICK, "o1")) is not None
    for forged in (
        "",
        "s:",
        f"s:{TOKEN}:q1:fly:1",
        f"s:{TOKEN}:q1:pick:{'x' * 21}",
        f"s:{TOKEN}:q1:pick:o1\n",
        "menu=1",
    ):
        assert read(forged) is None
