"""Three friends of a town of real processes, with something known of two of them."""

import os
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk.conftest import seats  # noqa: F401 - a fixture
from tests.street import Town

if TYPE_CHECKING:  # read before Django is ready
    from madoguchi.contacts.models import Attribute, Contact


@pytest.fixture(autouse=True)
def _beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps an event loop in this thread, in which Django would refuse to ask the database."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def attribute(town: Town, key: str) -> "Attribute":
    from madoguchi.contacts.models import Attribute

    return Attribute.objects.of(town.channel.organisation).get(key=key)


@pytest.fixture
def three(town: Town) -> "list[Contact]":
    """A mother in Shinjuku with a child of 4 who came by the poster, a father there, and one of whom nothing is known."""
    from madoguchi.contacts import actions as contacts
    from madoguchi.contacts.models import Source

    contacts.install_set(town.channel.organisation, "consultation")
    found = [town.friend(name, follows=True).known() for name in ("ゆうママ", "そらパパ", "ひなた")]
    for contact, who, age in ((found[0], "mother", 4), (found[1], "father", 12)):
        known = {"who": who, "area": "13104", "child_age": age}
        values = {attribute(town, key): value for key, value in known.items()}
        contacts.set_values(contact, values, source=Source.SURVEY)
    poster = contacts.add_origin(town.supervisor, town.channel, "駅のポスター")
    contacts.come_from(found[0], poster)
    return found
