"""What is counted is what was answered, at every moment."""

from collections import Counter
from decimal import Decimal

from madoguchi.surveys import actions, counting
from madoguchi.surveys.actions import answering
from madoguchi.surveys.charts import Cell, bars, chart, hidden
from madoguchi.surveys.counting import UNKNOWN, Column, Tallies, Tally
from madoguchi.surveys.crosstab import cross_table
from madoguchi.surveys.definition import Definition, Kind, Question, Words
from madoguchi.surveys.models import Survey
from madoguchi.surveys.narrowing import Narrowing
from tests.people import Town
from tests.surveys.answered import (
    ABOUT,
    FATHER,
    INTAKE,
    MOTHER,
    SELF,
    WHO,
    answer,
    answered_by_many,
    asked,
    friend,
    given,
)

EVERYTHING = Narrowing()


def tallies(survey: Survey, looked_at: Narrowing = EVERYTHING) -> Tallies:
    return counting.tallies(survey, looked_at, counting.columns(survey))


def tally(survey: Survey, key: str, looked_at: Narrowing = EVERYTHING) -> Tally:
    return next(found for (name, _kind), found in tallies(survey, looked_at).items() if name == key)


def column(survey: Survey, key: str) -> Column:
    return next(one for one in counting.columns(survey) if one.question.key == key)


def test_each_answer_is_counted_as_it_arrives(town: Town) -> None:
    survey = asked(town)
    contact = friend(town)
    answer(contact, survey, MOTHER)
    assert tally(survey, "q1").codes == Counter({MOTHER: 1})
    assert (tally(survey, "q2").asked, tally(survey, "q2").left) == (1, 1)
    answer(contact, survey, 12, ["school", "family"])
    assert tally(survey, "q2").numbers == Counter({Decimal(12): 1})
    assert (tally(survey, "q3").answered, tally(survey, "q3").codes.total()) == (1, 2)
    assert tally(survey, "q4").standing["under_way"] == 1
    answer(contact, survey, None)
    assert (tally(survey, "q4").skipped, tally(survey, "q4").left) == (1, 0)


def test_what_left_the_path_does_not_count_also_before_the_end(town: Town) -> None:
    survey = asked(town)
    submission = answer(friend(town), survey, MOTHER, 12)
    actions.keep(submission, WHO, given(WHO, SELF))
    assert tally(survey, "q1").codes == Counter({SELF: 1})
    assert tally(survey, "q2").asked == 0
    assert tally(survey, "q3").standing["under_way"] == 1
    actions.keep(submission, WHO, given(WHO, FATHER))
    assert tally(survey, "q2").numbers == Counter({Decimal(12): 1})


def test_who_put_it_off_or_gave_up_is_counted_where_they_stand(town: Town) -> None:
    survey = asked(town)
    actions.pause(answer(friend(town, 1), survey, MOTHER))
    actions.drop(answer(friend(town, 2), survey, MOTHER))
    actions.begin(friend(town, 3), survey)
    answer(friend(town, 4), survey, SELF, ["school"], None)
    found = counting.overview(EVERYTHING.submissions(survey))
    assert (found.begun, found.finished, found.paused, found.dropped, found.under_way) == (4, 1, 1, 1, 1)
    assert tally(survey, "q2").standing == Counter({"paused": 1, "dropped": 1, "under_way": 0})
    assert tally(survey, "q1").standing["under_way"] == 1


def test_the_version_of_the_counts_moves_with_everything_that_is_counted(town: Town) -> None:
    survey, seen = asked(town), []

    def now() -> str:
        return counting.overview(EVERYTHING.submissions(survey)).version

    seen.append(now())
    submission = actions.begin(friend(town), survey)
    seen.append(now())
    actions.keep(submission, WHO, given(WHO, MOTHER))
    seen.append(now())
    actions.keep(submission, WHO, given(WHO, FATHER))
    seen.append(now())
    actions.pause(submission)
    seen.append(now())
    actions.drop(submission)
    seen.append(now())
    assert len(set(seen)) == len(seen)


def test_counts_are_narrowed_by_version_way_wording_and_end(town: Town) -> None:
    survey = asked(town)
    answer(friend(town, 1), survey, MOTHER, way="web")
    longer = Definition(
        INTAKE.title,
        questions=(*INTAKE.questions, Question("q5", Kind.NUMBER, Words(ja="何時ですか"), is_required=False)),
    )
    actions.save_draft(town.supervisor, survey, longer, survey.draft_revision)
    actions.publish(town.supervisor, survey)
    survey.refresh_from_db()
    answer(friend(town, 2), survey, FATHER, 3, ["school"], None, 20)
    assert tally(survey, "q1", Narrowing(version=1)).codes == Counter({MOTHER: 1})
    assert tally(survey, "q1", Narrowing(version=2)).codes == Counter({FATHER: 1})
    assert tally(survey, "q1", Narrowing(way="web")).codes == Counter({MOTHER: 1})
    assert tally(survey, "q1", Narrowing(wording="en")).asked == 0
    assert tally(survey, "q1", Narrowing(is_finished=True)).codes == Counter({FATHER: 1})
    assert tally(survey, "q1").answered == 2


