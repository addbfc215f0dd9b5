"""The second factor: needed in production, used once, not to be guessed."""

import time
from datetime import timedelta

import pyotp
import pytest
from django.db.models.functions import Now
from django.test import Client
from pytest_django import Settings

from madoguchi.accounts import actions
from madoguchi.accounts.models import SignInTry, User
from madoguchi.audit.models import Entry
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
    assert "回復コード" in client.post("/second-factor/", {"code": pyotp.TOTP(secret).now()}).content.decode()
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


def test_another_telephone_needs_the_password_too(town: Town, client: Client) -> None:
    user = enrolled(town)
    sign_in(client, user)
    client.post("/sign-in/code/", {"code": pyotp.TOTP(SECRET).now()})
    secret = client.get("/second-factor/").context["secret"]
    for password in ("", "wrong"):
        client.post("/second-factor/", {"code": pyotp.TOTP(secret).now(), "password": password})
        assert User.objects.get(pk=user.pk).second_factor == user.second_factor
    client.post("/second-factor/", {"code": pyotp.TOTP(secret).now(), "password": "a-long-password"})
    assert User.objects.get(pk=user.pk).second_factor != user.second_factor


def test_a_sign_in_begun_with_the_old_password_cannot_be_finished(town: Town, client: Client) -> None:
    user = enrolled(town)
    sign_in(client, user)
    user.set_password("another-long-password")
    user.save()
    answer = client.post("/sign-in/code/", {"code": pyotp.TOTP(SECRET).now()})
    assert answer["Location"] == "/sign-in/"
    assert client.get("/desk/").status_code == 302


def test_a_sign_in_begun_six_minutes_ago_cannot_be_finished(town: Town, client: Client) -> None:
    sign_in(client, enrolled(town))
    session = client.session
    pk, proof, at = session["second_factor_of"]
    session["second_factor_of"] = [pk, proof, at - 360]
    session.save()
    assert client.post("/sign-in/code/", {"code": pyotp.TOTP(SECRET).now()})["Location"] == "/sign-in/"


def test_codes_cannot_be_guessed_from_many_addresses(town: Town) -> None:
    user = enrolled(town)
    for number in range(9):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        sign_in(client, user)
        page = client.post("/sign-in/code/", {"code": "000000"}).content.decode()
    assert "しばらく受け付けません" in page


def test_codes_are_counted_over_the_day_as_well(town: Town, client: Client) -> None:
    user = enrolled(town)
    sign_in(client, user)
    client.post("/sign-in/code/", {"code": "000000"})
    (one,) = SignInTry.objects.all()
    early = {"account": one.account, "address": one.address, "tried_at": Now() - timedelta(hours=2)}
    SignInTry.objects.bulk_create(SignInTry(**early) for _ in range(31))
    assert "24時間" in client.post("/sign-in/code/", {"code": "000000"}).content.decode()


def codes_of(town: Town) -> list[str]:
    return actions.enrol(town.sato, SECRET, pyotp.TOTP(SECRET).at(time.time() - 30))


def test_a_recovery_code_opens_the_desk_once_and_is_audited(town: Town, client: Client) -> None:
    codes = codes_of(town)
    assert len(set(codes)) == 10
    sign_in(client, town.sato)
    assert client.post("/sign-in/code/", {"code": codes[3]})["Location"] == "/"
    assert "残りは9個" in client.get("/desk/history/").content.decode() + client.get("/log/").content.decode()
    assert Entry.objects.get(verb="accounts.use_recovery_code").detail == {"left": 9}
    again = Client()
    sign_in(again, town.sato)
    assert again.post("/sign-in/code/", {"code": codes[3]}).status_code == 200
    assert again.post("/sign-in/code/", {"code": codes[4].replace("-", "　")})["Location"] == "/"


def test_recovery_codes_are_not_kept_as_they_are_and_not_anothers(town: Town, client: Client) -> None:
    code = codes_of(town)[0]
    town.sato.refresh_from_db()
    assert code.replace("-", "") not in str(town.sato.recovery_codes)
    assert actions.enrol(town.suzuki, SECRET, pyotp.TOTP(SECRET).at(time.time() - 30))
    sign_in(client, town.suzuki)
    assert client.post("/sign-in/code/", {"code": code}).status_code == 200


def test_new_recovery_codes_need_the_password_and_void_the_old(town: Town, client: Client) -> None:
    old = codes_of(town)
    sign_in(client, town.sato)
    client.post("/sign-in/code/", {"code": old[0]})
    assert (
        "回復コードを作り直す"
        in client.post("/second-factor/recovery-codes/", {"password": "x"}).content.decode()
    )
    page = client.post("/second-factor/recovery-codes/", {"password": "a-long-password"})
    assert len(page.context["codes"]) == 10
    again = Client()
    sign_in(again, town.sato)
    assert again.post("/sign-in/code/", {"code": old[1]}).status_code == 200
    assert again.post("/sign-in/code/", {"code": page.context["codes"][0]})["Location"] == "/"
