"""The map of the paths, where a survey is in its life, and what changed, in words."""

from datetime import timedelta

import pytest

from madoguchi.core import clock
from madoguchi.surveys import changes, paths
from madoguchi.surveys.definition import END, Kind, Question, Words
from madoguchi.surveys.models import Survey
from madoguchi.surveys.places import in_words
from madoguchi.surveys.stages import Stage, stage
from tests.surveys.made import options, question, survey


def test_the_map_says_where_each_answer_leads() -> None:
    first = question("q1", Kind.SINGLE, options=options("はい", "いいえ", "不明", o0="q3", o1=END))
    stops = paths.stops(survey(first, question("q2"), question("q3", to="q9")))
    assert [(way.names, way.number, way.mark) for way in stops[0].ways] == [
        (("はい",), 3, ""),
        (("いいえ",), 0, END),
        ((), 2, paths.NEXT),
    ]
    assert [way.mark for way in stops[2].ways] == [paths.NOWHERE]


def test_the_map_marks_loops_and_what_nobody_reaches() -> None:
    stops = paths.stops(survey(question("q1"), question("q2", to="q1"), question("q3")))
    assert [(stop.is_loop, stop.is_reached) for stop in stops] == [
        (False, True),
        (True, True),
        (False, False),
    ]
    assert stops[1].ways[0].mark == paths.BACK


NOW, DAY = clock.now(), timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "finished", "expected"),
    [
        ({}, 0, Stage.DRAFT),
        ({"version_id": 1}, 0, Stage.CLOSED),
        ({"version_id": 1, "opened_at": NOW}, 0, Stage.ASKED),
        ({"version_id": 1, "opened_at": NOW, "opens_at": NOW + DAY}, 0, Stage.SCHEDULED),
        ({"version_id": 1, "opened_at": NOW, "closes_at": NOW - DAY}, 0, Stage.CLOSED),
        ({"version_id": 1, "opened_at": NOW, "cap": 3}, 3, Stage.FULL),
        ({"version_id": 1, "archived_at": NOW}, 0, Stage.ARCHIVED),
    ],
)
def test_a_survey_is_in_one_stage_of_its_life(
    fields: dict[str, object], finished: int, expected: Stage
) -> None:
    assert stage(Survey(**fields), finished) == expected


def test_every_change_has_its_sentence() -> None:
    before = survey(
        question("q1", Kind.SINGLE, "だれ", options=options("母", "父"), attribute="who"),
        question("q2", Kind.NUMBER, "いくつ"),
    )
    after = survey(
        question("q2", Kind.NUMBER, "いくつ", low="0", is_required=False, to=END),
        Question(
            "q1", Kind.MULTIPLE, Words("だれ", en="Who"), options=options("お母さん", "父", "祖父", o1="q3")
        ),
        question("q3", text="ほかに"),
    )
    assert changes.between(before, before) == []
    assert changes.between(before, after) == [
        "質問「ほかに」を加えた",
        "質問の順番を変えた",
        "「いくつ」を飛ばせるようにした",
        "「いくつ」の範囲を変えた",
        "「いくつ」の次をおわりにした",
        "「だれ」のやさしい日本語か英語を変えた",
        "「だれ」の種類を「いくつでも選ぶ」に変えた",
        "「だれ」の回答を属性に入れないことにした",
        "「だれ」に選択肢（祖父）を加えた",
        "「だれ」の選択肢「母」を「お母さん」に変えた",
        "「だれ」で「父」のときの次を「ほかに」にした",
    ]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("", ""),
        ("questions[2].options[0].code", "3番目の質問 › 1番目の選択肢 › 選択肢の記号"),
        ("title.en", "名前 › 英語"),
        ("questions[0].colour", "1番目の質問 › 「colour」"),
    ],
)
def test_a_place_in_a_file_is_named_in_words(place: str, words: str) -> None:
    assert in_words(place) == words
