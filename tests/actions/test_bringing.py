"""Large bodies come only from whom they are for: who is signed in, or who has a link that lives."""

import pytest
from django.conf import settings as product
from django.test import Client

from config.bodies import LINK, STAFF, _is_let_in
from madoguchi.surveys.actions import links
from madoguchi.surveys.definition import Kind
from tests.people import Town
from tests.surveys.made import question, survey
from tests.surveys.on_page import opened, published


@pytest.fixture(autouse=True)
def _connection_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's transaction must outlive the answer."""
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)


def scope(cookie: str) -> dict[str, object]:
    return {"headers": [(b"cookie", f"{product.SESSION_COOKIE_NAME}={cookie}".encode())]}


def test_only_who_is_signed_in_brings_a_file_to_the_desk(town: Town, client: Client) -> None:
    client.force_login(town.sato)
    key = client.cookies[product.SESSION_COOKIE_NAME].value
    assert _is_let_in(scope(key), STAFF, "")
    client.logout()
    for other in (key, "a" * 32, '"a\\000b"', ""):
        assert not _is_let_in(scope(other), STAFF, "")


def test_a_friends_picture_comes_with_a_link_that_lives(town: Town) -> None:
    page = opened(town, published(town, survey(question("qphoto", Kind.PICTURE, "写真"))))
    token = page.path.split("/")[2]
    assert _is_let_in(scope(""), LINK, token)
    assert not _is_let_in(scope(""), LINK, token[::-1])
    found = links.behind(token)
    assert found is not None
    links.end(found)
    assert not _is_let_in(scope(""), LINK, token)
