"""Answers as files: with a reason, watermarked, harmless, and with nothing personal that was not asked for."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest
from django.test import Client

from madoguchi.audit.models import Entry
from madoguchi.surveys import actions
from madoguchi.surveys.models import Export, Survey
from tests.people import Town
from tests.surveys.answered import MOTHER, SELF, answer, asked, friend

REASON = "月次の報告に使う"
NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}

pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume asynchronous")


def filled(town: Town) -> Survey:
    survey = asked(town)
    answer(friend(town, 1), survey, MOTHER, 5, ["school", "family"], '=HYPERLINK("http://example.jp","押す")')
    answer(friend(town, 2), survey, SELF, None)
    return survey


def taken(client: Client, town: Town, survey: Survey, form: str, *, personal: bool = False) -> bytes:
    client.force_login(town.supervisor)
    given = {"form": form, "reason": REASON} | ({"is_personal": "on"} if personal else {})
    answered = client.post(f"/surveys/{survey.pk}/answers/export/", given)
    assert answered.status_code == 200, answered.content.decode()
    return b"".join(answered)


def rows(data: bytes, encoding: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


def tree(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(f"xl/{name}.xml"))  # noqa: S314 - of our own making


def cells(data: bytes, sheet: int) -> list[list[str]]:
    """The texts of a sheet, row by row, with what stands in the table of shared texts."""
    book = zipfile.ZipFile(io.BytesIO(data))
    shared = ["".join(one.itertext()) for one in tree(book, "sharedStrings").findall("m:si", NAMES)]
    found = []
    for row in tree(book, f"worksheets/sheet{sheet}").iterfind(".//m:row", NAMES):
        made = []
        for cell in row.iterfind("m:c", NAMES):
            text = "".join(cell.itertext())
            made.append(shared[int(text)] if cell.get("t") == "s" else text)
        found.append(made)
    return found


def test_without_a_reason_nothing_leaves(town: Town, client: Client) -> None:
    survey = filled(town)
    client.force_login(town.supervisor)
    answered = client.post(f"/surveys/{survey.pk}/answers/export/", {"form": "utf-8", "reason": " "})
    assert answered.status_code == 422
    assert not Export.objects.exists()
    assert not Entry.objects.filter(verb="surveys.export").exists()


def test_a_file_says_who_took_it_and_why_and_is_counted_in_the_log(town: Town, client: Client) -> None:
    survey = filled(town)
    mark, head, first, second = rows(taken(client, town, survey, "utf-8"), "utf-8-sig")
    assert mark[0].startswith("# ")
    assert all(word in mark[0] for word in (REASON, town.supervisor.name, "いつまでに消すか"))
    assert head[-3:] == ["1. どなたの相談ですか", "2. お子さんは何歳ですか", "3. 何について話しますか"]
    assert first[-3:] == ["母", "5", "学校、家族"]
    assert second[-3:] == ["本人", "", "（答えなかった）"]
    entry = Entry.objects.get(verb="surveys.export")
    assert (entry.detail["submissions"], entry.detail["is_personal"]) == (2, False)
    assert REASON not in str(entry.detail)
    assert Export.objects.get().reason == REASON


def test_words_and_names_are_there_only_when_asked_for_and_are_no_formula(town: Town, client: Client) -> None:
    survey = filled(town)
    plain = taken(client, town, survey, "utf-8").decode()
    assert "HYPERLINK" not in plain
    assert friend(town, 1).handle not in plain
    _mark, head, first, _second = rows(taken(client, town, survey, "utf-8", personal=True), "utf-8-sig")
    assert (head[1], first[1]) == ("呼び名", friend(town, 1).handle)
    assert first[-1] == '\'=HYPERLINK("http://example.jp","押す")'


def test_shift_jis_is_for_the_programs_of_town_halls(town: Town, client: Client) -> None:
    data = taken(client, town, filled(town), "shift_jis", personal=True)
    assert not data.startswith(b"\xef\xbb\xbf")
    assert rows(data, "cp932")[1][0] == "番号"


def test_a_workbook_has_who_and_why_the_counts_and_every_submission(town: Town, client: Client) -> None:
    survey = filled(town)
    data = taken(client, town, survey, "xlsx", personal=True)
    about = dict(line for line in cells(data, 1) if len(line) == 2)
    assert (about["理由"], about["書き出した人"], about["回答の数"]) == (REASON, town.supervisor.name, "2")
    assert ["1", "どなたの相談ですか", "母", "1", "0.5", "2", "2", "0", "0"] in cells(data, 2)
    head, first, second = cells(data, 3)
    assert head[0] == "番号"
    assert first[-1] == '=HYPERLINK("http://example.jp","押す")'
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet3.xml")
    assert second[-1] == "（答えなかった）"


def test_a_workbook_of_many_submissions_is_whole(town: Town, client: Client) -> None:
    survey = asked(town)
    contact = friend(town)
    for _turn in range(502):  # more than one batch
        actions.drop(actions.begin(contact, survey))
    data = taken(client, town, survey, "xlsx")
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert [line[0] for line in cells(data, 3)[1:]] == [str(number) for number in range(1, 503)]


def test_a_counsellor_takes_nothing_along(town: Town, client: Client) -> None:
    survey = filled(town)
    client.force_login(town.sato)
    answered = client.post(f"/surveys/{survey.pk}/answers/export/", {"form": "utf-8", "reason": REASON})
    assert answered.status_code == 404
    assert not Export.objects.exists()
