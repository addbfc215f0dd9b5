"""./dev itself, ./dev check and the small tools under them."""

import fcntl
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools import keys, ports, scratch
from tools.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]


def _check(tree: Path, *steps: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tools.checks", *steps]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with the tools and one folder for planting in."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "config").mkdir()
    (tmp_path / "tests").mkdir()
    return tmp_path


def test_help_names_every_command() -> None:
    said = subprocess.run([ROOT / "dev", "--help"], capture_output=True, text=True, check=True).stdout
    assert all(f"  {name} " in said for name in ("run", "test", "check", "bench", "lock"))


def test_a_word_that_is_no_command_is_refused() -> None:
    assert subprocess.run([ROOT / "dev", "rnu"], capture_output=True, check=False).returncode == 2


def test_a_clean_tree_passes(tree: Path) -> None:
    assert _check(tree, "format", "lint").returncode == 0


def test_check_runs_on_after_a_failure_and_fails_in_the_end(tree: Path) -> None:
    (tree / "config" / "ugly.py").write_text("x = {  }\n")
    done = _check(tree, "format", "lint")
    assert done.returncode == 1
    assert "✗ format" in done.stdout
    assert "✓ lint" in done.stdout


def test_tests_that_do_not_exist_are_no_success(tree: Path) -> None:
    assert _check(tree, "tests").returncode == 1


def test_an_unknown_step_is_refused(tree: Path) -> None:
    assert _check(tree, "frmat").returncode == 2


def test_a_busy_port_is_passed_over_and_so_is_one_promised_to_another_clone() -> None:
    first = ports.claim(20000 + os.getpid() % 20000)  # another run of this test may be going on
    second = ports.claim(first.port)
    assert second.port > first.port
    second.release()
    assert ports.claim(second.port).port == second.port


def test_a_scratch_folder_goes_with_its_run_even_a_killed_one(tmp_path: Path) -> None:
    abandoned = tmp_path / "tests" / "abandoned"
    abandoned.mkdir(parents=True)
    (abandoned / "in-use").touch()
    in_use = tmp_path / "tests" / "other"
    in_use.mkdir()
    with (in_use / "in-use").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with scratch.folder("tests", tmp_path) as mine:
            assert {path.name for path in mine.parent.iterdir()} == {"lock", "other", mine.name}
    assert not mine.exists()


def test_a_key_is_whole_or_not_there(tmp_path: Path) -> None:
    made = keys.ensure(tmp_path / "secrets", has_data=False)
    assert len(made.root.read_text()) == 45
    assert stat.S_IMODE(made.root.stat().st_mode) == 0o600
    assert sorted(path.name for path in (tmp_path / "secrets").iterdir()) == ["root.key", "secret.key"]


def test_a_lost_root_key_is_not_replaced_while_there_is_data(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="restore it from its backup"):
        keys.ensure(tmp_path / "secrets", has_data=True)
