"""All that a phone can send: what it becomes in the thread, and where its bytes go."""

import base64
import io
from urllib.request import urlopen

import pytest
from PIL import Image

from faults.street import Street, wait_until
from madoguchi.core import clock, live
from madoguchi.inbox.models import InboundEvent
from madoguchi.threads.models import Attachment, Message
from tests.street import Friend, Town


def attachment(friend: Friend) -> Attachment:
    """The first attachment of the friend's thread, once it is there."""
    found = Attachment.objects.select_related("message__contact")
    return wait_until(lambda: found.filter(message__contact=friend.contact()).first(), "an attachment")


def attachment_is(friend: Friend, state: str) -> bool:
    return Attachment.objects.filter(message__contact=friend.contact(), state=state).exists()


def finally_is(friend: Friend, state: str) -> bool:
    """Looks, and spares us the pauses between the attempts."""
    waiting = Attachment.objects.filter(message__contact=friend.contact(), leased_until=None)
    if waiting.filter(due_at__gt=clock.now()).update(due_at=clock.now()):
        live.wake("attachment")
    return attachment_is(friend, state)


def test_a_picture_is_fetched_drawn_anew_and_kept_sealed(town: Town) -> None:
    plain = io.BytesIO()
    Image.new("RGB", (3000, 1000), "teal").save(plain, "PNG")
    friend = town.friend()
    friend.act("image", data=base64.b64encode(plain.getvalue()).decode(), contentType="image/png")
    town.settle()
    kept = attachment(friend)
    assert (kept.message.kind, kept.state, kept.content_type, kept.is_shown) == (
        "image",
        "ready",
        "image/jpeg",
        True,
    )
    sizes = [Image.open(io.BytesIO(kept.plain_bytes(variant))).size for variant in ("full", "small")]
    assert sizes == [(2048, 683), (480, 160)]


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("video", "video/mp4"), ("audio", "audio/mp4"), ("file", "application/octet-stream")],
)
def test_video_voice_and_file_are_kept_as_they_were_sent(town: Town, kind: str, content_type: str) -> None:
    friend = town.friend()
    named = {"fileName": "おうちのこと.txt"} if kind == "file" else {}
    friend.act(kind, **named)
    town.settle()
    kept = attachment(friend)
    sent = next(line["content"] for line in town.account.thread(friend.user_id) if line["from"] == "friend")
    with urlopen(town.platform.origin + sent["url"]) as answer:  # noqa: S310 - the emulator's
        assert kept.plain_bytes("full") == answer.read()
    assert (kept.state, kept.size, kept.message.kind) == ("ready", sent["size"], kind)
    assert kept.message.content.get("file_name", "") == named.get("fileName", "")
    assert kept.is_shown == (kind != "file")


def test_a_video_that_line_still_prepares_is_fetched_when_it_is_ready(town: Town) -> None:
    friend = town.friend()
    friend.act("video", preparingSeconds=1)
    kept = attachment(friend)
    wait_until(lambda: 202 in _content_statuses(town), "asked while it was being prepared")
    assert Attachment.objects.get(pk=kept.pk).state == "preparing"
    wait_until(lambda: finally_is(friend, "ready"), "fetched at last")
    assert _content_statuses(town)[-1] == 200


def test_what_was_taken_back_before_it_was_fetched_is_shown_as_gone(town: Town, street: Street) -> None:
    street.pause("work-1")
    friend = town.friend()
    sent = friend.act("image")["messageId"]
    town.account.fault("drop", eventType="unsend")  # LINE knows of the unsending, we never hear of it
    friend.act("unsend", messageId=sent)
    street.start("work-1")
    wait_until(lambda: attachment_is(friend, "gone"), "gone")
    assert _content_statuses(town) == [410]


def test_a_failing_fetch_is_tried_again(town: Town) -> None:
    town.account.fault("errorBefore", path="/content", count=2)
    friend = town.friend()
    friend.act("image")
    attachment(friend)
    wait_until(lambda: finally_is(friend, "ready"), "fetched at last")
    assert _content_statuses(town) == [500, 500, 200]


