"""Every page of the console opens for who may open it, empty and with something on it."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.accounts.models import SignInTry
from madoguchi.desk.models import Reception
from madoguchi.inbox.models import InboundEvent
from tests.people import Town

PAGES = (
    "accounts:staff",
    "accounts:add",
    "accounts:enrol",
    "audit:log",
    "channels:list",
    "channels:add",
    "inbox:events",
)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_administrator_opens(town: Town, client: Client, name: str) -> None:
    client.force_login(town.administrator)
    InboundEvent.objects.create(
        organisation=town.organisation, channel=town.channel, event_id="1", kind="message"
    )
    answer = client.get(reverse(name), {"q": "a"} if name in ("audit:log", "accounts:staff") else {})
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("name", ["channels:edit", "desk:reception"])
def test_a_page_of_a_channel_opens(town: Town, client: Client, name: str) -> None:
    client.force_login(town.administrator)
    answer = client.get(reverse(name, args=[town.channel.pk]))
    assert answer.status_code == 200
    assert town.channel.unseal("secret") not in answer.content.decode()


def test_the_reception_keeps_hours_and_refuses_a_variable_nobody_knows(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    address = reverse("desk:reception", args=[town.channel.pk])
    values = {
        "capacity": 5,
        "greeting": "ようこそ、{なまえ}さん",
        "open_text": "",
        "full_text": "",
        "closed_text": "休みです",
    }
    values |= {"hours_0_0": "09:00", "hours_0_1": "21:00"}
    assert "{なまえ} という変数はありません" in client.post(address, values).content.decode()
    assert client.post(address, {**values, "greeting": "ようこそ、{名前}さん"}).status_code == 302
    assert Reception.objects.get().hours == [["09:00", "21:00"], None, None, None, None, None, None]


def test_signing_in_is_throttled_by_address_and_not_by_account_alone(town: Town, client: Client) -> None:
    values = {"email": town.sato.email, "password": "wrong"}
    for _ in range(8):
        client.post("/sign-in/", values, REMOTE_ADDR="192.0.2.1")
    assert (
        "しばらく受け付けません" in client.post("/sign-in/", values, REMOTE_ADDR="192.0.2.1").content.decode()
    )
    right = {**values, "password": "a-long-password"}
    assert client.post("/sign-in/", right, REMOTE_ADDR="192.0.2.2").status_code == 302
    assert SignInTry.objects.count() == 8


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(town: Town, client: Client) -> None:
    known = client.post("/sign-in/", {"email": town.sato.email, "password": "x"}).content.decode()
    unknown = client.post("/sign-in/", {"email": "nobody@example.jp", "password": "x"}).content.decode()
    for text in (known, unknown):
        assert "メールアドレスかパスワードが違います" in text


def test_a_redirect_after_signing_in_stays_with_us(town: Town, client: Client) -> None:
    values = {"email": town.sato.email, "password": "a-long-password", "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", values)["Location"] == "/"


def test_switching_a_person_off_ends_the_sessions(town: Town, client: Client) -> None:
    other = Client()
    other.force_login(town.sato)
    client.force_login(town.administrator)
    client.post(reverse("accounts:edit", args=[town.sato.pk]), {"roles": ["counsellor"]})
    assert other.get(reverse("desk:index")).status_code == 302


def test_the_last_administrator_stays(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    answer = client.post(
        reverse("accounts:edit", args=[town.administrator.pk]), {"roles": ["counsellor"], "is_active": "on"}
    )
    assert "最後の管理者です" in answer.content.decode()


def test_health_answers_without_signing_in(client: Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_the_demo_is_absent_outside_the_demo(client: Client) -> None:
    assert client.get("/demo/").status_code == 404
    assert client.get("/demo/sato/").status_code == 404
