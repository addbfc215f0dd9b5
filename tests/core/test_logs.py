"""A log line of a failure says where and what kind, never what the exception says."""

import io
import logging
import logging.config
import sys
from typing import Any

from django.conf import settings

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


def test_django_has_no_handler_of_its_own() -> None:
    assert logging.getLogger("django").handlers == []
    assert {handler.formatter.__class__.__name__ for handler in logging.getLogger().handlers} >= {"Line"}