def test_a_strangers_address_is_never_called(town: Town) -> None:
    friend = town.friend()
    friend.act("image", external={"originalContentUrl": "https://198.51.100.7/evil.jpg"})
    town.settle()
    assert attachment(friend).state == "missing"
    assert _content_statuses(town) == []


def test_an_image_set_is_kept_whatever_order_it_comes_in(town: Town) -> None:
    friend = town.friend()
    for index in (2, 3, 1):
        friend.act("image", imageSet={"id": "set-1", "index": index, "total": 3})
    town.settle()
    pictures = [message for message in friend.thread() if message.kind == "image"]
    assert sorted(picture.content["set"]["index"] for picture in pictures) == [1, 2, 3]
    assert {picture.content["set"]["total"] for picture in pictures} == {3}
    assert [found.state for found in Attachment.objects.filter(message__in=pictures)] == ["ready"] * 3


def test_a_sticker_keeps_its_ids_and_its_meaning(town: Town) -> None:
    friend = town.friend()
    friend.act("sticker", packageId="999", stickerId="1", keywords=["crying", "sofa"])
    town.settle()
    sticker = friend.thread().get(kind="sticker").content
    assert (sticker["package_id"], sticker["sticker_id"]) == ("999", "1")
    assert sticker["keywords"] == ["crying", "sofa"]
    assert sticker["meaning"] == "泣く"


def test_a_place_and_a_pressed_button_are_kept_with_what_they_say(town: Town) -> None:
    friend = town.friend()
    friend.act("location", title="あおば公園", address="あおば市1-2", latitude=35.5, longitude=139.25)
    friend.act("postback", data="yes=1", displayText="はい", params={"date": "2026-11-22"})
    town.settle()
    place = friend.thread().get(kind="location").content
    assert (place["title"], place["address"], place["latitude"], place["longitude"]) == (
        "あおば公園", "あおば市1-2", 35.5, 139.25,
    )  # fmt: skip
    button = friend.thread().get(kind="postback").content
    assert (button["data"], button["params"]) == ("yes=1", {"date": "2026-11-22"})


def test_unsending_hides_the_words_and_leaves_a_tombstone(town: Town) -> None:
    friend = town.friend()
    sent = friend.says("なかったことに")
    friend.heard()
    friend.act("unsend", messageId=sent)
    town.settle()
    _assert_only_a_tombstone(friend, sent)


def test_unsending_that_arrives_first_hides_the_words_that_come_later(town: Town) -> None:
    friend = town.friend()
    town.account.fault("reorder", count=1, by=1, delayMs=3000)
    sent = friend.says("なかったことに")
    friend.act("unsend", messageId=sent)
    town.settle()
    kinds = [entry["body"].split('"type":"')[1].split('"')[0] for entry in town.account.journal("webhook")]
    assert kinds == ["unsend", "message"]
    _assert_only_a_tombstone(friend, sent)


def test_blocking_and_coming_back_are_known(town: Town) -> None:
    friend = town.friend(follows=True)
    town.settle()
    friend.act("block")
    wait_until(lambda: friend.known().blocked_at, "blocked")
    friend.act("unblock")
    town.settle()
    assert friend.known().blocked_at is None
    assert friend.kinds() == ["follow", "text", "unfollow", "follow", "text"]


def _assert_only_a_tombstone(friend: Friend, line_message_id: str) -> None:
    said = Message.objects.get(
        contact=friend.contact(), line_message_id=line_message_id, author_kind="friend"
    )
    assert said.unsent_at is not None
    assert said.sealed_content is None
    events = InboundEvent.objects.filter(channel=friend.town.channel, kind="message")
    assert [event.sealed_body for event in events] == [None]


def _content_statuses(town: Town) -> list[int]:
    return [entry["status"] for entry in town.account.journal("api", path="/content")]
