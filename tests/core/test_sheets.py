"""What a spreadsheet saved is read, whatever it saved it as; and what we wrote comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.core.csv import Encoding, encoded
from madoguchi.core.sheets import Unreadable, read

SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"])
ROWS = [["番号", "呼び名"], ["1", "あおいすずめ"], ["2", "髙橋、\n﨑"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_every_usual_encoding_and_line_end_is_read(encoding: str, end: str) -> None:
    text = end.join(["番号,呼び名", "1,あおいすずめ", '2,"髙橋、\n﨑"', ""])
    assert read(text.encode(encoding)) == ROWS


def test_tabs_part_cells_too_and_empty_rows_keep_their_place() -> None:
    assert read(b"a\tb, c\n\nd\te\n\n\n") == [["a", "b, c"], [], ["d", "e"]]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", None),
        (b"\n \n", None),
        (b"PK\x03\x04\x00\x00", None),
        (b"\xff\xfe\x81", None),
        (b'a\nb\n"c', 3),
        (b'"a"b,c', 1),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(data: bytes, line: int | None) -> None:
    with pytest.raises(Unreadable) as said:
        read(data)
    assert said.value.line == line
    assert str(said.value.sentence).endswith(("。", "）。"))


@given(st.lists(st.text(SIGNS, max_size=8), min_size=1, max_size=4))
def test_what_we_wrote_comes_back_as_it_was(cells: list[str]) -> None:
    row = ["番号", *cells]
    assert read(b"".join(encoded([row], Encoding.UTF_8))) == [row]


@pytest.mark.parametrize("text", ["=1+1", "+81", "-5", "@name", "＝x", "|cmd"])
def test_a_mark_before_a_formula_is_taken_away_again(text: str) -> None:
    data = b"".join(encoded([["a", text]], Encoding.SHIFT_JIS))
    assert b"'" in data
    assert read(data) == [["a", text]]
