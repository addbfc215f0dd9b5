"""Who may follow the live stream, and until when."""

import time

import pytest
from django.conf import settings as product
from django.test import Client
from pytest_django import Settings

from madoguchi.accounts.models import User
from madoguchi.console.streaming import _authorise, _may_follow
from madoguchi.core.stream import Allowed
from tests.people import Town


def stream(client: Client, *more: bytes) -> Allowed | None:
    own = f"{product.SESSION_COOKIE_NAME}={client.cookies[product.SESSION_COOKIE_NAME].value}"
    return _authorise({"headers": [(b"cookie", b"; ".join([*more, own.encode()]))]}, [])


@pytest.fixture(autouse=True)
def _connection_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's transaction must outlive the answer."""
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)


def test_a_cookie_that_is_none_does_not_hide_the_session(town: Town, client: Client) -> None:
    client.force_login(town.sato)
    allowed = stream(client, b'a="\x01b', b"{x}=1")
    assert allowed is not None
    assert allowed.ends[f"user-{town.sato.pk}"] == "signed-out"


def test_a_session_without_its_second_factor_follows_nothing(
    town: Town, client: Client, settings: Settings
) -> None:
    client.force_login(town.sato)
    settings.IS_PRODUCTION = True
    assert stream(client) is None
    User.objects.filter(pk=town.sato.pk).update(second_factor=b"sealed")
    assert stream(client) is None
    session = client.session
    session["second_factor_at"] = 1
    session.save()
    assert stream(client) is not None


def test_a_locked_session_follows_nothing_and_an_open_one_no_longer_than_until_it_locks(
    town: Town, client: Client
) -> None:
    client.force_login(town.sato)
    session = client.session
    session["entered_at"] = session["acted_at"] = int(time.time()) - 600
    session.save()
    allowed = stream(client)
    assert allowed is not None
    assert 290 < allowed.seconds <= 300
    session["acted_at"] -= 300
    session.save()
    assert stream(client) is None


@pytest.mark.parametrize("number", ["²", "１", "9" * 5000, "", "-1", "1.0"])
def test_a_topic_without_a_right_number_is_no_topic(town: Town, number: str) -> None:
    assert not any(_may_follow(town.sato, f"{kind}-{number}") for kind in ("desk", "mine", "contact"))
