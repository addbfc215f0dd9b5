"""Refuse to start: each unsafe setting of production is named with how to mend it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from config.settings import ROOT, _database
from madoguchi.console.refusals import Refused, refuse_if_unsafe


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
