"""The clocks of a notice, and the hints to a place: pure."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.core import clock
from madoguchi.emergency import places
from madoguchi.emergency.clocks import Task, deadline, first_call
from madoguchi.emergency.questions import GROUPS, groups_of

MOMENTS = st.floats(1_767_225_600, 1_893_456_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@pytest.mark.parametrize(
    ("decided", "due"),
    [("08:59", "2026-11-23 09:00"), ("09:00", "2026-11-24 09:00"), ("23:30", "2026-11-24 09:00")],
)
def test_the_intake_form_is_due_at_the_next_nine_oclock_in_japan(decided: str, due: str) -> None:
    at = datetime.fromisoformat(f"2026-11-23 {decided}").replace(tzinfo=clock.JST)
    assert f"{clock.jst(deadline(Task.INTAKE, at)):%Y-%m-%d %H:%M}" == due


@given(at=MOMENTS)
def test_every_clock_ends_after_it_began_and_calls_no_later_than_it_ends(at: datetime) -> None:
    for task in Task:
        assert at < deadline(task, at) <= at + timedelta(hours=48)
        assert at <= first_call(task, at) <= deadline(task, at)
    assert deadline(Task.SAFETY, at) - at == timedelta(hours=48)
    assert timedelta(0) < deadline(Task.INTAKE, at) - at <= timedelta(hours=24)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("いま新宿駅の近くにいます", [("station", "新宿駅")]),
        ("第二中学校に通っています", [("school", "第二中学校")]),
        ("東京都新宿区西新宿2-8-1です", [("address", "東京都新宿区西新宿2-8-1")]),
        ("〒160-0023 に住んでる", [("postcode", "〒160-0023")]),
        ("中央公園のトイレ", [("landmark", "中央公園")]),
        ("電話は03-1234-5678", [("phone", "03-1234-5678")]),
        ("都市に行きたい。地区の友だち", []),
        ("中学生です。学校がいや", []),
        ("市内にいます", []),
        ("死にたい", []),
    ],
)
def test_places_are_found_by_their_shape(text: str, found: list[tuple[str, str]]) -> None:
    assert [(hint.kind, hint.words) for hint in places.in_text(3, text)] == found


@given(text=st.text(alphabet="東京都新宿区市町駅小学校公園一二0１-ー〒あのに", max_size=60))
def test_a_hint_is_always_a_piece_of_its_line(text: str) -> None:
    assert all(hint.words in text and hint.number == 3 for hint in places.in_text(3, text))


def test_a_place_that_was_sent_is_a_hint_and_words_said_twice_are_one() -> None:
    spot = {"title": "場所", "address": "立川市曙町", "latitude": 35.7, "longitude": 139.4}
    said: list[tuple[int, str, dict[str, object]]] = [
        (1, "text", {"text": "新宿駅"}),
        (2, "location", spot),
        (3, "text", {"text": "新宿駅にいる"}),
    ]
    assert [(hint.kind, hint.number) for hint in places.in_messages(said)] == [
        ("station", 1),
        ("location", 2),
    ]


def test_the_questions_stand_open_for_what_was_found() -> None:
    assert groups_of({"suicide_plan"}) == {"suicide"}
    assert groups_of({"violence"}) == {"abuse"}
    assert groups_of({"overdose", "sexual"}) == groups_of(set()) == set(GROUPS)
