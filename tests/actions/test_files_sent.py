"""A file goes to a friend as a link that nobody guesses: which files, what the link gives, for how long."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from madoguchi.audit.models import Entry
from madoguchi.desk import actions as desk
from madoguchi.desk import sending
from madoguchi.threads import files
from madoguchi.threads.models import Attachment, Message
from tests.actions.test_talk import waiting
from tests.people import Town

PDF = b"%PDF-1.7\n% invented\n"


def office(folder: str, *more: str) -> bytes:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as parts:
        for name in ("[Content_Types].xml", f"{folder}document.xml", *more):
            parts.writestr(name, "<a/>")
    return plain.getvalue()


@pytest.mark.parametrize(
    ("plain", "ending"),
    [
        (PDF, ".pdf"),
        (office("word/"), ".docx"),
        (office("xl/"), ".xlsx"),
        ("持ち物：本\n".encode("cp932"), ".txt"),
    ],
)
def test_what_a_file_is_its_bytes_say(plain: bytes, ending: str) -> None:
    kind = files.kind_of(plain)
    assert files.ENDINGS[kind] == ending
    assert files.named("..\\..\\あんない.exe", kind) == f"あんない.exe{ending}"


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>1</script>",
        b"PK\x03\x04broken",
        office("word/", "word/vbaProject.bin"),
        office("docs/"),
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_could_run_or_is_unknown_is_not_sent(plain: bytes) -> None:
    with pytest.raises(files.NotSendable):
        files.kind_of(plain)


def sent(town: Town) -> str:
    """The path of a file's address, as the friend's telephone shows it."""
    conversation = desk.take(town.sato, waiting(town).pk)
    given = SimpleUploadedFile("案内.pdf", PDF)
    message = sending.send(town.sato, conversation.pk, uuid.uuid4(), {"text": "", "file": given})
    assert isinstance(message, Message)
    message.contact = conversation.contact
    address = str(message.payload["text"]).splitlines()[1]
    return "/media/" + address.partition("/media/")[2]


def test_the_link_gives_a_download_and_nothing_that_runs(town: Town, client: Client) -> None:
    answer = client.get(sent(town))
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, PDF, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


def test_each_opening_is_on_the_record(town: Town, client: Client) -> None:
    address = sent(town)
    client.get(address)
    client.get(address)
    assert Entry.objects.filter(verb="threads.file").count() == 2


def test_the_link_ends_and_no_other_opens_it(town: Town, client: Client) -> None:
    address = sent(town)
    assert client.get(address.replace("/file", "/full.jpg")).status_code == 404
    assert client.get(f"/media/{'x' * 43}/file").status_code == 404
    assert client.post(address).status_code == 405
    Attachment.objects.update(public_until=timezone.now())
    assert client.get(address).status_code == 404


def test_a_file_that_may_not_be_sent_is_refused_in_words(town: Town, client: Client) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    client.force_login(town.sato)
    form = {"key": str(uuid.uuid4()), "file": SimpleUploadedFile("a.exe", b"MZ\x90\x00")}
    answer = client.post(f"/desk/{conversation.pk}/reply/", form, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "このファイルは送れません" in answer.content.decode()
    assert not Message.objects.filter(author_kind="counsellor").exists()
