"""In the plain wording each kanji of our own sentences has a reading over it."""

import re
from collections.abc import Iterator
from pathlib import Path

from madoguchi.surveys import wording
from madoguchi.surveys.furigana import with_furigana

SURVEYS = Path(__file__).resolve().parents[2] / "madoguchi" / "surveys"
SOURCES = ("public/posted.py", "public/questions.py", "reading.py", "actions/answering.py")


def sentences() -> Iterator[str]:
    """What the pages say by {% say %}, and the kind sentences for what does not fit."""
    for page in (SURVEYS / "templates" / "surveys" / "public").glob("*.html"):
        source = page.read_text()
        yield from re.findall(r'say _\("([^"]+)"', source)
        yield from re.findall(r"asvar[^%]*%}(.*?){% endblocktranslate", source)
    for name in SOURCES:
        yield from re.findall(r'_\(\s*"([^"]+)"', (SURVEYS / name).read_text())


def test_each_kanji_of_ours_has_a_reading() -> None:
    found = set(sentences())
    assert len(found) > 80
    for sentence in found:
        rest = "".join(word for word, reading in wording.pieces(with_furigana(sentence)) if not reading)
        assert re.findall("[一-鿿]", rest) == [], sentence


def test_a_reading_stands_over_its_own_word_only() -> None:
    pieces = wording.pieces(with_furigana("もう一度送ってください"))
    assert pieces[:3] == [("もう", ""), ("一度", "いちど"), ("送", "おく")]
