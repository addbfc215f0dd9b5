"""The English beside the Japanese is whole, and what is committed is what the sources say."""

import gettext
import re

from tools import translations
from tools.scratch import ROOT

SAID = re.compile(r'(?:say|word)\("([^"]+)"')


def test_every_string_of_the_screens_has_its_english() -> None:
    known = translations.read()
    assert [text for text in translations.found() if not all(known.get(text) or [""])] == []


def test_the_committed_files_are_up_to_date() -> None:
    strings, known = translations.found(), translations.read()
    assert translations.PO.read_text() == translations.written(strings, known), "python -m tools.translations"
    assert translations.MO.read_bytes() == translations.compiled(strings, known), (
        "python -m tools.translations"
    )


def test_gettext_reads_what_was_compiled() -> None:
    with translations.MO.open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("相談デスク") == "Desk"
    said = "%(number)sか所を直してください。"
    assert [english.ngettext(said, said, number)[:16] for number in (1, 2)] == [
        "%(number)s place",
        "%(number)s place",
    ]
    assert english.ngettext(said, said, 1) != english.ngettext(said, said, 2)


def test_variables_are_the_same_on_both_sides() -> None:
    variables = re.compile(r"%\(\w+\)s|\{[a-z]\}")
    for text, english in translations.read().items():
        for said in english:
            assert set(variables.findall(said)) == set(variables.findall(text)), text


def test_the_scripts_words_are_in_the_table_that_pages_carry() -> None:
    from madoguchi.console.words import WORDS

    scripts = (ROOT / "madoguchi" / "console" / "static" / "console" / "js").glob("*.js")
    said = {
        words for script in scripts for words in SAID.findall(script.read_text()) if script.name != "words.js"
    }
    assert said == set(WORDS)


def test_what_is_counted_in_one_place_is_counted_everywhere() -> None:
    """The same Japanese with and without a plural is one entry of the catalogue, and one of the two stays Japanese."""
    ways: dict[str, set[bool]] = {}
    for path in sorted((ROOT / "madoguchi").rglob("*.html")):
        for text, has_plural in translations._in_template(path.read_text()):
            ways.setdefault(text, set()).add(has_plural)
    assert len(ways) > 500
    assert [text for text, seen in ways.items() if len(seen) > 1] == []
