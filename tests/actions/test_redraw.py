"""A picture is drawn anew for who may send it, in a child of little memory, two at a time."""

import asyncio
import io
import os
import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from madoguchi.desk import actions as desk
from madoguchi.desk import sending
from madoguchi.threads import media
from tests.actions.test_talk import waiting
from tests.people import Town


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def drawn(plain: bytes) -> Image.Image:
    return Image.open(io.BytesIO(asyncio.run(media.redraw(plain))[0]))


def test_a_small_file_that_holds_a_huge_picture_is_not_drawn() -> None:
    bomb = encoded(Image.new("1", (7000, 7000)), "PNG")
    assert len(bomb) < 7000
    with pytest.raises(media.NotAPicture):
        drawn(bomb)


@pytest.mark.parametrize(
    ("size", "form"),
    [((5656, 4242), "WEBP"), ((5656, 4242), "PNG"), ((5656, 4242), "JPEG"), ((12000, 9000), "JPEG")],
)
def test_a_phones_largest_pictures_are_drawn(size: tuple[int, int], form: str) -> None:
    assert drawn(encoded(Image.new("RGB", size, "orange"), form)).size == (2048, 1536)


def test_a_picture_lying_on_its_side_is_put_upright_and_says_nothing_more() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "どこで撮ったか"
    found = drawn(encoded(Image.new("RGB", (300, 100)), "JPEG", exif=exif, comment=b"hidden"))
    assert found.size == (100, 300)
    assert not found.getexif()
    assert "comment" not in found.info


def test_no_more_than_two_are_drawn_at_once(children: Callable[[], int]) -> None:
    plain = encoded(Image.new("RGB", (3000, 2000), "orange"), "PNG")

    async def many() -> int:
        drawing = asyncio.gather(*(media.redraw(plain) for _ in range(6)))
        most = 0
        while not drawing.done():
            most = max(most, children())
            await asyncio.sleep(0.005)
        await drawing
        return most

    assert asyncio.run(many()) == media.MOST_CHILDREN


@pytest.fixture
def children() -> Callable[[], int]:
    """How many child processes this one has."""
    path = f"/proc/self/task/{os.getpid()}/children"

    def count() -> int:
        with open(path) as file:  # noqa: PTH123
            return len(file.read().split())

    before = count()
    return lambda: count() - before


def test_who_waits_too_long_for_a_turn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "PATIENCE_SECONDS", 0.01)
    plain = encoded(Image.new("RGB", (3000, 2000)), "PNG")

    async def many() -> list[object]:
        return await asyncio.gather(*(media.redraw(plain) for _ in range(3)), return_exceptions=True)

    assert [type(found) for found in asyncio.run(many())][2] is media.Busy


def test_nothing_is_drawn_for_who_does_not_hold_the_talk(town: Town) -> None:
    values = {"text": "", "sticker": "", "picture": SimpleUploadedFile("a.png", b"no picture at all")}
    talk = waiting(town)
    with pytest.raises(desk.NotYours):
        sending.send(town.sato, talk.pk, uuid.uuid4(), values)
    desk.take(town.suzuki, talk.pk)
    for conversation_id in (talk.pk, 987654):
        with pytest.raises(desk.NotYours):
            sending.send(town.sato, conversation_id, uuid.uuid4(), values)
