"""The embedded PostgreSQL: whatever happens to it, it starts again, with everything it acknowledged."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tools.postgres import Server, binaries, owner, start
from tools.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]


only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands a server to someone else")


def _one(url: str, query: str) -> object:
    with psycopg.connect(url) as database:
        return (database.execute(query).fetchone() or [None])[0]


def test_the_products_role_is_an_ordinary_one(durable_postgres: Server) -> None:
    query = "SELECT rolsuper OR rolbypassrls OR rolreplication FROM pg_roles WHERE rolname = current_user"
    assert _one(durable_postgres.url, query) is False
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    assert _one(durable_postgres.url, owner) == "madoguchi"


@pytest.mark.parametrize("name", ["fsync", "synchronous_commit", "full_page_writes"])
def test_it_keeps_what_it_acknowledged(name: str, durable_postgres: Server) -> None:
    assert _one(durable_postgres.url, f"SHOW {name}") == "on"


def test_it_does_not_listen_on_the_network(durable_postgres: Server) -> None:
    inodes = {link.readlink().name for link in Path(f"/proc/{durable_postgres.process.pid}/fd").iterdir()}
    known = "".join(Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6"))
    assert inodes & {f"socket:[{line.split()[9]}]" for line in known.splitlines()} == set()


def test_its_log_never_repeats_what_was_said(durable_postgres: Server) -> None:
    secret = "ないしょ"
    for query in (
        f"SELECT '{secret}'::int",
        f"SELECT '{secret}' FROM nowhere",
        f"SELECT pg_sleep('{secret}')",
    ):
        with psycopg.connect(durable_postgres.url) as database, pytest.raises(psycopg.Error):
            database.execute(query)
    with psycopg.connect(durable_postgres.url, autocommit=True) as database:
        database.execute("CREATE TABLE said (words text PRIMARY KEY)")
        database.execute("INSERT INTO said VALUES (%s)", [secret])
        with pytest.raises(psycopg.errors.UniqueViolation):
            database.execute("INSERT INTO said VALUES (%s)", [secret])
    assert secret not in durable_postgres.log.read_text()


def test_a_killed_server_starts_again_although_its_number_is_now_someone_elses(tmp_path: Path) -> None:
    server = start(tmp_path / "postgres")
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    for stale in (server.place.cluster / "postmaster.pid", server.socket_folder / ".s.PGSQL.5432.lock"):
        lines = stale.read_text().splitlines()
        stale.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with start(tmp_path / "postgres") as again:
        assert _one(again.url, "SELECT 1") == 1


def test_an_initdb_that_was_killed_leaves_nothing_that_looks_complete(tmp_path: Path) -> None:
    home = tmp_path / "postgres"
    for pause in (0.2, 0.5):
        first = _start_elsewhere(home)
        time.sleep(pause)
        first.kill()
        first.wait()
    with start(home) as server:
        assert _one(server.url, "SELECT current_user::text") == "madoguchi"
    assert [path.name for path in home.glob("unfinished-*")] == []


def test_a_server_dies_with_the_process_that_started_it(tmp_path: Path) -> None:
    home = tmp_path / "postgres"
    keeper = _start_elsewhere(home)
    assert keeper.stdout is not None
    assert keeper.stdout.readline() == "ready\n"
    keeper.kill()
    with start(home) as again:  # waits for the lock, which the dying server holds
        assert _one(again.url, "SELECT 1") == 1


def test_a_deep_folder_gets_a_short_private_socket_which_goes_with_the_server(tmp_path: Path) -> None:
    server = start(tmp_path / ("深い" * 30) / "postgres", durable=False)
    assert _one(server.url, "SELECT 1") == 1
    assert server.socket_folder.stat().st_mode & 0o777 == 0o700
    server.stop()
    assert not server.socket_folder.exists()


def test_a_folder_of_another_version_is_refused_in_words(tmp_path: Path) -> None:
    start(tmp_path / "postgres", durable=False).stop()
    (tmp_path / "postgres/cluster/PG_VERSION").write_text("9\n")
    with pytest.raises(Trouble, match="was made by PostgreSQL 9"):
        start(tmp_path / "postgres", durable=False)


def test_programs_that_are_not_there_are_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(binaries.SETTING, str(tmp_path))
    with pytest.raises(Trouble, match="does not run"):
        binaries.find()


@only_root
def test_started_by_root_it_is_someone_else_who_may_only_pass_folders(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with start(tmp_path / "postgres", durable=False) as server:
        told = dict(_status(server.process.pid))
    assert "0" not in told["Uid"].split()
    assert told["NoNewPrivs"] == "1"
    assert int(told["CapEff"], 16) in (1 << 1, 1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    assert oct(tmp_path.stat().st_mode & 0o777) == "0o700"


@only_root
def test_where_every_folder_is_open_it_needs_no_right_at_all(tmp_path: Path) -> None:
    chosen = owner.choose([Path("/usr/bin")], tmp_path / "postgres")
    assert chosen is not None
    assert {"--inh-caps=-all", "--ambient-caps=-all"} < set(chosen.prefix)


@only_root
def test_a_folder_that_someone_else_began_stays_theirs(tmp_path: Path) -> None:
    daemon = pwd.getpwnam("daemon")
    home = tmp_path / "postgres"
    home.mkdir()
    os.chown(home, daemon.pw_uid, daemon.pw_gid)
    with start(home, durable=False) as server:
        assert dict(_status(server.process.pid))["Uid"].split()[0] == str(daemon.pw_uid)
        assert _one(server.url, "SELECT 1") == 1


@only_root
def test_where_no_right_can_be_handed_on_the_data_goes_elsewhere_and_it_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    without = ("setpriv", "--bounding-set=-setpcap")
    keeper = _start_elsewhere(tmp_path / "postgres", before=without, stderr=subprocess.STDOUT)
    assert keeper.stdout is not None
    said = [keeper.stdout.readline() for _ in range(3)]
    keeper.kill()
    elsewhere = Path(said[1].removeprefix("The data goes to ").split(":")[0])
    keeper.wait()
    start(elsewhere / "postgres").stop()  # once the other is gone
    shutil.rmtree(elsewhere)
    assert said[1].startswith("The data goes to /var/lib/madoguchi/")
    assert said[2] == "ready\n"


def _status(pid: int) -> Iterator[tuple[str, str]]:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        name, _, value = line.partition(":\t")
        yield name, value


def _start_elsewhere(
    home: Path, before: tuple[str, ...] = (), stderr: int | None = None
) -> "subprocess.Popen[str]":
    code = (
        "import pathlib, sys, time; from tools.postgres import start; start(pathlib.Path(sys.argv[1]));"
        "print('ready', flush=True); time.sleep(60)"
    )
    command = [*before, sys.executable, "-c", code, str(home)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr, text=True)
