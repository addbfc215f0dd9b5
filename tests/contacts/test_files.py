"""Friends from a file and into a file: checked whole before anything is written, and written out for a reason."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madoguchi.accounts.models import Role
from madoguchi.audit.models import Entry
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.actions import files
from madoguchi.contacts.models import Attribute, Change, Colour, Contact, Export, Import, Purpose, Source
from madoguchi.contacts.new import NewAttribute
from madoguchi.core import clock, sheets
from tests.people import Town, befriend


@pytest.fixture
def friends(town: Town, client: Client) -> list[Contact]:
    """Two friends of handles of their own; a supervisor is signed in."""
    client.force_login(town.supervisor)
    contacts.install_set(town.organisation, "consultation")
    contacts.install_set(town.organisation, "municipal")
    found = [befriend(town, letter) for letter in "ab"]
    for friend, handle in zip(found, ("あおいすずめ", "しろいことり"), strict=True):
        Contact.objects.filter(pk=friend.pk).update(handle=handle)
        friend.refresh_from_db()
    return found


def key(name: str) -> Attribute:
    return Attribute.objects.get(key=name)


def upload(client: Client, text: str, encoding: str = "utf-8") -> Any:
    """The preview of a file, or the page that says why there is none."""
    file = SimpleUploadedFile("friends.csv", text.encode(encoding), "text/csv")
    return client.post(reverse("contacts:upload"), {"file": file}, follow=True)


def confirm(client: Client) -> Any:
    return client.post(reverse("contacts:take-in", args=[Import.objects.get(applied_at=None).pk]))


def problems(answer: Any) -> list[tuple[int, str]]:
    return [(each.row, each.column) for each in answer.context["plan"].problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_file_is_seen_first_and_taken_in_when_confirmed(
    client: Client, friends: list[Contact], encoding: str
) -> None:
    one, two = friends
    text = f"番号,呼び名,お住まい,child_age,相談の内容\r\n{one.pk},,新宿区,８,育児、学校\r\n,しろいことり,13201,,\r\n"
    page = upload(client, text, encoding)
    assert "2人の友だちの4個の値が変わります" in page.content.decode()
    assert not Change.objects.exists()
    assert confirm(client).status_code == 302
    assert contacts.values_of(one) == {
        key("area"): "13104",
        key("child_age"): 8,
        key("topic"): ["care", "school"],
    }
    assert contacts.values_of(two) == {key("area"): "13201"}
    assert set(Change.objects.values_list("source", flat=True)) == {Source.IMPORT}
    assert Entry.objects.get(verb="contacts.take_in").detail["friends"] == 2


def test_every_problem_has_its_row_and_column_and_nothing_is_half_done(
    client: Client, friends: list[Contact]
) -> None:
    one, two = friends
    rows = [
        "番号,呼び名,お住まい,child_age",
        f"{one.pk},,新宿区,4",
        f"{two.pk},あおいすずめ,八王子市,",
        "99999999,,,5",
        f"{one.pk},,,5",
    ]
    page = upload(client, "\n".join([*rows, f"{two.pk},,大阪市,よっつ", ",だれか,新宿区,"]))
    assert problems(page) == [(3, "B"), (4, "A"), (5, ""), (6, "C"), (6, "D"), (7, "B")]
    assert confirm(client).status_code == 422
    assert not Change.objects.exists()
    assert not Entry.objects.filter(verb="contacts.take_in").exists()


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("呼び名,だれ", [(1, "B")]),
        ("お住まい,child_age", [(1, "")]),
        ("番号,who,who", [(1, "B")]),
        ("番号,区", [(1, "B")]),
    ],
)
def test_a_column_that_is_nothing_is_said_at_once(
    client: Client, friends: list[Contact], heading: str, found: object
) -> None:
    assert problems(upload(client, f"{heading}\n1,2,3")) == found


def test_one_handle_of_two_friends_needs_the_number(client: Client, friends: list[Contact]) -> None:
    Contact.objects.update(handle="あおいすずめ")
    page = upload(client, "呼び名,child_age\nあおいすずめ,4")
    assert "この呼び名の友だちが2人います" in page.content.decode()


def test_what_changed_after_the_preview_is_checked_again(
    town: Town, client: Client, friends: list[Contact]
) -> None:
    upload(client, f"番号,who\n{friends[0].pk},母")
    contacts.set_values(friends[1], {key("who"): "father"}, source=Source.SURVEY)
    contacts.remove_option(town.supervisor, key("who").options.get(code="mother"))
    assert problems(confirm(client)) == [(2, "B")]
    assert contacts.values_of(friends[0]) == {}


def test_an_empty_cell_changes_nothing_and_a_word_clears(client: Client, friends: list[Contact]) -> None:
    one = friends[0]
    contacts.set_values(one, {key("who"): "mother", key("child_age"): 4}, source=Source.SURVEY)
    upload(client, f"番号,who,child_age\n{one.pk},,（消す）")
    confirm(client)
    assert contacts.values_of(one) == {key("who"): "mother"}
    assert "変わるところがありません" in upload(client, f"番号,who\n{one.pk},母").content.decode()


def test_the_table_is_sealed_while_it_waits_and_gone_when_it_is_done(
    client: Client, friends: list[Contact]
) -> None:
    upload(client, f"番号,area\n{friends[0].pk},檜原村")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(i::text, '') FROM contacts_import i")
        assert "檜原村".encode().hex() not in cursor.fetchone()[0]
    assert Import.objects.get().rows[1][1] == "檜原村"
    confirm(client)
    done = Import.objects.get()
    assert (done.rows, done.sealed_rows, done.wrapped_key) == ([], None, None)


def test_a_table_waits_for_the_one_who_brought_it(town: Town, client: Client, friends: list[Contact]) -> None:
    upload(client, f"番号,district\n{friends[0].pk},東地区")
    waiting = Import.objects.get().pk
    town.suzuki.roles = [Role.DELIVERY]
    town.suzuki.save()
    client.force_login(town.suzuki)
    assert client.get(reverse("contacts:import", args=[waiting])).status_code == 404
    assert client.post(reverse("contacts:take-in", args=[waiting])).status_code == 404
    assert problems(upload(client, f"番号,who\n{friends[0].pk},母")) == [(1, "B")]


def test_what_is_no_table_is_said(client: Client, friends: list[Contact]) -> None:
    answer = client.post(
        reverse("contacts:upload"), {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04\0\0")}
    )
    assert answer.status_code == 422
    assert "CSVを「UTF-8」か「Shift_JIS」で保存" in answer.content.decode()


def written_out(client: Client, **query: str) -> list[list[str]]:
    address = reverse("contacts:export") + "?" + "&".join(f"{name}={value}" for name, value in query.items())
    return sheets.read(client.post(address, {"reason": "月次の報告", "encoding": "shift_jis"}).content)


def test_what_is_written_out_can_be_taken_in_again_unchanged(
    town: Town, client: Client, friends: list[Contact]
) -> None:
    memo = contacts.add_attribute(
        town.supervisor, town.organisation, NewAttribute(name="ひとこと", kind="text", purpose=Purpose.BOTH)
    )
    values = {
        key("who"): "mother",
        key("area"): "13104",
        key("topic"): ["care", "school"],
        key("child_age"): 4,
        memo: "=1+1\n-ね",
    }
    contacts.set_values(friends[0], values, source=Source.SURVEY)
    data = client.post(reverse("contacts:export"), {"reason": "点検", "encoding": "utf-8"}).content
    assert "変わるところがありません" in upload(client, data.decode()).content.decode()
    contacts.set_values(friends[0], dict.fromkeys(values), source=Source.SURVEY)
    upload(client, data.decode())
    confirm(client)
    assert contacts.values_of(friends[0]) == values


def test_an_export_needs_a_reason_and_is_counted_and_numbered(
    town: Town, client: Client, friends: list[Contact]
) -> None:
    assert client.post(reverse("contacts:export"), {"reason": " ", "encoding": "utf-8"}).status_code == 422
    assert not Export.objects.exists()
    rows = written_out(client, q="すずめ")
    kept = Export.objects.get()
    assert (kept.friends, kept.reason, kept.by) == (1, "月次の報告", town.supervisor)
    assert rows[0][-1] == "書き出し"
    assert [row[-1] for row in rows[1:]] == [str(kept.pk)]
    entry = Entry.objects.get(verb="contacts.write_out")
    assert (entry.detail["friends"], entry.subject_id) == (1, kept.pk)
    assert "月次の報告" in client.get(reverse("contacts:files")).content.decode()


def test_who_delivers_writes_out_nothing_of_consultations(
    town: Town, client: Client, friends: list[Contact]
) -> None:
    contacts.set_values(friends[0], {key("who"): "mother", key("age_band"): "40"}, source=Source.SURVEY)
    contacts.tag(town.sato, friends[0], contacts.add_tag(town.sato, "要フォロー", Colour.SHU))
    town.suzuki.roles = [Role.DELIVERY]
    town.suzuki.save()
    client.force_login(town.suzuki)
    table = str(written_out(client))
    assert "40代" in table
    for words in ("どなたの相談か", "母", "要フォロー"):
        assert words not in table


def test_a_table_that_nobody_confirms_is_forgotten_after_a_day(
    client: Client, friends: list[Contact]
) -> None:
    upload(client, f"番号,who\n{friends[0].pk},母")
    assert files.claim_forgotten(5) == []
    Import.objects.update(created_at=clock.now() - files.WAITS * 1.1)
    (job,) = files.claim_forgotten(5)
    files.forget(job)
    assert not Import.objects.exists()


def test_a_table_that_is_confirmed_twice_is_taken_in_once(client: Client, friends: list[Contact]) -> None:
    upload(client, f"番号,who\n{friends[0].pk},母")
    waiting = Import.objects.get().pk
    for _click in range(2):
        assert client.post(reverse("contacts:take-in", args=[waiting])).status_code == 302
    assert Change.objects.count() == 1


def test_a_large_table_is_taken_in_with_as_few_statements_as_a_small_one(
    town: Town, friends: list[Contact]
) -> None:
    many = [befriend(town, letter) for letter in "0123456789cdefghijkl"]
    spent = []
    for people, who in ((friends, "母"), (many, "父")):
        table = [["番号", "who", "child_age"], *([str(one.pk), who, "5"] for one in people)]
        waiting = files.prepare(town.supervisor, table)
        with CaptureQueriesContext(connection) as statements:
            assert files.take_in(town.supervisor, waiting).changes == 2 * len(people)
        spent.append(len(statements))
    assert spent[0] == spent[1]
