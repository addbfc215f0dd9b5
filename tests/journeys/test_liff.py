"""A survey from inside LINE: the page proves to LINE who holds the phone, and the form is that friend's own."""

from typing import Any

import pytest
import requests

from tests.journeys.surveys import asked
from tests.street import Friend, Town


@pytest.fixture
def app(town: Town) -> dict[str, Any]:
    return linked(town)


def linked(town: Town) -> dict[str, Any]:
    """The account's LIFF app, known to the desk."""
    from madoguchi.channels import actions as channels

    wanted = {"channelId": town.account.id, "endpointUrl": f"{town.desk}/liff"}
    made = town.platform.ask("POST", "/emu/liff", wanted)
    channels.link_liff(None, town.channel, made["loginChannelId"], made["liffId"])
    wanted = {"liffId": made["liffId"], "endpointUrl": f"{town.desk}/liff/{made['liffId']}"}
    return town.platform.ask("POST", "/emu/liff", wanted)


def token(town: Town, app: dict[str, Any], user_id: str) -> str:
    """What `liff.getIDToken()` gives on this friend's phone."""
    opened = town.platform.ask(
        "POST", "/emu/liff/open", {"userId": user_id, "channelId": town.account.id, "liffId": app["liffId"]}
    )
    told = town.platform.ask(
        "POST", "/emu/liff/session", {"session": opened["session"], "liffId": app["liffId"]}
    )
    return str(told["idToken"])


def enter(app: dict[str, Any], survey: str, **fields: str) -> requests.Response:
    return requests.post(f"{app['endpointUrl']}/{survey}", data=fields, timeout=20)


def test_line_says_who_it_is_and_the_form_is_that_friends_own(town: Town, app: dict[str, Any]) -> None:
    from madoguchi.surveys.models import Submission

    survey, friend = asked(town), town.friend(follows=True)
    address = enter(app, survey.token, id_token=token(town, app, friend.user_id)).json()["address"]
    page = requests.get(town.desk + address, timeout=20)
    assert "相談の前に" in page.text
    submission = Submission.objects.get(contact=friend.known())
    assert (submission.way, submission.survey_id) == ("liff", survey.pk)
    again = enter(app, survey.token, id_token=token(town, app, friend.user_id)).json()["address"]
    assert again == address


def test_who_was_no_friend_yet_is_met_and_keeps_where_they_came_from(town: Town, app: dict[str, Any]) -> None:
    from madoguchi.contacts import actions as contacts

    survey = asked(town)
    poster = contacts.add_origin(town.supervisor, town.channel, "駅のポスター")
    stranger = Friend(town, town.platform.friend("みお"))
    proof = token(town, app, stranger.user_id)
    assert "address" in enter(app, survey.token, id_token=proof, **{"from": poster.key}).json()
    contact = stranger.contact()
    assert contact is not None
    assert (contact.origin, contact.followed_at) == (poster, None)


@pytest.mark.parametrize("kind", ["expired", "wrongAudience", "wrongIssuer", "badSignature"])
def test_a_token_that_is_not_good_opens_nothing(town: Town, app: dict[str, Any], kind: str) -> None:
    from madoguchi.contacts.models import Contact

    survey = asked(town)
    town.platform.ask("POST", "/emu/liff", {"liffId": app["liffId"], "tokens": kind})
    stranger = town.platform.friend("みお")
    answer = enter(app, survey.token, id_token=token(town, app, stranger))
    assert answer.status_code == 422
    assert "もう一度開いてください" in answer.json()["sentence"]
    assert not Contact.objects.filter(channel=town.channel).exists()


def test_what_a_page_makes_up_opens_nothing(town: Town, app: dict[str, Any]) -> None:
    survey, friend = asked(town), town.friend(follows=True)
    for made_up in ("", "a.b.c", friend.user_id, "x" * 5000):
        answer = enter(app, survey.token, id_token=made_up, userId=friend.user_id)
        assert (answer.status_code, "address" in answer.json()) == (422, False)


def test_a_door_that_leads_nowhere_looks_like_any_other(town: Town, app: dict[str, Any]) -> None:
    asked(town)
    for address in (f"{app['endpointUrl']}/{'x' * 22}", f"{town.desk}/liff/1234567890-AbcdEfgh"):
        assert requests.get(address, timeout=20).status_code == 404


def test_the_page_may_load_lines_sdk_and_nothing_else(town: Town, app: dict[str, Any]) -> None:
    answer = requests.get(app["endpointUrl"], timeout=20)
    rules = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert rules["script-src"] == f"'self' {town.platform.origin}"
    assert rules["default-src"] == "'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
