"""What is a grave sign and what is none, whichever way it is written."""

import pytest

from madoguchi.signs.compiled import as_shipped
from madoguchi.signs.lexicon import Rule
from madoguchi.signs.matching import Hit, Matcher
from madoguchi.signs.words import Kind, NotAWord, Word, check


def hits(text: str) -> list[Hit]:
    return as_shipped().matcher.hits(text)


def said(text: str, rule: str) -> list[str]:
    return [hit.said for hit in hits(text) if hit.rule == rule]


@pytest.mark.parametrize(
    "text",
    [
        "死にたい",
        "しにたい",
        "ｼﾆﾀｲ",
        "シニタイ",
        "4にたい",
        "タヒにたい",
        "死 に た い",
        "死・に・た・い",
        "死にたーーい",
        "氏にたい",
        "死にたぃ",
    ],
)
def test_one_wish_is_found_in_every_spelling_and_marked_whole(text: str) -> None:
    assert said(f"もう{text}。", "suicide") == [text]


@pytest.mark.parametrize(
    "text", ["首を吊った", "くびをつろう", "首吊りたい", "首、吊る", "首をほんとに吊りたい"]
)
def test_a_phrase_is_found_inflected_and_with_other_particles(text: str) -> None:
    assert said(text, "suicide_plan")


@pytest.mark.parametrize(
    "text",
    [
        "死にたいとは思わない",
        "死にたいわけじゃない",
        "死にたくない",
        "自殺なんてしません",
        "リスカはしたことない",
        "殴られたことはありません",
    ],
)
def test_a_denial_right_behind_keeps_a_rule_quiet(text: str) -> None:
    assert hits(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "死にたくないけど消えたい",
        "死にたくないなんて言えない",
        "死にたいと思わない日はない",
        "死にたいって思わない？",
        "死にたいわけじゃないけど",
        "死ぬことしか考えてない",
        "死にたくてたまらない",
        "友だちが死にたいと言っている",
    ],
)
def test_what_only_looks_like_a_denial_is_still_a_hit(text: str) -> None:
    assert "suicide" in {hit.rule for hit in hits(text)}


@pytest.mark.parametrize(
    "text",
    [
        "死ぬほど眠い",
        "笑い死ぬ",
        "宿題で死にそう",
        "「死にたい」って曲が好き",
        "お菓子に対して",
        "友の死に対して",
        "マイクラで殺された",
        "DVDを見た",
    ],
)
def test_a_figure_of_speech_a_song_and_a_game_are_no_hit(text: str) -> None:
    assert hits(text) == []


def test_with_a_parent_in_the_sentence_a_game_is_no_excuse() -> None:
    assert said("ゲームで殺された", "violence") == []
    assert said("ゲームでお父さんに殺されそう", "violence")


def test_a_hit_says_where_it_is_in_code_points_and_in_utf_16_units() -> None:
    text = "👨‍👩‍👧もう死にたい"
    hit = hits(text)[0]
    assert text[hit.start : hit.end] == hit.said == "死にたい"
    units = text.encode("utf-16-le")
    assert units[2 * hit.utf16_start : 2 * hit.utf16_end].decode("utf-16-le") == "死にたい"
    assert hit.utf16_start == hit.start + 3  # three faces take two units each


def test_own_words_may_have_choices_and_gaps() -> None:
    words = (Word(Kind.LEMMA, "薬を…(捨てる|隠す)"), Word(Kind.SPELLING, "(垢|アカ)バレ"))
    matcher = Matcher([Rule("own-1", "overdose", words)])
    assert [hit.said for hit in matcher.hits("薬をぜんぶ机に隠した")] == ["薬をぜんぶ机に隠し"]
    assert [hit.said for hit in matcher.hits("親にあかバレした")] == ["あかバレ"]


@pytest.mark.parametrize("text", ["", "…", "あ", "(死|", "を", "(a|b)" * 12])
def test_a_word_that_could_never_be_found_or_would_be_found_everywhere_is_refused(text: str) -> None:
    with pytest.raises(NotAWord):
        check(Word(Kind.LEMMA, text))


@pytest.mark.parametrize(
    "around", ["e" * 70_000, "あ" * 70_000, "😀" * 30_000, "ながい話です。" * 9_000, "\ud83d"]
)
def test_a_sign_is_found_in_whatever_somebody_sends(around: str) -> None:
    assert said(f"{around}。もう死にたい。{around}", "suicide") == ["死にたい"]


@pytest.mark.parametrize(
    ("text", "rule", "is_marked"),
    [
        ("旦那は太鼓を叩くのが趣味です", "dv", False),
        ("旦那がわたしを叩きます", "dv", True),
        ("たたかれてへんで", "violence", False),
        ("しにたいわけちゃうねん", "suicide", False),
        ("生きてる価値なんてない", "suicide", True),
        ("ODがやめられへん", "overdose", True),
        ("ドラマで主人公が死にたいって言ってた", "suicide", False),
        ("ドラマで見たみたいに死にたい", "suicide", True),
    ],
)
def test_what_is_a_story_a_thing_or_a_denial_is_quiet_and_what_one_lacks_is_not(
    text: str, rule: str, is_marked: bool
) -> None:
    assert bool(said(text, rule)) is is_marked
