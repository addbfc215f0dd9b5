"""The bugs that `python -m faults.planted` plants still have their places in the code, so it can be trusted when it runs."""

from pathlib import Path

import pytest

from faults.planted import BUGS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_still_changes_what_it_says(name: str) -> None:
    bug = BUGS[name]
    assert (ROOT / bug.path).read_text().count(bug.old) == 1
    assert bug.new != bug.old
