"""One's own password: chosen at the first sign-in, changed at will, and nothing is open before."""

import pytest
from django.test import Client

from madoguchi.accounts import actions
from madoguchi.accounts.models import User
from madoguchi.audit.models import Entry
from tests.people import Town

NEW = "ふたつの青い傘と坂道"  # 10 letters
LONG = NEW + "の途中"


def added(town: Town) -> tuple[User, str]:
    return actions.add_user(town.administrator, town.organisation, "new@example.jp", "渡辺", ["auditor"])


def change(client: Client, old: str, new: str, again: str | None = None) -> str:
    """Where the form leads, or the page that it stays on."""
    answer = client.post("/password/", {"old": old, "new": new, "again": again or new})
    return str(answer.get("Location") or answer.content.decode())


def test_a_handed_over_password_opens_only_the_page_to_change_it(town: Town, client: Client) -> None:
    user, first = added(town)
    client.post("/sign-in/", {"email": user.email, "password": first})
    assert client.get("/log/")["Location"] == "/password/"
    assert client.get("/log/", headers={"HX-Request": "true"})["HX-Redirect"] == "/password/"
    assert "自分だけが知るもの" in client.get("/password/").content.decode()
    assert change(client, first, LONG) == "/"
    assert client.get("/log/").status_code == 200


def test_a_first_password_may_be_typed_with_the_gaps_in_which_it_is_shown(town: Town, client: Client) -> None:
    user, first = added(town)
    client.post("/sign-in/", {"email": user.email, "password": f"{first[:4]} {first[4:8]}　{first[8:]} "})
    assert client.get("/password/").status_code == 200


def test_changing_it_ends_the_other_sessions_and_is_audited(town: Town, client: Client) -> None:
    other = Client()
    for one in (client, other):
        one.force_login(town.sato)
    assert change(client, "a-long-password", LONG) == "/"
    assert client.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 302
    assert Entry.objects.filter(verb="accounts.change_password", actor_id=town.sato.pk).count() == 1
    values = {"email": town.sato.email, "password": LONG}
    assert Client().post("/sign-in/", values)["Location"] == "/"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", LONG, LONG, "今のパスワードが違います"),
        ("a-long-password", NEW, NEW, "12"),
        ("a-long-password", "password1234", "password1234", "一般的"),
        ("a-long-password", LONG, LONG + "x", "二つの新しいパスワードが違います"),
        ("a-long-password", "a-long-password", "a-long-password", "今のパスワードと同じ"),
    ],
)
def test_what_will_not_do_is_said_and_changes_nothing(
    town: Town, client: Client, old: str, new: str, again: str, said: str
) -> None:
    client.force_login(town.sato)
    assert said in change(client, old, new, again).split('class="form"')[1].replace("12文字以上。よく", "")
    before = town.sato.password
    town.sato.refresh_from_db()
    assert town.sato.password == before


def test_the_old_password_cannot_be_guessed_at_leisure(town: Town, client: Client) -> None:
    client.force_login(town.sato)
    for _ in range(8):
        change(client, "wrong", LONG)
    assert "しばらく受け付けません" in change(client, "a-long-password", LONG)


def test_nothing_leads_away_from_the_form_that_is_being_filled_in(town: Town, client: Client) -> None:
    user, first = actions.add_user(
        town.administrator, town.organisation, "kanri2@example.jp", "森", ["administrator"]
    )
    client.post("/sign-in/", {"email": user.email, "password": first})
    page = client.get("/password/").content.decode()
    assert "/events/set-aside/" not in page
    behind = {"HX-Request": "true", "HX-Current-URL": "http://testserver/password/"}
    answer = client.get("/events/set-aside/", headers=behind)
    assert answer.status_code == 204
    assert "HX-Redirect" not in answer
