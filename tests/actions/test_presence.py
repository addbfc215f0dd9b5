"""A session that nobody touches is locked; one that lasted a working day is over."""

import time

import pytest
from django.test import Client

from madoguchi.accounts.models import User
from tests.people import Town

PULL = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/"}
LOCKED = "/unlock/?next=%2Fdesk%2F"


def in_session(client: Client, user: User, *, quiet: int = 0, since: int = 0) -> Client:
    client.force_login(user)
    session = client.session
    session["acted_at"] = int(time.time()) - quiet
    session["entered_at"] = int(time.time()) - max(quiet, since)
    session.save()
    return client


def acted(client: Client) -> float:
    return time.time() - float(client.session["acted_at"])


def test_after_a_quarter_of_an_hour_nothing_is_shown_before_the_password(town: Town, client: Client) -> None:
    in_session(client, town.sato, quiet=901)
    assert client.get("/desk/")["Location"] == LOCKED
    answer = client.get("/desk/lists/", headers=PULL)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, LOCKED)
    assert "違います" in client.post(LOCKED, {"password": "wrong"}).content.decode()
    assert client.get("/desk/").status_code == 302
    assert client.post(LOCKED, {"password": "a-long-password"})["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_what_a_page_pulls_by_itself_is_no_act(town: Town, client: Client) -> None:
    in_session(client, town.sato, quiet=600)
    client.get("/desk/lists/", headers=PULL)
    client.get("/desk/", headers={"Sec-Fetch-Dest": "image"})
    assert acted(client) > 599


@pytest.mark.parametrize("headers", [{**PULL, "X-Acted": "1"}, {"Sec-Fetch-Dest": "document"}, {}])
def test_what_a_person_does_is_one(town: Town, client: Client, headers: dict[str, str]) -> None:
    in_session(client, town.sato, quiet=600)
    client.get("/desk/", headers=headers)
    assert acted(client) < 10


def test_typing_alone_keeps_the_session_open(town: Town, client: Client) -> None:
    in_session(client, town.sato, quiet=600)
    assert client.post("/acted/", headers={"X-Acted": "1", "Sec-Fetch-Dest": "empty"}).status_code == 204
    assert acted(client) < 10


def test_a_locked_session_is_not_opened_by_saying_that_somebody_is_there(town: Town, client: Client) -> None:
    in_session(client, town.sato, quiet=901)
    client.post("/acted/", headers={"X-Acted": "1"})
    assert acted(client) > 900


def test_whoever_leaves_the_seat_locks_the_screen_and_comes_back_to_the_page(
    town: Town, client: Client
) -> None:
    in_session(client, town.sato)
    assert client.post("/lock/", {"next": "/desk/"})["Location"] == LOCKED
    assert client.get("/desk/")["Location"] == LOCKED
    assert "元のページに戻ります" in client.get(LOCKED).content.decode()


def test_the_password_of_a_locked_screen_cannot_be_guessed_at_leisure(town: Town, client: Client) -> None:
    in_session(client, town.sato, quiet=901)
    for _ in range(8):
        client.post(LOCKED, {"password": "wrong"})
    assert "受け付けません" in client.post(LOCKED, {"password": "a-long-password"}).content.decode()


def test_a_locked_screen_can_be_left(town: Town, client: Client) -> None:
    in_session(client, town.sato, quiet=901)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_after_a_working_day_one_signs_in_anew_however_busy(town: Town, client: Client) -> None:
    in_session(client, town.sato, since=12 * 3600 + 1)
    assert client.get("/desk/")["Location"].startswith("/sign-in/")
    assert "_auth_user_id" not in client.session


def test_what_was_sent_from_a_locked_page_leads_back_to_that_page(town: Town, client: Client) -> None:
    in_session(client, town.sato, quiet=901)
    answer = client.post("/desk/1/take/", headers={"Referer": "http://testserver/desk/"})
    assert answer["Location"] == LOCKED
