"""Every page of the console opens for who may open it, empty and with something on it."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.accounts import actions as accounts
from madoguchi.accounts.forms import ROLE_HELP
from madoguchi.accounts.models import Role, User
from madoguchi.console.spoken import linked, name_hidden, said
from madoguchi.core import clock
from madoguchi.desk import opening
from madoguchi.desk.models import Reception
from madoguchi.inbox.models import InboundEvent
from tests.people import Town, found_town

PAGES = (
    "accounts:staff",
    "accounts:add",
    "accounts:enrol",
    "accounts:password",
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


NUMBERS = {
    "capacity": 5,
    "assigning": "by_hand",
    "usual_load": 2,
    "most_load": 3,
    "quiet_minutes": 20,
    "wrap_up_minutes": 40,
    "hold_minutes": 15,
    "summing_minutes": 30,
    "waiting_minutes": 10,
    "answer_minutes": 10,
    "missed_minutes": 1440,
}


def test_the_reception_keeps_hours_and_refuses_a_variable_nobody_knows(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    address = reverse("desk:reception-texts", args=[town.channel.pk])
    values = {
        "greeting": "ようこそ、{なまえ}さん",
        "open_text": "",
        "full_text": "",
        "closed_text": "休みです",
    }
    assert "{なまえ} という変数はありません" in client.post(address, values).content.decode()
    assert client.post(address, {**values, "greeting": "ようこそ、{名前}さん"}).status_code == 302
    assert Reception.objects.get().greeting == "ようこそ、{名前}さん"


def test_the_clocks_of_a_reception_are_kept(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    address = reverse("desk:reception-limits", args=[town.channel.pk])
    assert client.post(address, {**NUMBERS, "quiet_minutes": 33, "needs_shift": "on"}).status_code == 302
    kept = Reception.objects.get()
    assert (kept.quiet_minutes, kept.needs_shift, kept.capacity) == (33, True, 20)


def test_a_desk_may_be_open_until_the_end_of_the_day(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    address = reverse("desk:reception", args=[town.channel.pk])
    values = {
        "holidays": "as_weekday",
        "hours_0_0_0": "18:00",
        "hours_0_0_1": "00:00",
        "hours_1_0_0": "00:00",
    }
    assert client.post(address, {**values, "hours_1_0_1": "00:00"}).status_code == 302
    kept = Reception.objects.get()
    assert kept.hours[:3] == [[["18:00", "24:00"]], [["00:00", "24:00"]], []]
    monday = datetime(2026, 11, 23, 23, 59, 59, tzinfo=clock.JST)
    assert opening.is_open(kept, monday)
    assert not opening.is_open(kept, monday.replace(hour=17))
    shown = client.get(address).content.decode()
    assert 'name="hours_0_0_1" value="00:00"' in shown
    assert "終わりの両方の時刻を入れてください" in client.post(address, values).content.decode()


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(town: Town, client: Client) -> None:
    known = client.post("/sign-in/", {"email": town.sato.email, "password": "x"}).content.decode()
    unknown = client.post("/sign-in/", {"email": "nobody@example.jp", "password": "x"}).content.decode()
    for text in (known, unknown):
        assert "メールアドレスかパスワードが違います" in text


def test_switching_a_person_off_ends_the_sessions(town: Town, client: Client) -> None:
    other = Client()
    other.force_login(town.sato)
    client.force_login(town.administrator)
    client.post(reverse("accounts:edit", args=[town.sato.pk]), {"roles": ["counsellor"]})
    assert other.get(reverse("desk:index")).status_code == 302


def test_nobody_changes_ones_own_roles(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    values = {"roles": ["administrator", "counsellor"], "is_active": "on"}
    answer = client.post(reverse("accounts:edit", args=[town.administrator.pk]), values)
    assert "自分の役割と利用は変えられません" in answer.content.decode()
    town.administrator.refresh_from_db()
    assert town.administrator.roles == ["administrator"]


def test_of_two_administrators_who_remove_each_other_one_stays(town: Town) -> None:
    other = accounts.add_user(
        None, town.organisation, "other@example.jp", "伊藤", ["administrator"], "x" * 12
    )[0]
    accounts.set_roles(town.administrator, other, ["counsellor"], is_active=True)
    with pytest.raises(accounts.LastAdministrator):
        accounts.set_roles(other, town.administrator, ["counsellor"], is_active=True)


def test_an_address_used_elsewhere_is_refused_without_saying_where(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    theirs = found_town("みどり市").sato.email.upper()
    values = {"name": "だれか", "email": theirs, "roles": ["counsellor"]}
    page = client.post(reverse("accounts:add"), values).content.decode()
    assert "このメールアドレスは使えません。別のアドレスにしてください。" in page
    page = client.post(reverse("accounts:add"), {**values, "email": town.sato.email}).content.decode()
    assert "このメールアドレスは使えません。別のアドレスにしてください。" in page


def test_health_answers_without_signing_in(client: Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_the_demo_is_absent_outside_the_demo(client: Client) -> None:
    assert client.get("/demo/").status_code == 404
    assert client.get("/demo/sato/").status_code == 404


def test_a_friends_words_stay_words_and_their_addresses_become_links() -> None:
    shown = linked('<b onclick="x">見て</b> https://example.jp/?a=1&b=2。')
    assert shown.startswith("&lt;b onclick=&quot;x&quot;&gt;見て&lt;/b&gt; <a href=")
    assert 'href="https://example.jp/?a=1&amp;b=2"' in shown
    assert shown.endswith("</a>。")
    assert "<a" not in linked("javascript:alert(1)")


def test_lines_own_emoji_are_chips_at_their_places_after_astral_signs_too() -> None:
    emojis = [
        {"index": 3, "length": 5, "product_id": "p", "emoji_id": "e"},
        {"index": 90, "length": 5},  # beyond the words: nothing is cut
    ]
    shown = said({"text": "😀<(sad)です", "emojis": emojis})
    assert shown.startswith("😀&lt;<span")
    assert shown.endswith(">sad</span>です")


def test_the_place_of_a_hidden_name_is_explained() -> None:
    shown = name_hidden(said({"text": "〈名前〉さん"}))
    assert "LINEの名前が入って届いています" in shown
    assert shown.endswith("</span>さん")


def test_a_first_password_is_shown_in_groups_of_four(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    values = {"name": "新しい人", "email": "atarashii@example.jp", "roles": ["auditor"]}
    page = client.post(reverse("accounts:add"), values).content.decode()
    groups = re.findall("<span>([^<]{4})</span>", page)
    added = User.objects.get(email="atarashii@example.jp")
    assert added.check_password("".join(groups))


def test_each_role_says_what_it_is_for(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    page = client.get(reverse("accounts:add")).content.decode()
    assert all(str(words) in page for words in ROLE_HELP.values())
    assert set(ROLE_HELP) == set(Role)


def test_who_may_open_nothing_yet_is_told_so(town: Town, client: Client) -> None:
    nobody = User.objects.create(
        organisation=town.organisation, email="kimura@example.jp", name="木村", password_set_at=clock.now()
    )
    client.force_login(nobody)
    assert "いまの役割で開ける画面は、まだありません" in client.get("/").content.decode()


def test_the_log_calls_staff_by_name(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    accounts.set_roles(town.administrator, town.suzuki, ["supervisor"], is_active=True)
    page = client.get(reverse("audit:log")).content.decode()
    assert "スタッフ 鈴木" in page
    assert f"スタッフ {town.suzuki.pk}" not in page


def test_the_page_of_ones_own_password_is_no_place_of_the_navigation(town: Town, client: Client) -> None:
    client.force_login(town.administrator)
    assert 'aria-current="page"' not in client.get(reverse("accounts:password")).content.decode()
