from typing import TYPE_CHECKING

import pytest

from tests.in_the_database import _inside_the_database, town  # noqa: F401 - fixtures

if TYPE_CHECKING:  # a conftest is read before Django is ready
    from madoguchi.contacts.models import Contact
    from tests.people import Town


@pytest.fixture
def friend(town: "Town") -> "Contact":  # noqa: F811 - the fixture
    from tests.people import befriend

    return befriend(town)