def test_a_key_that_became_another_kind_of_question_is_counted_apart(town: Town) -> None:
    survey = asked(town)
    answer(friend(town, 1), survey, MOTHER, 12)
    other = Definition(
        INTAKE.title,
        questions=(WHO, Question("q2", Kind.TEXT, Words(ja="どこからですか"), is_required=False), ABOUT),
    )
    actions.save_draft(town.supervisor, survey, other, survey.draft_revision)
    actions.publish(town.supervisor, survey)
    survey.refresh_from_db()
    answer(friend(town, 2), survey, MOTHER, "駅のポスター")
    found = tallies(survey)
    assert found["q2", "number"].numbers == Counter({Decimal(12): 1})
    assert (found["q2", "text"].answered, found["q2", "text"].numbers.total()) == (1, 0)


def test_two_questions_are_crossed_with_everybody_in_the_table(town: Town) -> None:
    survey = asked(town)
    answered_by_many(
        town,
        survey,
        [[MOTHER, 5, ["school"]], [MOTHER, 6, ["school", "family"]], [MOTHER, 7], [SELF, None], [None, 1]],
    )
    found = counting.crossing(survey, EVERYTHING, column(survey, "q1"), column(survey, "q3"))
    assert found.persons == 5
    assert found.rows == Counter({MOTHER: 3, SELF: 1, UNKNOWN: 1})
    assert found.cells[MOTHER, "school"] == 2
    assert (found.cells[MOTHER, UNKNOWN], found.cells[SELF, UNKNOWN], found.cells[UNKNOWN, UNKNOWN]) == (
        1,
        1,
        1,
    )
    table = cross_table(column(survey, "q1"), column(survey, "q3"), found, sees_small=True, areas={})
    label, persons, cells = table.rows[1]
    assert (label, persons.count, round(cells[0].share or 0, 1)) == ("母", 3, 66.7)


def test_a_small_count_is_hidden_and_can_not_be_worked_out() -> None:
    assert hidden([40, 3, 12], adds_up=True) == {1, 2}
    assert hidden([40, 3, 2], adds_up=True) == {1, 2}
    assert hidden([40, 3, 12], adds_up=False) == {1}
    assert hidden([40, 0, 12], adds_up=True) == set()
    drawn = bars([("母", 40), ("父", 3), ("本人", 12)], 55, sees_small=False, adds_up=True)
    assert [bar.cell for bar in drawn] == [Cell(40, 100 * 40 / 55), Cell(None), Cell(None)]


def test_in_a_cross_table_no_hidden_cell_stands_alone_in_its_line() -> None:
    row, other = Column(WHO, frozenset({1}), is_current=True), Column(ABOUT, frozenset({1}), is_current=True)
    counts = {(MOTHER, "school"): 20, (MOTHER, "family"): 3, (FATHER, "school"): 9, (FATHER, "family"): 8}
    found = counting.Crossing(
        Counter(counts), Counter({MOTHER: 23, FATHER: 17}), Counter({"school": 29, "family": 11}), 40
    )
    table = cross_table(row, other, found, sees_small=False, areas={})
    away = [[one.is_hidden for one in cells] for _label, _persons, cells in table.rows]
    assert away == [[False, False], [True, True], [True, True]]


def test_numbers_get_mean_and_median_and_a_column_each_while_they_are_few() -> None:
    numbers = Counter({Decimal(n): n for n in range(1, 8)})
    drawn = chart(
        Column(INTAKE.questions[1], frozenset({1}), is_current=True),
        2,
        Tally(answered=28, numbers=numbers),
        sees_small=True,
        areas={},
    ).drawn
    assert drawn.facts == [("平均", "5"), ("中央値", "5"), ("最小", "1"), ("最大", "7")]
    assert [(bar.label, bar.cell.count) for bar in drawn.columns] == [(str(n), n) for n in range(1, 8)]


def test_what_a_friend_takes_back_is_not_counted_any_more(town: Town) -> None:
    survey = asked(town)
    submission = answer(friend(town), survey, MOTHER, 12)
    now = answering.standing(submission)
    submission.answers.get(question="q2").delete()
    now = answering.standing(now.submission)
    answering.settle(now)
    now.submission.save()
    assert tally(survey, "q2").standing["under_way"] == 1
