"""Fixtures of the tests that run in one transaction: a town of invented people, every wall open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # a conftest is read before Django is ready
    from tests.people import Town


@pytest.fixture(autouse=True)
def _inside_the_database(db: None) -> Iterator[None]:
    from madoguchi.core import walls

    with walls.everywhere():
        yield


@pytest.fixture
def town() -> "Town":
    from tests.people import found_town

    return found_town()
