"""A picture that was sent: LINE fetches it from an address nobody can guess, while that address lives."""

import io
import uuid
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from madoguchi.desk import actions as desk
from madoguchi.desk import sending
from madoguchi.threads.models import Attachment, Message
from tests.actions.test_talk import waiting
from tests.people import Town


def photo() -> SimpleUploadedFile:
    plain = io.BytesIO()
    Image.new("RGB", (900, 600), "orange").save(plain, "PNG")
    return SimpleUploadedFile("photo.png", plain.getvalue())


def sent(town: Town) -> tuple[str, str]:
    """A picture sent by the holder of a talk: the paths of its two addresses."""
    conversation = desk.take(town.sato, waiting(town).pk)
    picture = photo()
    message = sending.send(
        town.sato, conversation.pk, uuid.uuid4(), {"text": "", "sticker": "", "picture": picture}
    )
    assert isinstance(message, Message)
    message.contact = conversation.contact
    large, small = message.payload["originalContentUrl"], message.payload["previewImageUrl"]
    return urlsplit(large).path, urlsplit(small).path


def test_line_fetches_both_sizes_without_signing_in(town: Town, client: Client) -> None:
    widths = []
    for address in sent(town):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        widths.append(Image.open(io.BytesIO(answer.content)).width)
    assert widths == [900, 480]


def test_another_address_or_size_shows_nothing(town: Town, client: Client) -> None:
    large, _small = sent(town)
    assert client.get(large.replace("full", "huge")).status_code == 404
    assert client.get(f"/media/{'x' * 43}/full.jpg").status_code == 404


def test_an_address_that_has_run_out_shows_nothing(town: Town, client: Client) -> None:
    large, _small = sent(town)
    Attachment.objects.update(public_until=timezone.now())
    assert client.get(large).status_code == 404
