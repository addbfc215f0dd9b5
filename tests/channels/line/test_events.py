"""Events: read as LINE means them, and never an exception whatever comes."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.channels.line import contents
from madoguchi.channels.line.body import dump, load
from madoguchi.channels.line.events import Event, event_id, read_event

from .samples import ENVELOPE, EVENTS, FRIEND, event, message
from .test_body import JSON


def test_the_envelope_is_read_to_the_millisecond() -> None:
    read = read_event(EVENTS[0])
    assert read.happened_at == datetime(2026, 9, 21, 14, 13, 20, 123000, tzinfo=UTC)
    assert (read.kind, read.event_id, read.mode) == ("message", ENVELOPE["webhookEventId"], "active")
    assert (read.source_kind, read.user_id, read.group_id) == ("user", FRIEND, None)
    assert read.is_private
    assert [read.is_redelivery, read.is_standby, read.is_dummy] == [False, False, False]
    assert read.raw == EVENTS[0]


def test_a_text_has_its_emoji_and_mentions() -> None:
    content = read_event(EVENTS[0]).content
    assert isinstance(content, contents.Text)
    assert (content.text, content.message_id) == ("hello (wave)", "590000000000000001")
    assert content.emojis == (contents.Emoji(6, 6, "5ac1", "001"),)
    assert content.mentions == (contents.Mention("user", 0, 5, FRIEND, is_self=False),)


def test_every_kind_of_message_has_its_own_class() -> None:
    found = [type(read_event(raw).content).__name__ for raw in EVENTS[:7]]
    assert found == ["Text", "Image", "Video", "Audio", "File", "Location", "Sticker"]
    picture = read_event(EVENTS[1]).content
    assert isinstance(picture, contents.Image)
    assert picture.image_set == contents.ImageSet("E0", 2, 3)
    file = read_event(EVENTS[4]).content
    assert isinstance(file, contents.File)
    assert (file.file_name, file.file_size, file.is_held_by_line) == ("診断書.pdf", 2138, True)


def test_an_external_picture_is_told_from_one_that_line_holds() -> None:
    provider = {"type": "external", "originalContentUrl": "https://x/1", "previewImageUrl": "https://x/2"}
    content = read_event(message("image", contentProvider=provider)).content
    assert isinstance(content, contents.Image)
    assert not content.is_held_by_line
    assert content.original_url == "https://x/1"


@pytest.mark.parametrize("raw", [message("hologram", shape=3), message("text"), message("text", text=5)])
def test_a_message_that_cannot_be_understood_is_kept_by_its_name(raw: dict[str, Any]) -> None:
    content = read_event(raw).content
    assert isinstance(content, contents.Unknown)
    assert content.kind == raw["message"]["type"]
    assert content.message_id == "590000000000000001"


def test_an_unknown_event_keeps_its_name_and_its_friend() -> None:
    read = read_event(event("telepathy", thought="x"))
    assert (read.kind, read.user_id, read.content) == ("telepathy", FRIEND, None)


def test_only_a_user_source_is_a_private_talk() -> None:
    group = read_event(
        message("text", text="a") | {"source": {"type": "group", "groupId": "C1", "userId": FRIEND}}
    )
    room = read_event(event("leave", source={"type": "room", "roomId": "R1"}))
    assert (group.is_private, group.group_id, group.user_id) == (False, "C1", FRIEND)
    assert (room.is_private, room.group_id, room.user_id) == (False, "R1", None)
    assert not read_event(event("message", source={"type": "user"})).is_private
    assert not read_event({"type": "message"}).is_private


@pytest.mark.parametrize("token", ["0" * 32, "f" * 32])
def test_the_verify_buttons_dummy_reply_token_is_never_used(token: str) -> None:
    read = read_event(event("message", replyToken=token))
    assert read.is_dummy
    assert read.reply_token is None


def test_a_redelivery_is_the_same_event() -> None:
    again = event("follow", deliveryContext={"isRedelivery": True})
    assert read_event(again).is_redelivery
    assert read_event(again).event_id == read_event(event("follow")).event_id


def test_an_event_without_an_id_gets_one_that_survives_redelivery_and_order() -> None:
    bare = {key: value for key, value in EVENTS[0].items() if key != "webhookEventId"}
    again = dict(reversed({**bare, "deliveryContext": {"isRedelivery": True}}.items()))
    other = {**bare, "timestamp": bare["timestamp"] + 1}
    assert event_id(bare) == event_id(again)
    assert event_id(bare) != event_id(other)
    assert len(event_id(bare)) == len("sha256:") + 40


@pytest.mark.parametrize("odd", ["", " ", "a b", "x" * 65, "\x00", "日本", 5, None, ["a"]])
def test_an_unusable_id_is_replaced_by_the_hash(odd: object) -> None:
    assert event_id(event("follow", webhookEventId=odd)).startswith("sha256:")


@pytest.mark.parametrize("odd", [None, -1, 0, 1.5, True, "1790000000123", 10**30, 9e300])
def test_an_absurd_time_reads_as_none(odd: object) -> None:
    assert read_event(event("follow", timestamp=odd)).happened_at is None


def test_the_other_events_tell_what_they_carry() -> None:
    by_kind = {raw["type"]: read_event(raw) for raw in EVENTS}
    assert by_kind["unsend"].unsent_message_id == "590000000000000001"
    assert by_kind["follow"].is_unblocked
    assert by_kind["memberJoined"].member_ids == by_kind["memberLeft"].member_ids == (FRIEND,)
    postback = by_kind["postback"].postback
    assert postback is not None
    assert (postback.data, postback.params) == ("a=1", {"datetime": "2026-12-01T09:30"})


def test_neither_words_nor_ids_show_when_an_event_is_printed() -> None:
    for raw in EVENTS:
        shown = repr(read_event(raw)) + repr(read_event(raw).content) + repr(read_event(raw).postback)
        assert not any(
            secret in shown for secret in (FRIEND, "hello", "診断書", "東京", "a=1", "0123456789abcdef")
        )


def touch_everything(read: Event) -> None:
    """Every text that a reader gives can be stored, so it encodes and holds no U+0000."""
    content = read.content
    fields = [
        getattr(content, name) for kind in type(content).__mro__ for name in getattr(kind, "__slots__", ())
    ]
    values = [read.kind, read.event_id, read.source_kind, read.user_id, read.group_id, read.mode, *fields]
    values += [read.unsent_message_id, read.is_unblocked, *read.member_ids, read.reply_token]
    assert not [value for value in values if isinstance(value, str) and "\x00" in value.encode().decode()]
    assert read.postback is None or "\x00" not in read.postback.data
    assert load(dump(read.raw)) == read.raw


@given(JSON)
def test_any_json_is_an_event_and_nothing_raises(value: Any) -> None:
    touch_everything(read_event(value))


@given(st.data())
def test_a_real_event_with_any_part_replaced_still_reads(data: st.DataObject) -> None:
    raw = copy.deepcopy(data.draw(st.sampled_from(EVENTS)))
    where = raw
    while True:
        key = data.draw(st.sampled_from(sorted(where)))
        if not isinstance(where[key], dict) or not where[key] or data.draw(st.booleans()):
            break
        where = where[key]
    where[key] = data.draw(JSON | st.just("\ud800") | st.just("\x00"))
    touch_everything(read_event(raw))
