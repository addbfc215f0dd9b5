"""Who may follow the live stream."""

import pytest
from django.conf import settings as product
from django.test import Client
from pytest_django import Settings

from madoguchi.accounts.models import User
from madoguchi.console.streaming import _authorise, _may_follow
from tests.people import Town


def stream(client: Client, *more: bytes) -> tuple[str, list[str]] | None:
    own = f"{product.SESSION_COOKIE_NAME}={client.cookies[product.SESSION_COOKIE_NAME].value}"
    return _authorise({"headers": [(b"cookie", b"; ".join([*more, own.encode()]))]}, [])


@pytest.fixture(autouse=True)
def _connection_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's transaction must outlive the answer."""
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)


def test_a_cookie_that_is_none_does_not_hide_the_session(town: Town, client: Client) -> None:
    client.force_login(town.sato)
    assert stream(client, b'a="\x01b', b"{x}=1") == (f"user-{town.sato.pk}", [])


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
    assert stream(client) == (f"user-{town.sato.pk}", [])


@pytest.mark.parametrize("number", ["²", "１", "9" * 5000, "", "-1", "1.0"])
def test_a_topic_without_a_right_number_is_no_topic(town: Town, number: str) -> None:
    assert not any(_may_follow(town.sato, f"{kind}-{number}") for kind in ("desk", "mine", "contact"))
