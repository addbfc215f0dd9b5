"""Refuse to start: each unsafe setting of production is named with how to mend it."""

import os
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from pytest_django import Settings

from config.settings import ROOT, _database
from madoguchi.console.key_files import about_its_mode
from madoguchi.console.refusals import Refused, refuse_if_unsafe
from tests.people import Town


@pytest.fixture
def production(settings: Settings) -> Settings:
    settings.IS_PRODUCTION = settings.IS_HTTPS = True
    settings.DEBUG = False
    settings.LINE_API_BASE, settings.LINE_DATA_BASE = "https://api.line.me", "https://api-data.line.me"
    return settings


def reasons() -> str:
    with pytest.raises(Refused) as refused:
        refuse_if_unsafe()
    return str(refused.value)


def test_a_safe_production_starts(production: Settings) -> None:
    refuse_if_unsafe()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", True, "DEBUG"),
        ("SECRET_KEY", "", "秘密鍵がありません"),
        ("SECRET_KEY", "short", "秘密鍵が短すぎます"),
        ("SECRET_KEY", "a" * 64, "秘密鍵が推測できます"),
        ("SECRET_KEY", "django-insecure-0123456789abcdefghijklmnop", "秘密鍵が推測できます"),
        ("SECRET_KEY_FILE", Path("/"), "フォルダーです"),
        ("IS_HTTPS", False, "https"),
        ("LINE_API_BASE", "http://127.0.0.1:8001", "LINE_API_BASE"),
        ("LINE_DATA_BASE", "https://localhost", "LINE_DATA_BASE"),
        ("ROOT_KEY_FILE", Path("/nowhere/root.key"), "鍵"),
        ("DATABASE_URL", "", "DATABASE_URL"),
    ],
)
def test_an_unsafe_production_does_not(production: Settings, name: str, value: object, said: str) -> None:
    setattr(production, name, value)
    assert said in reasons()


@pytest.mark.parametrize(
    "address",
    [
        *("https://127.0.0.2", "https://0.0.0.0", "https://[::ffff:127.0.0.1]", "https://localhost."),
        *("https://line.localhost", "https://127.1", "https://2130706433", "https://evil.example.com"),
        *("https://api.line.me.example.com", "https://api.line.me@example.com", "https://api.line.me:8443"),
        *("http://api.line.me", "https://api.line.me/elsewhere", "https://[::ffff", "", "api.line.me"),
    ],
)
def test_nothing_but_line_itself_is_line(production: Settings, address: str) -> None:
    production.LINE_API_BASE = address
    assert "LINE_API_BASE がLINEではありません" in reasons()
    production.LINE_API_BASE, production.LINE_DATA_BASE = "https://api.line.me", address
    assert "LINE_DATA_BASE がLINEではありません" in reasons()


ANOTHER_KEY = b64encode(bytes(range(32)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "暗号の元の鍵ではありません"),
        ("かぎ".encode(), "暗号の元の鍵ではありません"),
        (b"\xff\xfe", "暗号の元の鍵ではありません"),
        (b64encode(bytes(32)), "暗号の元の鍵ではありません"),
        (b64encode(bytes(range(31))), "暗号の元の鍵ではありません"),
        (ANOTHER_KEY, "データベースの中身を開けません"),
    ],
)
def test_a_root_key_that_opens_nothing_is_found_at_the_start(
    production: Settings, town: Town, tmp_path: Path, content: bytes, said: str
) -> None:
    production.ROOT_KEY_FILE = tmp_path / "root.key"
    production.ROOT_KEY_FILE.write_bytes(content)
    production.ROOT_KEY_FILE.chmod(0o600)
    (line,) = reasons().splitlines()
    assert said in line


