"""Whatever a request says of where to go, it leads to a page of ours or to the first."""

import pytest
from django.test import Client

from tests.people import Town

STRANGE = [
    "https://elsewhere.example/",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "abc",
    "http://[",
    " /x",
]


@pytest.mark.parametrize("target", STRANGE)
def test_after_signing_in(town: Town, client: Client, target: str) -> None:
    values = {"email": town.sato.email, "password": "a-long-password", "next": target}
    assert client.post("/sign-in/", values)["Location"] == "/"
    assert client.get("/sign-in/", {"next": target})["Location"] == "/"


@pytest.mark.parametrize("target", STRANGE)
def test_after_choosing_a_language(client: Client, target: str) -> None:
    assert client.post("/language/", {"language": "en", "next": target})["Location"] == "/"


@pytest.mark.parametrize(
    ("shown", "back"),
    [
        ("http://testserver/desk/", "/desk/"),
        ("http://x//elsewhere.example", "/elsewhere.example"),
        ("http://x/\\elsewhere.example", "/elsewhere.example"),
        ("http://[", "/"),
        ("http://testserver", "/"),
    ],
)
def test_a_part_of_a_page_leads_the_page_to_sign_in_and_back(client: Client, shown: str, back: str) -> None:
    answer = client.get("/desk/", headers={"HX-Request": "true", "HX-Current-URL": shown})
    assert answer["HX-Redirect"] == f"/sign-in/?next={back}"


def test_a_page_of_ours_is_kept_over_password_and_code(town: Town, client: Client) -> None:
    values = {"email": town.sato.email, "password": "a-long-password", "next": "/desk/?x=1"}
    assert client.post("/sign-in/", values)["Location"] == "/desk/?x=1"
