"""Let the ORM of this process speak to another database: that of the street, where real processes work."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from config.settings import _database
from madoguchi.accounts import keys
from madoguchi.core import walls


@contextmanager
def speaking_to(url: str) -> Iterator[None]:
    """Inside, `default` is the database at `url`, in this thread and those that begin inside, and no wall stands.

    Keys are forgotten on the way in and out, because two databases count their organisations alike.
    """
    former, known = connections["default"], connections.settings["default"]
    connections.settings["default"] = {**known, **_database(url), "OPTIONS": {}}
    del connections["default"]
    keys._organisation_key.cache_clear()
    try:
        with walls.everywhere():
            yield
    finally:
        connections["default"].close()
        connections.settings["default"] = known
        connections["default"] = former
        keys._organisation_key.cache_clear()
