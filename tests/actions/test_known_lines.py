"""A line that a tab shows already is not drawn again, whichever pull brought it: of all lists, or of one."""

import pytest

from madoguchi.desk import actions as desk
from madoguchi.desk.actions import listing
from madoguchi.desk.actions.rows import Part
from madoguchi.desk.shown import ShownLine
from tests.actions.test_talk import waiting
from tests.people import Town


@pytest.fixture
def talks(town: Town) -> None:
    """Two held by Sato, two waiting."""
    for friend in ("a", "b", "c", "d"):
        talk = waiting(town, user=friend)
        if friend in {"a", "b"}:
            desk.take(town.sato, talk.pk)


def known(*lines: ShownLine) -> dict[int, str]:
    return {line.pk: line.digest for line in lines}


@pytest.mark.usefixtures("talks")
@pytest.mark.parametrize("part", [*Part])
def test_lines_look_the_same_in_all_lists_and_in_one(town: Town, part: Part) -> None:
    whole = listing.lists(town.sato, None)
    of_one = listing.lines(town.sato, part, {})
    assert [line.is_known for line in of_one] == [False, False]
    assert known(*of_one).items() <= known(*whole.mine, *whole.waiting).items()
    again = listing.lines(town.sato, part, known(*whole.mine, *whole.waiting))
    assert [line.is_known for line in again] == [True, True]
    assert listing.lists(town.sato, None, known(*of_one)).mine[0].is_known == (part == Part.MINE)


@pytest.mark.usefixtures("talks")
def test_a_line_in_another_list_looks_different(town: Town) -> None:
    before = listing.lists(town.sato, None)
    desk.take(town.sato, before.waiting[0].pk)
    after = listing.lists(town.sato, None, known(*before.mine, *before.waiting))
    assert [line.is_known for line in after.mine] == [True, True, False]
