"""What people type, as the answer it means; what doesn't fit gets a sentence that says what is asked for."""

from datetime import date
from decimal import Decimal

import pytest

from madoguchi.surveys.definition import Kind
from madoguchi.surveys.given import Given
from madoguchi.surveys.reading import Unfit, is_free_writing, typed
from tests.surveys.made import options, question

AGE = question("q1", Kind.NUMBER, low="0", high="18")
DAY = question("q1", Kind.DATE)
MOMENT = question("q1", Kind.DATETIME)
CODE = question("q1", Kind.POSTCODE)
WHO = question("q1", Kind.SINGLE, options=options("本人", "お母さん", "Father"))
TOPICS = question("q1", Kind.MULTIPLE, options=options("学校", "家族", "心と体、病気"))
FREE = question("q1", Kind.TEXT)


def _typed(one: object, text: str) -> Given:
    return typed(one, text, {"1638001": "13104"}.get)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "text", "meant"),
    [
        (AGE, "12", Given(number=Decimal(12))),
        (AGE, " １２歳 ", Given(number=Decimal(12))),
        (AGE, "3.5", Given(number=Decimal("3.5"))),
        (DAY, "2026-04-01", Given(on=date(2026, 4, 1))),
        (DAY, "２０２６年４月１日", Given(on=date(2026, 4, 1))),
        (DAY, "20260401", Given(on=date(2026, 4, 1))),
        (DAY, "令和8年4月1日", Given(on=date(2026, 4, 1))),
        (DAY, "令和元年5月1日", Given(on=date(2019, 5, 1))),
        (DAY, "H30/11/1", Given(on=date(2018, 11, 1))),
        (MOMENT, "2026-04-01t09:30", Given(on=date(2026, 4, 1), moment="2026-04-01T09:30")),
        (MOMENT, "2026年4月1日 9時半", Given(on=date(2026, 4, 1), moment="2026-04-01T09:30")),
        (CODE, "〒１６３－８００１", Given(codes=("13104",), private={"postcode": "1638001"})),
        (WHO, "お母さん", Given(codes=("o1",))),
        (WHO, "ｆａｔｈｅｒ", Given(codes=("o2",))),
        (TOPICS, "家族、学校", Given(codes=("o0", "o1"))),
        (TOPICS, "心と体、病気", Given(codes=("o2",))),
        (FREE, " 長い話です\n", Given(private={"text": "長い話です"})),
    ],
)
def test_what_people_type_is_understood(one: object, text: str, meant: Given) -> None:
    assert _typed(one, text) == meant


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (AGE, "19"),
        (AGE, "-1"),
        (AGE, "12と14"),
        (DAY, "4月1日"),
        (DAY, "2026-02-30"),
        (DAY, "26-4-1"),
        (MOMENT, "2026-04-01"),
        (MOMENT, "2026-04-01 25:00"),
        (CODE, "16380"),
        (CODE, "0000000"),
        (WHO, "祖母"),
        (TOPICS, "家族、天気"),
        (FREE, "あ" * 2001),
        (FREE, "  "),
        (question("q1", Kind.PICTURE), "あとで"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(one: object, text: str) -> None:
    with pytest.raises(Unfit) as refused:
        _typed(one, text)
    assert refused.value.sentence.endswith(("。", "12", "日", "30", "8001"))


@pytest.mark.parametrize(
    ("one", "text", "is_free"),
    [
        (WHO, "たすけて", True),
        (WHO, "本人", False),
        (AGE, "おしえたくない", True),
        (AGE, "99", False),
        (DAY, "2026-02-30", False),
        (FREE, "たすけて", False),
    ],
)
def test_words_that_cannot_be_an_answer_are_for_a_person(one: object, text: str, is_free: bool) -> None:
    assert is_free_writing(one, text) is is_free  # type: ignore[arg-type]
