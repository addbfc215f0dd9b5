"""Pictures and files of a talk: their names are made harmless, and only what is there is opened and written down."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.audit.models import Entry
from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation, Outcome
from madoguchi.threads import contents
from madoguchi.threads.actions.attachments import keep_bytes
from madoguchi.threads.models import Attachment, AttachmentState, Message
from tests.actions.test_talk import waiting
from tests.people import Town


def with_file(conversation: Conversation, name: str) -> Attachment:
    """The talk's first message becomes a file of this name."""
    message = Message.objects.select_related("contact").get(pk=conversation.first_message_id)
    message.kind, message.sealed_content = (
        "file",
        message.seal("content", {"file_name": name, "file_size": 5}),
    )
    message.save()
    kept = Attachment.objects.create(
        message=message, organisation_id=message.organisation_id, state=AttachmentState.READY, size=5
    )
    keep_bytes(kept, "full", b"bytes")
    return kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("メモ.txt\n", "メモ.txt"),
        ("a\r\nSet-Cookie: b.txt", "aSet-Cookie: b.txt"),
        ("写真\u202egpj.exe", "写真gpj.exe"),
        ("\u2066\u200b\ufeff", ""),
        (".\u0085\u2028x", ".x"),
    ],
)
def test_a_files_name_holds_nothing_that_nobody_sees(
    town: Town, client: Client, given: str, kept: str
) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    attachment = with_file(conversation, given)
    assert contents.file_name({"file_name": given}) == kept
    client.force_login(town.sato)
    answer = client.get(reverse("desk:attachment", args=[conversation.pk, attachment.token, "full"]))
    assert (answer.status_code, answer.content) == (200, b"bytes")
    assert not {*given} & {*"\r\n\u202e\u2066\u2028"} & {*answer["Content-Disposition"]}
    page = client.get(reverse("desk:messages", args=[conversation.pk])).content.decode()
    assert "\u202e" not in page
    assert f"<bdi>{kept}" in page


def test_only_sizes_that_are_there_are_opened_and_written_down(town: Town, client: Client) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    attachment = with_file(conversation, "メモ.txt")
    client.force_login(town.sato)
    for variant, status in (("ひみつ", 404), ("small", 404), ("Full", 404), ("full", 200)):
        address = reverse("desk:attachment", args=[conversation.pk, attachment.token, variant])
        assert client.get(address).status_code == status
    entries = Entry.objects.filter(verb="desk.attachment")
    assert ["full" in str(entry.detail) for entry in entries] == [True]


def test_a_talk_that_has_ended_does_not_say_who_held_it(town: Town, client: Client) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    client.force_login(town.suzuki)
    address = reverse("desk:take", args=[conversation.pk])
    assert "佐藤" in client.post(address, follow=True).content.decode()
    desk.close(town.sato, conversation.pk, Outcome.RESOLVED)
    page = client.post(address, follow=True).content.decode()
    assert "もう終わっています" in page
    assert "佐藤" not in page
