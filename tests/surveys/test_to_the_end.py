"""Any survey that the builder accepts can be answered to its end, and LINE would take every message of it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import urllib3
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from faults.platform import Platform
from madoguchi.surveys import postbacks
from madoguchi.surveys.check import problems
from madoguchi.surveys.definition import CHOICES, Definition, Kind, Question
from madoguchi.surveys.postbacks import Act
from tests.channels.line.emulated import emulator
from tests.people import Town
from tests.surveys.made import definitions, options, question, survey
from tests.surveys.thumb import Thumb, asked

MOST_STEPS = 200
ONE_TOWN = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    with emulator() as origin:
        yield Platform(origin)


@given(definitions(), st.data())
@ONE_TOWN
def test_any_survey_is_answered_to_its_end(
    town: Town, platform: Platform, definition: Definition, data: Any
) -> None:
    assume(not problems(definition))
    thumb = Thumb(town)
    thumb.press(postbacks.data(asked(town, definition).token, "", Act.START))
    thumb.press(thumb.button("始める"))
    for _step in range(MOST_STEPS):
        question = thumb.standing().now
        if thumb.submission().finished_at is not None:
            break
        assert question is not None
        _answer(thumb, question, data)
    assert thumb.submission().finished_at is not None
    _line_would_take(platform, thumb)


def _answer(thumb: Thumb, question: Question, data: Any) -> None:
    """By a button where there are any to choose from, the pages among them; else as it is asked for."""
    presses = [press for action in thumb.buttons() if (press := postbacks.read(action.get("data", "")))]
    useful = [one for one in presses if one.act in (Act.PICK, Act.DONE, Act.PAGE, Act.SKIP, Act.BACK)]
    if question.kind not in CHOICES and not data.draw(st.booleans(), label="use a button"):
        thumb.answers(question)
        return
    forward = [one for one in useful if one.act in (Act.PICK, Act.DONE, Act.SKIP)]
    is_wandering = data.draw(st.integers(0, 5), label="wander") == 0
    choices = useful if is_wandering or not forward else forward
    if not choices:
        thumb.answers(question)
        return
    one = data.draw(st.sampled_from(choices), label="press")
    thumb.press(postbacks.data(one.token, one.question, one.act, one.value))


def _line_would_take(platform: Platform, thumb: Thumb) -> None:
    """Against the platform's own validation, five messages a call."""
    account = platform.account(name="調べもの")
    payloads = thumb.payloads()
    for at in range(0, len(payloads), 5):
        body = json.dumps({"messages": payloads[at : at + 5]}).encode()
        headers = {
            "Authorization": f"Bearer {account.channel['accessToken']}",
            "Content-Type": "application/json",
        }
        answer = urllib3.request(
            "POST", f"{platform.origin}/v2/bot/message/validate/push", body=body, headers=headers
        )
        assert answer.status == 200, answer.data.decode()


def test_a_label_of_a_choice_may_always_be_typed(town: Town) -> None:
    many = options(*[f"第{number}" for number in range(40)])
    thumb = Thumb(town)
    thumb.press(
        postbacks.data(asked(town, survey(question("q1", Kind.SINGLE, options=many))).token, "", Act.START)
    )
    thumb.press(thumb.button("始める"))
    assert thumb.says("第39") == "answer"
    assert thumb.submission().finished_at is not None
