"""Builders: what they build, and what they say to a writer whose message LINE would refuse."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.channels.line import messages, templates
from madoguchi.channels.line.limits import MessageError
from madoguchi.channels.line.measure import graphemes, length_utf16, slice_utf16

FAMILY = "👨‍👩‍👧"  # one grapheme, eight UTF-16 code units
SAY = templates.message_action("はい", "はい")


@pytest.mark.parametrize(
    ("text", "units", "letters"),
    [
        ("", 0, 0),
        ("あ", 1, 1),
        ("😀", 2, 1),
        (FAMILY, 8, 1),
        ("か\u3099", 2, 1),
        ("\r\n", 2, 1),
        ("𠮷野", 3, 2),
    ],
)
def test_line_counts_units_and_readers_count_letters(text: str, units: int, letters: int) -> None:
    assert (length_utf16(text), graphemes(text)) == (units, letters)


@given(st.text(), st.integers(-3, 30), st.integers(-3, 30))
def test_units_agree_with_the_encoding_and_any_slice_is_safe(text: str, index: int, length: int) -> None:
    assert length_utf16(text) == len(text.encode("utf-16-le")) // 2
    assert slice_utf16(text, 0, length_utf16(text)) == text
    slice_utf16(text, index, length)


def test_an_emoji_is_cut_out_where_line_says() -> None:
    assert slice_utf16("😀と(love)です", 3, 6) == "(love)"


def test_a_text_may_be_five_thousand_units_and_not_one_more() -> None:
    assert messages.text("あ" * 5000)["text"] == "あ" * 5000
    with pytest.raises(MessageError) as caught:
        messages.text("あ" * 4999 + "😀")
    assert caught.value.property == "text"
    assert caught.value.message_ja == "本文は5,000文字までです。1文字減らしてください。"


def test_the_error_never_repeats_what_was_written() -> None:
    with pytest.raises(MessageError) as caught:
        messages.text("ひみつ" * 2000)
    assert "ひみつ" not in str(caught.value)


@pytest.mark.parametrize("words", ["", " \n　", "a\x00", "\ud83d"])
def test_blank_and_unsendable_texts_are_refused_in_words(words: str) -> None:
    with pytest.raises(MessageError) as caught:
        messages.text(words)
    assert caught.value.message_ja.endswith("ください。")


def test_each_kind_has_the_shape_of_the_reference() -> None:
    url = "https://desk.example/a.jpg"
    assert messages.sticker("446", "1988") == {"type": "sticker", "packageId": "446", "stickerId": "1988"}
    assert messages.image(url, url) == {"type": "image", "originalContentUrl": url, "previewImageUrl": url}
    assert messages.video(url, url, tracking_id="t-1")["trackingId"] == "t-1"
    assert messages.audio(url, 1200) == {"type": "audio", "originalContentUrl": url, "duration": 1200}
    assert messages.text("a", quote_token="q") == {"type": "text", "text": "a", "quoteToken": "q"}
    place = messages.location("窓口", "東京都", 35.68, 139.69)
    assert (place["title"], place["latitude"], place["longitude"]) == ("窓口", 35.68, 139.69)


@pytest.mark.parametrize(
    "url", ["http://desk.example/a", "javascript:x", "//x", "https://", "https://[", "", "x" * 3000]
)
def test_a_picture_that_line_could_not_fetch_is_refused(url: str) -> None:
    with pytest.raises(MessageError) as caught:
        messages.image(url, "https://desk.example/a")
    assert caught.value.property == "originalContentUrl"


def test_plain_http_passes_for_this_machine_alone() -> None:
    assert messages.image("http://127.0.0.1:8090/a", "http://localhost/a")["type"] == "image"


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (math.nan, 0), (0, math.inf)])
def test_a_place_outside_the_world_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(MessageError):
        messages.location("a", "b", latitude, longitude)


def test_quick_replies_are_one_to_thirteen_and_leave_the_message_alone() -> None:
    plain = messages.text("どうしますか")
    assert len(messages.with_quick_replies(plain, [SAY] * 13)["quickReply"]["items"]) == 13
    assert "quickReply" not in plain
    for wrong in (0, 14):
        with pytest.raises(MessageError) as caught:
            messages.with_quick_replies(plain, [SAY] * wrong)
        assert (
            caught.value.message_ja == f"クイックリプライは1個から13個にしてください。いまは{wrong}個です。"
        )


def test_labels_and_template_texts_count_letters_as_readers_do() -> None:
    assert templates.message_action(FAMILY * 20, "a")["label"] == FAMILY * 20
    with pytest.raises(MessageError, match="ボタンの文字は20文字まで"):
        templates.message_action("あ" * 21, "a")
    templates.buttons("a", FAMILY * 160, [SAY])
    with pytest.raises(MessageError, match="説明の文は60文字まで"):
        templates.buttons("a", "あ" * 61, [SAY], title="題")


def test_postback_data_counts_units() -> None:
    assert templates.postback_action("a", "あ" * 300, display_text="b")["displayText"] == "b"
    with pytest.raises(MessageError, match="ボタンのデータは300文字まで"):
        templates.postback_action("a", "😀" * 151)


def test_links_open_only_what_line_opens() -> None:
    for uri in ("https://desk.example", "tel:0120000000", "line://nv/x"):
        assert templates.uri_action("a", uri)["uri"] == uri
    for uri in ("javascript:alert(1)", "data:text/html,x", "desk.example"):
        with pytest.raises(MessageError):
            templates.uri_action("a", uri)


def test_confirm_and_buttons_hold_the_number_of_answers_that_line_allows() -> None:
    assert len(templates.confirm("a", "よいですか", [SAY, SAY])["template"]["actions"]) == 2
    for actions in ([SAY], [SAY] * 3):
        with pytest.raises(MessageError, match="ボタンは2個にしてください"):
            templates.confirm("a", "よいですか", actions)
    with pytest.raises(MessageError, match="ボタンは1個から4個"):
        templates.buttons("a", "b", [SAY] * 5)


def test_the_cards_of_a_carousel_are_alike() -> None:
    plain, titled = templates.column("a", [SAY]), templates.column("a", [SAY], title="題")
    assert len(templates.carousel("a", [plain] * 10)["template"]["columns"]) == 10
    with pytest.raises(MessageError, match="タイトルは全部のカードに"):
        templates.carousel("a", [plain, titled])
    with pytest.raises(MessageError, match="ボタンの数をそろえて"):
        templates.carousel("a", [plain, templates.column("a", [SAY, SAY])])
    with pytest.raises(MessageError, match="カードは1個から10個"):
        templates.carousel("a", [plain] * 11)
