"""Folding keeps the way back to what was written."""

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.signs.compiled import as_shipped
from madoguchi.signs.folding import fold
from madoguchi.signs.reading import read

TEXT = st.text(
    alphabet="死しにシニﾀｲたいー〜 ・。4タヒ○ぃっ😭🔪\u200d\ufe0fﾊﾞ殺されないab12ＯＤ\n、「」", max_size=40
)


def test_stretched_spaced_and_half_wide_writing_is_folded() -> None:
    assert fold("しにたーーい").text == "しにたい"
    assert fold("し に た い").text == "しにたい"
    assert fold("ﾊﾞｶ").text == "バカ"
    assert fold("死にたいいいい").text == "死にたい"
    assert fold("ＯＤした").text == "odした"


@given(TEXT)
def test_every_sign_of_the_folded_text_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)


@given(TEXT)
def test_words_follow_each_other_without_a_gap_and_hits_lie_inside_the_text(text: str) -> None:
    for reading in read(text):
        assert "".join(token.surface for token in reading.tokens) == reading.folded.text
    for hit in as_shipped().matcher.hits(text):
        assert hit.said == text[hit.start : hit.end] != ""