@pytest.mark.parametrize("name", ["ROOT_KEY_FILE", "SECRET_KEY_FILE"])
def test_a_key_that_others_can_read_is_refused(
    production: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / "a.key"
    path.write_bytes(ANOTHER_KEY)
    setattr(production, name, path)
    for mode, is_refused in ((0o644, True), (0o640, True), (0o600, False), (0o400, False)):
        path.chmod(mode)
        assert bool(about_its_mode(path)) is is_refused
    path.chmod(0o644)
    assert "chmod 600" in reasons()
    path.chmod(0o440)  # as systemd gives it, in a folder that only the service can enter
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    refuse_if_unsafe()


def test_the_root_key_may_not_be_a_folder_or_absent(production: Settings, tmp_path: Path) -> None:
    production.ROOT_KEY_FILE = tmp_path
    assert "フォルダーです" in reasons()
    production.ROOT_KEY_FILE = tmp_path / "none"
    assert "暗号の元の鍵がありません" in reasons()


def starting(*words: str, **environment: str) -> tuple[int, str]:
    """What a command says in production, and how it ended."""
    told = {**os.environ, "MADOGUCHI_MODE": "production", "MADOGUCHI_URL": "https://desk.example.jp"}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env=told | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


SERVER = ("uvicorn", "config.asgi:application", "--uds")


NOBODY = "postgresql://nobody:wrong@127.0.0.1:1/nothing"


@pytest.mark.parametrize(
    ("words", "url", "said"),
    [
        (("madoguchi", "web"), "", "madoguchi migrate"),
        (("madoguchi", "work"), "", "madoguchi migrate"),
        (("madoguchi", "work"), NOBODY, "パスワード"),
    ],
)
def test_without_tables_or_a_connection_one_line_says_what_to_do(
    words: tuple[str, ...], url: str, said: str, fresh_database: str
) -> None:
    status, text = starting(*words, DATABASE_URL=url or fresh_database)
    assert status == 2
    (line,) = text.splitlines()
    assert said in line


@pytest.mark.parametrize("words", [("madoguchi", "manage", "check"), (*SERVER, "socket")])
def test_no_other_way_to_start_goes_past_the_refusals(words: tuple[str, ...], tmp_path: Path) -> None:
    words = tuple(word.replace("socket", str(tmp_path / "socket")) for word in words)
    status, text = starting(*words, LINE_API_BASE="https://line.localhost", MADOGUCHI_SECRET_KEY_FILE="/")
    assert status != 0
    assert "LINE_API_BASE がLINEではありません" in text
    assert "フォルダーです" in text


def test_a_server_that_does_not_start_the_application_gets_no_answer() -> None:
    look = (
        "import asyncio, config.asgi as a; sent = []\n"
        "async def send(message): sent.append(message)\n"
        "asyncio.run(a.application({'type': 'http', 'path': '/health'}, None, send)); print(sent[0]['status'])"
    )
    environment = {**os.environ, "MADOGUCHI_MODE": "production"}
    assert (
        subprocess.check_output([sys.executable, "-c", look], env=environment, cwd=ROOT, text=True) == "503\n"
    )


def test_a_misspelt_mode_does_not_start_and_is_as_closed_as_production(production: Settings) -> None:
    production.MODE = "prodution"
    assert "MADOGUCHI_MODE" in reasons()
    environment = {**os.environ, "MADOGUCHI_MODE": "prodution"}
    look = "from django.conf import settings; print(settings.IS_PRODUCTION)"
    assert (
        subprocess.check_output([sys.executable, "-c", look], env=environment, cwd=ROOT, text=True)
        == "True\n"
    )


def test_what_the_databases_address_says_is_used_or_refused(production: Settings) -> None:
    url = "postgresql://u@h/d?sslmode=verify-full&sslrootcert=/ca.pem"
    assert _database(url)["OPTIONS"].items() >= {"sslmode": "verify-full", "sslrootcert": "/ca.pem"}.items()  # type: ignore[attr-defined]
    production.DATABASE_UNKNOWN = ["sslmod"]
    assert "sslmod は使えません" in reasons()
    environment = {**os.environ, "DATABASE_URL": url.replace("sslmode", "sslmod")}
    look = "from django.conf import settings; print(settings.DATABASE_UNKNOWN)"
    assert "['sslmod']" in subprocess.check_output(
        [sys.executable, "-c", look], env=environment, cwd=ROOT, text=True
    )
