"""Stickers: what they say, and that the desk can send only what LINE lets it send."""

import pytest

from madoguchi.channels.line import messages
from madoguchi.channels.line.contents import Sticker
from madoguchi.channels.line.stickers import MEANINGS, SENDABLE, meaning


def test_the_friends_own_words_come_first() -> None:
    assert (
        meaning(Sticker(package_id="8515", sticker_id="16581242", text="たすけて", keywords=("ok",)))
        == "たすけて"
    )


@pytest.mark.parametrize(
    ("package_id", "sticker_id", "words"),
    [
        ("8515", "16581243", "ありがとうございます"),
        ("8515", "16581252", "お疲れ様です"),
        ("8515", "16581265", "がんばってください"),
        ("30563", "651698630", "組み合わせたスタンプ"),
    ],
)
def test_known_stickers_say_what_is_printed_on_them(package_id: str, sticker_id: str, words: str) -> None:
    assert meaning(Sticker(package_id=package_id, sticker_id=sticker_id)) == words


def test_keywords_are_put_in_japanese_with_distress_before_the_rest() -> None:
    keywords = ("Happy", "bear", "CRYING", "tears", "smile", "hi", "sad")
    assert meaning(Sticker(keywords=keywords)) == "泣く・涙・悲しい・こんにちは"


def test_keywords_that_nobody_translated_are_shown_as_they_came() -> None:
    assert meaning(Sticker(keywords=("bear", " ", "picnic"))) == "bear・picnic"


def test_without_a_clue_nothing_is_claimed() -> None:
    assert meaning(Sticker()) == meaning(Sticker(package_id="1", sticker_id="2")) == ""


def test_every_offered_sticker_can_be_sent_and_says_something_kind() -> None:
    assert len({(each.package_id, each.sticker_id) for each in SENDABLE}) == len(SENDABLE) >= 12
    for each in SENDABLE:
        assert messages.sticker(each.package_id, each.sticker_id)["type"] == "sticker"
        assert MEANINGS[each.package_id, each.sticker_id] == each.meaning
        assert each.meaning not in {"ハート", "がんばってください", "さすがです"}
