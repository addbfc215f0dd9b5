"""A log line of a failure says where and what kind, never what the exception says."""

import io
import logging
import logging.config
import sys
from typing import Any

import pytest
from django.conf import settings

from madoguchi.core.logs import Line

WORDS = "ひみつのことば"


def test_no_handler_writes_what_an_exception_says() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    formats: Any = settings.LOGGING["formatters"]
    handler.setFormatter(
        logging.config.DictConfigurator({"version": 1}).configure_formatter(dict(formats["line"]))
    )
    try:
        raise ValueError(WORDS)
    except ValueError:
        handler.handle(logging.LogRecord("it", logging.ERROR, "", 1, "it failed", None, sys.exc_info()))
    assert WORDS not in out.getvalue()
    assert "ValueError at test_logs.py:" in out.getvalue()


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (
            "Forbidden (CSRF cookie not set.): /media/secret/full.jpg",
            "Forbidden (CSRF cookie not set.): /media/…",
        ),
        ("Not Found: /s/secret/q/name/?a=secret", "Not Found: /s/…"),
        ("'https://desk.example.jp/from/secret/' 404", "'https://desk.example.jp/from/…' 404"),
        ("POST /liff/1234-secret /line/webhook/secret", "POST /liff/… /line/webhook/…"),
        ("key " + "s" * 43, "key …"),
        ("/static/secret.css and /desk/12/", "/static/secret.css and /desk/12/"),
    ],
)
def test_an_address_that_is_a_key_stands_in_no_log(said: str, written: str) -> None:
    line = Line("{message}", style="{").format(
        logging.LogRecord("it", logging.ERROR, "", 1, said, None, None)
    )
    assert line == written


def test_django_has_no_handler_of_its_own() -> None:
    assert logging.getLogger("django").handlers == []
    assert {handler.formatter.__class__.__name__ for handler in logging.getLogger().handlers} >= {"Line"}
