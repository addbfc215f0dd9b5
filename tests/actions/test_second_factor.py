"""The second factor: needed in production, used once, not to be guessed."""

import time

import pyotp
import pytest
from django.test import Client
from pytest_django import Settings

from madoguchi.accounts import actions
from madoguchi.accounts.models import User
from tests.people import Town

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enrolled(town: Town) -> User:
    before = pyotp.TOTP(SECRET).at(time.time() - 30)
    assert actions.enrol(town.sato, SECRET, before)
    return User.objects.get(pk=town.sato.pk)


def sign_in(client: Client, user: User) -> str:
    return str(client.post("/sign-in/", {"email": user.email, "password": "a-long-password"})["Location"])


def test_a_password_alone_does_not_open_the_desk(town: Town, client: Client) -> None:
    user = enrolled(town)
    assert sign_in(client, user) == "/sign-in/code/"
    assert client.get("/desk/")["Location"].startswith("/sign-in/")


def test_the_right_code_opens_it_once(town: Town, client: Client) -> None:
    user = enrolled(town)
    code = pyotp.TOTP(SECRET).now()
    sign_in(client, user)
    assert client.post("/sign-in/code/", {"code": code})["Location"] == "/"
    again = Client()
    sign_in(again, user)
    assert again.post("/sign-in/code/", {"code": code}).status_code == 200


def test_codes_cannot_be_guessed_at_leisure(town: Town, client: Client) -> None:
    sign_in(client, enrolled(town))
    for _ in range(8):
        client.post("/sign-in/code/", {"code": "000000"})
    assert "しばらく受け付けません" in client.post("/sign-in/code/", {"code": "000000"}).content.decode()


def test_the_code_page_without_a_password_leads_back(client: Client) -> None:
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"


def test_production_asks_for_a_second_factor_before_anything_else(
    town: Town, client: Client, settings: Settings
) -> None:
    settings.IS_PRODUCTION = True
    client.force_login(town.sato)
    assert client.get("/desk/")["Location"] == "/second-factor/"
    assert client.get("/second-factor/").status_code == 200


def test_a_session_from_before_the_second_factor_opens_nothing(town: Town, client: Client) -> None:
    user = enrolled(town)
    client.force_login(user)  # as a session whose end was missed
    assert client.get("/second-factor/")["Location"].startswith("/sign-in/")
    client.force_login(user)
    assert client.get("/desk/")["Location"].startswith("/sign-in/")
    assert "_auth_user_id" not in client.session


def test_setting_it_up_keeps_this_session_and_ends_all_others(town: Town, client: Client) -> None:
    other = Client()
    for one in (client, other):
        one.force_login(town.sato)
    page = client.get("/second-factor/")
    assert "no-store" in page["Cache-Control"]
    secret = page.context["secret"]
    assert secret not in str(dict(client.session.items()))
    assert client.get("/second-factor/").context["secret"] == secret
    assert client.post("/second-factor/", {"code": pyotp.TOTP(secret).now()})["Location"] == "/"
    assert client.get("/desk/").status_code == 200
    assert other.get("/desk/")["Location"].startswith("/sign-in/")


def test_production_opens_after_the_right_code(town: Town, client: Client, settings: Settings) -> None:
    settings.IS_PRODUCTION = True
    sign_in(client, enrolled(town))
    client.post("/sign-in/code/", {"code": pyotp.TOTP(SECRET).now()})
    assert client.get("/desk/").status_code == 200


def test_a_dump_of_the_users_does_not_hold_the_secret(town: Town) -> None:
    assert SECRET.encode() not in bytes(enrolled(town).second_factor or b"")


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "1234567"])
def test_what_is_no_code_is_said_to_be_none(town: Town, client: Client, code: str) -> None:
    sign_in(client, enrolled(town))
    assert "6桁" in client.post("/sign-in/code/", {"code": code}).content.decode()
