"""The environment comes from the lock file: made once, made again when it changes, never with a wrong hash."""

import hashlib
import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path
from zipfile import ZipFile

import pytest

from tools.environment import Environment
from tools.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.xdist_group("environment")  # they share one, which takes seconds to make
_METADATA = "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n"
_WHEEL = "Wheel-Version: 1.0\nGenerator: by hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment made from lock files that ask for nothing; the tests go on from there."""
    root = tmp_path_factory.mktemp("clone")
    (root / "requirements").mkdir()
    for name in ("installer", "run", "test"):
        (root / "requirements" / f"{name}.lock").write_text("# nothing\n")
    made = Environment(root)
    made.ensure("run")
    return made


def _wheel(folder: Path) -> Path:
    """A package `tiny` that nobody else has."""
    path = folder / "tiny-1.0-py3-none-any.whl"
    parts = {"tiny.py": "", "tiny-1.0.dist-info/METADATA": _METADATA, "tiny-1.0.dist-info/WHEEL": _WHEEL}
    with ZipFile(path, "w") as wheel:
        record = ""
        for name, text in parts.items():
            wheel.writestr(name, text)
            digest = urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
            record += f"{name},sha256={digest},{len(text)}\n"
        wheel.writestr("tiny-1.0.dist-info/RECORD", f"{record}tiny-1.0.dist-info/RECORD,,\n")
    return path


def _ask_for_tiny(environment: Environment, tier: str, digest: str | None = None) -> None:
    wheel = _wheel(environment.root)
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    line = f"tiny @ {wheel.as_uri()} --hash=sha256:{digest or right}\n"
    (environment.root / "requirements" / f"{tier}.lock").write_text(line)


def _imports_tiny(environment: Environment) -> bool:
    return (
        subprocess.run([environment.python, "-c", "import tiny"], capture_output=True, check=False).returncode
        == 0
    )


def test_an_unchanged_lock_file_costs_nothing(environment: Environment) -> None:
    before = environment.folder.stat().st_mtime_ns
    environment.ensure("run")
    assert environment.folder.stat().st_mtime_ns == before


def test_a_package_with_another_hash_is_not_installed(environment: Environment) -> None:
    _ask_for_tiny(environment, "run", digest="0" * 64)
    with pytest.raises(Trouble, match="could not be installed"):
        environment.ensure("run")
    assert not _imports_tiny(environment)


def test_a_changed_lock_file_is_followed(environment: Environment) -> None:
    _ask_for_tiny(environment, "run")
    environment.ensure("run")
    assert _imports_tiny(environment)


def test_what_the_tests_need_is_not_taken_away_by_a_run(environment: Environment) -> None:
    _ask_for_tiny(environment, "test")
    (environment.root / "requirements" / "run.lock").write_text("# nothing again\n")
    environment.ensure("test")
    environment.ensure("run")
    assert _imports_tiny(environment)


def test_an_environment_that_was_begun_and_never_finished_is_made_anew(environment: Environment) -> None:
    _ask_for_tiny(environment, "test")
    (environment.folder / "stamp.json").unlink(missing_ok=True)
    environment.python.unlink()
    environment.ensure("test")
    assert _imports_tiny(environment)


def test_the_command_madoguchi_works_from_anywhere(environment: Environment) -> None:
    package = environment.root / "madoguchi"
    package.mkdir()
    (package / "__main__.py").write_text("import sys; print(sys.argv[1])\n")
    command = [str(environment.folder / "bin" / "madoguchi"), "web"]
    assert subprocess.run(command, cwd="/", capture_output=True, text=True, check=True).stdout == "web\n"


def test_two_starts_at_once_make_one_environment(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    for name in ("installer", "run"):
        (tmp_path / "requirements" / f"{name}.lock").write_text("# nothing\n")
    code = "import pathlib, sys; from tools.environment import Environment; Environment(pathlib.Path(sys.argv[1])).ensure('run')"
    command = [sys.executable, "-c", code, str(tmp_path)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted("✓" in words for words in said) == [False, True]
