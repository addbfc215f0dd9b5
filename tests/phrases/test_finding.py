"""A phrase is found by any part of it, however it is typed."""

import pytest

from madoguchi.phrases import actions
from madoguchi.phrases.finding import found
from madoguchi.phrases.models import Phrase
from madoguchi.phrases.ready_made import READY_MADE
from madoguchi.phrases.romaji import to_hiragana
from tests.people import Town


@pytest.mark.parametrize(
    ("typed", "kana"),
    [
        ("omatase", "おまたせ"),
        ("omac", "おま"),
        ("shinpai", "しんぱい"),
        ("sinnpai", "しんぱい"),
        ("gakkou", "がっこう"),
        ("kyoushitsu", "きょうしつ"),
        ("jidou", "じどう"),
        ("おとna", "おとな"),
        ("189", "189"),
    ],
)
def test_roman_letters_become_kana_as_in_an_input_method(typed: str, kana: str) -> None:
    assert to_hiragana(typed) == kana


@pytest.mark.parametrize(
    "query", ["おまたせ", "オマタセ", "ｵﾏﾀｾ", "omatase", "OMATASE", "お待たせ", "待って", "まって", "matte"]
)
def test_one_phrase_is_found_by_every_spelling(town: Town, query: str) -> None:
    wait = {
        "topic": "はじめ",
        "title": "お待たせしました",
        "shortcut": "",
        "text": "待っていてくれてありがとう。",
        "choices": [],
    }
    actions.write(town.sato, wait)
    actions.write(town.sato, {**wait, "title": "年齢", "text": "何歳ですか"})
    titles = [phrase.title for phrase in found(Phrase.objects.usable_by(town.sato), query)]
    assert titles == ["お待たせしました"]


def test_the_shortcut_and_the_topic_find_it_too(town: Town) -> None:
    actions.install(town.supervisor)
    mine = Phrase.objects.usable_by(town.sato)
    assert "お待たせしました" in [phrase.title for phrase in found(mine, "omatase")]
    assert {phrase.topic for phrase in found(mine, "心配なとき")} == {"心配なとき"}
    assert found(mine, "").count() == len(READY_MADE)
    assert not found(mine, "ぬるぽがっ").exists()
