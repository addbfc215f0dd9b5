"""Every test run has a PostgreSQL of its own, made for it and thrown away with it.

It is started before Django reads its settings, once for all pytest-xdist workers; each worker has databases of its own.
Only tests of the tier `crash` need a server that keeps what it acknowledged: see `durable_postgres`.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import django
import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg.sql import SQL, Identifier

from tests import second_try
from tests.street import durable_street, running_street, street, town  # noqa: F401 - fixtures of journeys and doors
from tools import keys, scratch
from tools.postgres import Server, start

ROOT = Path(__file__).resolve().parent.parent
_ADMIN = "MADOGUCHI_TEST_ADMIN_URL"  # how a pytest-xdist worker finds the server that its controller started
_EARLIER = "MADOGUCHI_CHECK_FAILED"  # names of the steps of ./dev check that failed before the tests
_TIERS = ("", "browser", "crash")  # in the order in which they run
_ALONE = ("crash",)  # what kills and measures runs undisturbed; two windows at once hinder nobody
SLOW = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
_run = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    # A busy machine draws slowly, and that says nothing of what is tried; each example begins where the one before it ended.
    # The same examples each time: a run that fails says something of the change. `--hypothesis-profile=search` tries others.
    settings.register_profile("shared machine", deadline=None, suppress_health_check=SLOW, derandomize=True)
    settings.register_profile("search", deadline=None, suppress_health_check=SLOW)
    settings.load_profile("shared machine")
    config.pluginmanager.register(second_try)
    if hasattr(config, "workerinput") or config.option.help:
        return
    home = _run.enter_context(scratch.folder("tests"))
    server = _run.enter_context(start(home / "postgres", durable=False))
    os.environ.pop("MADOGUCHI_URL", None)
    os.environ |= keys.ensure(home / "secrets", has_data=False).environment()
    os.environ |= {
        "DATABASE_URL": server.url,
        _ADMIN: server.admin_url,
        "MADOGUCHI_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    django.setup()  # pytest-django looked before there were settings to find


def pytest_unconfigure(config: pytest.Config) -> None:
    _run.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what kills run undisturbed: one after the other in one worker, when all else is done."""
    for item in items:
        if folder := next((tier for tier in _TIERS if tier and f"tests/{tier}/" in item.path.as_posix()), ""):
            item.add_marker(folder)
    items.sort(key=lambda item: _TIERS.index(_tier(item)))
    for item in items:
        if _tier(item) in _ALONE:
            item.add_marker(pytest.mark.xdist_group("alone"))


def _tier(item: pytest.Item) -> str:
    return next((mark.name for mark in item.iter_markers() if mark.name in _TIERS), "")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if failed := os.environ.get(_EARLIER):
        terminalreporter.write_line(f"FAILED before the tests: {failed}", red=True, bold=True)


@pytest.fixture(scope="session")
def admin_url() -> str:
    """Address of the test server for a superuser."""
    return os.environ[_ADMIN]


@pytest.fixture(scope="session")
def new_database(admin_url: str) -> Iterator[Callable[..., str]]:
    """Return a function that makes a database of the product's role and returns its address.

    `new_database(template="name")` copies another database, to which nobody may be connected.
    All are dropped at the end.
    """
    made: list[str] = []
    with psycopg.connect(admin_url, autocommit=True) as admin:

        def make(template: str = "template1") -> str:
            name = f"t_{uuid4().hex[:12]}"
            admin.execute(
                SQL("CREATE DATABASE {} OWNER madoguchi TEMPLATE {}").format(
                    Identifier(name), Identifier(template)
                )
            )
            made.append(name)
            return os.environ["DATABASE_URL"].replace("@/madoguchi?", f"@/{name}?", 1)

        yield make
        for name in made:
            admin.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture
def fresh_database(new_database: Callable[..., str]) -> str:
    """Address of an empty database, for tests that start real processes."""
    return new_database()


@pytest.fixture(scope="session")
def _migrated_template(new_database: Callable[..., str]) -> str:
    url = new_database()
    environment = os.environ | {"DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "madoguchi", "migrate"], env=environment, check=True, cwd=ROOT)
    return str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])


@pytest.fixture
def migrated_database(new_database: Callable[..., str], _migrated_template: str) -> str:
    """Address of a migrated database without rows, for tests that start real processes (web, work)."""
    return new_database(template=_migrated_template)


@pytest.fixture
def durable_postgres(tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own that loses nothing it acknowledged, even when killed."""
    with start(tmp_path / "postgres") as server:
        yield server
