"""A test in a browser that fails once is tried again and named; too many of them fail the run, and other tiers have one try."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.second_try import MOST

ROOT = Path(__file__).resolve().parent.parent.parent
FAILS_ONCE = """
import pytest
seen = set()

{marker}
@pytest.mark.parametrize("number", range({many}))
def test_once(number):
    first = number not in seen
    seen.add(number)
    assert not first, "drawn too late"
"""


def run(home: Path, marker: str, many: int) -> subprocess.CompletedProcess[str]:
    (home / "test_once.py").write_text(FAILS_ONCE.format(marker=marker, many=many))
    (home / "pytest.ini").write_text("[pytest]\nmarkers = browser: in Chromium\n")
    options = ("-p", "tests.second_try", "-p", "no:cacheprovider", "-q", "test_once.py")
    words = [sys.executable, "-m", "pytest", *options]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    return subprocess.run(words, cwd=home, env=environment, capture_output=True, text=True, check=False)


def test_one_that_fails_once_in_a_browser_is_tried_again_and_named_with_why(tmp_path: Path) -> None:
    done = run(tmp_path, "@pytest.mark.browser", 1)
    assert done.returncode == pytest.ExitCode.OK, done.stdout
    assert "needed a second try: test_once.py::test_once[0]" in done.stdout
    assert "drawn too late" in done.stdout


def test_too_many_of_them_fail_the_run(tmp_path: Path) -> None:
    assert run(tmp_path, "@pytest.mark.browser", MOST).returncode == pytest.ExitCode.OK
    done = run(tmp_path, "@pytest.mark.browser", MOST + 1)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert f"more than {MOST} tests needed a second try" in done.stdout


def test_what_is_in_no_browser_has_one_try(tmp_path: Path) -> None:
    done = run(tmp_path, "", 1)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "second try" not in done.stdout
