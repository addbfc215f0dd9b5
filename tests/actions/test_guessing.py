"""Guessing passwords gets nobody in and locks no colleague out; asking for many at once stops nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from pytest_django import Settings

from madoguchi.accounts import actions as accounts
from madoguchi.accounts import keys, proving
from madoguchi.accounts.hashers import QuickArgon2
from madoguchi.accounts.models import SignInTry, User
from madoguchi.core import walls
from tests.people import Town, found_town

RIGHT, REFUSED = "a-long-password", "受け付けません"
HOME, OFFICE = "192.0.2.1", "198.51.100.7"


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def sign_in(client: Client, email: str, password: str = RIGHT) -> str:
    """`in`, or the page."""
    answer = client.post("/sign-in/", {"email": email, "password": password})
    return "in" if answer.status_code == 302 else answer.content.decode()


def fail(client: Client, email: str, times: int = 8) -> str:
    return [sign_in(client, email, "wrong") for _ in range(times)][-1]


def test_an_account_is_refused_where_it_failed_and_open_elsewhere(town: Town) -> None:
    fail(at(HOME), town.sato.email)
    assert REFUSED in sign_in(at(HOME), town.sato.email)
    assert sign_in(at(OFFICE), town.sato.email) == "in"
    assert SignInTry.objects.count() == 8


def test_all_of_one_ipv6_network_is_one_place(town: Town) -> None:
    for number in range(8):
        fail(at(f"2001:db8:1:2::{number}"), town.sato.email, 1)
    assert REFUSED in sign_in(at("2001:db8:1:2:ffff::1"), town.sato.email)
    assert sign_in(at("2001:db8:1:3::1"), town.sato.email) == "in"


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "", HOME])
def test_whoever_invents_accounts_refuses_nobody_at_that_address(town: Town, address: str) -> None:
    for number in range(33):
        fail(at(address), f"nobody{number}@example.jp", 1)
    assert sign_in(at(address), town.sato.email) == "in"


def test_guessing_at_many_accounts_from_one_address_ends_and_tells_nothing_of_them(town: Town) -> None:
    for one in (town.sato, town.suzuki, town.supervisor, town.administrator):
        fail(at(OFFICE), one.email)
    other = found_town().sato
    assert REFUSED in sign_in(at(OFFICE), other.email)
    assert REFUSED in sign_in(at(OFFICE), "nobody@example.jp")
    assert sign_in(at(HOME), other.email) == "in"


def test_a_browser_known_of_old_is_not_refused_for_what_others_do(town: Town) -> None:
    known = at(OFFICE)
    assert sign_in(known, town.sato.email) == "in"
    known.post("/sign-out/")
    for one in (town.sato, town.suzuki, town.supervisor, town.administrator):
        fail(at(OFFICE), one.email, 9)
    assert REFUSED in sign_in(at(OFFICE), town.sato.email)
    assert REFUSED in sign_in(known, town.suzuki.email)
    assert sign_in(known, town.sato.email) == "in"


def test_a_browser_known_of_old_may_not_guess_at_leisure_either(town: Town) -> None:
    known = at(OFFICE)
    sign_in(known, town.sato.email)
    known.post("/sign-out/")
    fail(known, town.sato.email)
    assert REFUSED in sign_in(known, town.sato.email)


def test_a_forged_cookie_makes_no_browser_known(town: Town) -> None:
    forged = at(OFFICE)
    forged.cookies["madoguchi_browser"] = f'["x",["{keys.account_hash(town.sato.email).hex()[:24]}"]]:1:x'
    fail(at(OFFICE), town.sato.email)
    assert REFUSED in sign_in(forged, town.sato.email)


def test_guessing_from_everywhere_slows_down_but_not_for_the_browser_of_the_person(town: Town) -> None:
    known = at(OFFICE)
    sign_in(known, town.sato.email)
    known.post("/sign-out/")
    account = keys.account_hash(town.sato.email)
    early = {"account": account, "address": b"elsewhere", "tried_at": Now() - timedelta(minutes=2)}
    SignInTry.objects.bulk_create(SignInTry(**early) for _ in range(48))
    assert "メールアドレスかパスワードが違います" in sign_in(at("203.0.113.1"), town.sato.email, "wrong")
    assert "1分ほど待って" in sign_in(at("203.0.113.2"), town.sato.email)
    assert sign_in(known, town.sato.email) == "in"


def test_the_cookie_of_a_browser_names_nobody_and_ends_with_no_session(town: Town) -> None:
    client = at(OFFICE)
    sign_in(client, town.sato.email)
    cookie = client.cookies["madoguchi_browser"]
    assert town.sato.email not in cookie.value
    assert cookie["httponly"]
    assert client.cookies["sessionid"]["max-age"] == ""


def test_letters_that_only_look_alike_are_refused_and_lock_nobody_out(town: Town, client: Client) -> None:
    neighbour = found_town("となり町")
    taken = accounts.add_user(None, town.organisation, "suzuki@example.jp", "鈴木", ["auditor"], RIGHT)[0]
    client.force_login(neighbour.administrator)
    values = {"email": "\u017fuzuki@example.jp", "name": "別人", "roles": ["auditor"]}
    assert "半角の英字" in client.post("/staff/add/", values).content.decode()
    for email in ("\u017fuzuki@example.jp", "su\u212aki@example.jp"):
        with pytest.raises(accounts.AddressNotPlain):
            accounts.add_user(None, neighbour.organisation, email, "別人", ["auditor"])
    User.objects.filter(pk=neighbour.sato.pk).update(email="\u017fuzuki@example.jp")  # as it may have been
    assert sign_in(Client(), "Suzuki@Example.JP") == "in"
    assert taken.email == "suzuki@example.jp"


class Watched(QuickArgon2):
    """Says whether a connection was held while it worked."""

    held: list[bool] = []

    def verify(self, password: str, encoded: str) -> bool:
        self.held.append(connection.connection is not None)
        return super().verify(password, encoded)


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_a_password_is_proven(settings: Settings) -> None:
    with walls.everywhere():
        town = found_town()
    settings.PASSWORD_HASHERS = [f"{__name__}.Watched"]
    Watched.held.clear()
    assert sign_in(Client(), town.sato.email) == "in"
    assert Watched.held == [False]


@pytest.fixture
def full_queue(town: Town) -> Iterator[None]:
    """The town is there; then as when as many as may wait already do."""
    places = [proving._queue, proving._kept]
    counts = [proving.AT_ONCE + proving.QUEUE, proving.KEPT]
    for place, count in zip(places, counts, strict=True):
        for _ in range(count):
            assert place.acquire(blocking=False)
    yield
    for place, count in zip(places, counts, strict=True):
        place.release(count)


@pytest.mark.usefixtures("full_queue")
def test_beyond_the_queue_the_answer_is_in_a_moment_and_nothing_is_lost_or_counted(town: Town) -> None:
    answer = Client().post("/sign-in/", {"email": town.sato.email, "password": "wrong", "next": "/log/"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "少し待ってから" in page
    assert town.sato.email in page
    assert 'value="/log/"' in page
    assert not SignInTry.objects.exists()


@pytest.mark.usefixtures("full_queue")
def test_beyond_the_queue_the_other_pages_that_ask_for_a_password_say_so_too(
    town: Town, client: Client
) -> None:
    client.force_login(town.sato)
    values = {"old": RIGHT, "new": "another-long-password", "again": "another-long-password"}
    assert client.post("/password/", values).status_code == 503
    client.force_login(town.administrator)
    values = {"email": "new@example.jp", "name": "渡辺", "roles": "auditor"}
    assert client.post("/staff/add/", values).status_code == 503
    assert not User.objects.filter(email="new@example.jp").exists()


def test_at_most_two_passwords_are_proven_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def look(password: str) -> str:
        seen.append(proving._turns._value)
        return password

    monkeypatch.setattr(proving, "make_password", look)
    with ThreadPoolExecutor(6) as pool:
        assert len(list(pool.map(proving.hashed, "abcdef"))) == 6
    assert min(seen) >= 0
    with proving._turn(is_known_browser=False), proving._turn(is_known_browser=False):
        assert not proving._turns.acquire(blocking=False)
