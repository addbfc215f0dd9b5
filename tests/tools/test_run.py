"""./dev run, with the real tools and the real database around a stand-in product."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.tools.conftest import Clone, Run
from tools.supervisor import answers

NewClone = Callable[..., Clone]
RUNNING = "is running"


def _wait(condition: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not come true in time"
        time.sleep(0.02)


def _address(run: Run, word: str = "desks") -> str:
    return run.hear(word).split()[-1]


def test_a_first_start_says_where_to_open_and_how_to_sign_in(new_clone: NewClone) -> None:
    run = new_clone(is_fresh=True).run()
    run.hear(RUNNING)
    desk, phones = _address(run), _address(run, "phones")
    run.hear("kokoro@desk.example  open-sesame")
    for url in (f"{desk}health", f"{phones}emu/health"):
        assert answers(url)


@pytest.mark.parametrize("farewell", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_ends_everything_within_five_seconds(
    farewell: signal.Signals, new_clone: NewClone
) -> None:
    clone = new_clone()
    run = clone.run("--no-demo")
    run.hear(RUNNING)
    began = time.monotonic()
    assert run.end(farewell) == 0
    assert time.monotonic() - began < 5
    assert clone.processes() == []
    assert not (clone.root / ".data" / "run.json").exists()


def test_asked_to_end_while_starting_it_leaves_nothing(new_clone: NewClone) -> None:
    clone = new_clone(is_fresh=True)
    run = clone.run("--no-demo")
    run.hear("database")
    run.end(signal.SIGINT)
    _wait(lambda: not clone.processes(), 5)  # what was being born at that moment dies with its parent


def test_two_clones_started_at_once_get_ports_of_their_own(new_clone: NewClone) -> None:
    runs = [new_clone(name).run("--no-demo") for name in ("one", "other")]
    addresses = [_address(run, word) for word in ("desks", "phones") for run in runs]
    assert len(set(addresses)) == 4


def test_a_second_start_in_one_clone_says_where_the_first_runs(new_clone: NewClone) -> None:
    clone = new_clone()
    first = clone.run("--no-demo")
    desk = _address(first)
    second = clone.run("--no-demo")
    second.hear("already running")
    second.hear(desk.rstrip("/"))
    assert second.process.wait() == 1


def test_the_keys_are_ours_alone_and_stay(new_clone: NewClone) -> None:
    clone = new_clone()
    secrets = clone.root / ".data" / "secrets"
    before = [(secrets / name).read_bytes() for name in ("root.key", "secret.key")]
    run = clone.run("--no-demo")
    run.hear(RUNNING)
    assert [(secrets / name).read_bytes() for name in ("root.key", "secret.key")] == before
    assert [oct(path.stat().st_mode & 0o777) for path in (secrets, secrets / "root.key")] == [
        "0o700",
        "0o600",
    ]


def test_without_its_root_key_it_does_not_start_on_old_data(new_clone: NewClone) -> None:
    clone = new_clone()
    (clone.root / ".data" / "secrets" / "root.key").unlink()
    again = clone.run("--no-demo")
    again.hear("restore it from its backup")
    assert again.process.wait() == 1


def test_reset_erases_only_when_agreed(new_clone: NewClone) -> None:
    clone = new_clone()
    run = clone.run("--no-demo")
    run.hear(RUNNING)
    _wait(lambda: clone.acknowledged() > 10)
    run.end()
    refused = clone.run("--reset")  # nobody is there to answer
    refused.hear("nothing was erased")
    assert (clone.root / ".data" / "postgres").exists()
    (clone.root / "acknowledged").unlink()
    clone.run("--reset", "--yes", "--no-demo").hear(RUNNING)
    assert clone.acknowledged() < 10_000
    assert clone.missing_rows() == []


def test_a_clone_may_have_spaces_and_japanese_in_its_path_and_be_deep(new_clone: NewClone) -> None:
    clone = new_clone("窓口 の置き場/" + "深い/" * 20 + "clone")
    clone.run("--no-demo").hear(RUNNING)
    _wait(lambda: clone.acknowledged() > 0)
    assert clone.missing_rows() == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may enter its folder in spite of its mode")
def test_a_clone_may_stand_in_a_folder_that_only_its_owner_enters(new_clone: NewClone) -> None:
    clone = new_clone("closed/clone")
    closed = clone.root.parent
    closed.chmod(0o700)
    clone.run("--no-demo").hear(RUNNING)
    assert oct(closed.stat().st_mode & 0o777) == "0o700"


@pytest.mark.crash
def test_a_killed_child_is_started_again_and_said_so(new_clone: NewClone) -> None:
    clone = new_clone()
    run = clone.run("--no-demo")
    run.hear(RUNNING)
    _wait(lambda: clone.acknowledged() > 0)
    os.kill(_worker(clone), signal.SIGKILL)
    run.hear("[work]")
    _hear_more(clone)
    assert clone.missing_rows() == []


@pytest.mark.crash
def test_a_killed_database_is_started_again_at_the_same_address(new_clone: NewClone) -> None:
    clone = new_clone()
    run = clone.run("--no-demo")
    run.hear(RUNNING)
    pid = int((clone.root / ".data/postgres/cluster/postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    run.hear("[database]")
    _hear_more(clone)
    assert clone.missing_rows() == []


@pytest.mark.crash
def test_killing_the_supervisor_ends_all_and_loses_no_acknowledged_row(new_clone: NewClone) -> None:
    clone = new_clone()
    for _ in range(2):
        run = clone.run("--no-demo")
        run.hear(RUNNING)
        _hear_more(clone)
        run.kill()
        _wait(lambda: not clone.processes())
    clone.run("--no-demo").hear(RUNNING)
    assert clone.missing_rows() == []


@pytest.mark.crash
def test_killing_everything_at_once_loses_no_acknowledged_row(new_clone: NewClone) -> None:
    clone = new_clone()
    for _ in range(2):
        run = clone.run("--no-demo")
        run.hear(RUNNING)
        _hear_more(clone)
        for pid in clone.processes():
            _kill(pid)
        run.process.wait()
    began = time.monotonic()
    clone.run("--no-demo").hear(RUNNING)
    assert time.monotonic() - began < 8
    assert clone.missing_rows() == []


def _hear_more(clone: Clone) -> None:
    goal = clone.acknowledged() + 20
    _wait(lambda: clone.acknowledged() > goal, 20)


def _worker(clone: Clone) -> int:
    (pid,) = (
        pid for pid in clone.processes() if Path(f"/proc/{pid}/cmdline").read_bytes().endswith(b"\0work\0")
    )
    return pid


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # went with its parent
        os.kill(pid, signal.SIGKILL)
