"""Whatever is recorded can be read in the log by somebody who does not know the code."""

import ast

from tools.scratch import ROOT


def recorded() -> list[ast.Call]:
    """Every call of `record` in the product."""
    sources = (path.read_text() for path in sorted((ROOT / "madoguchi").rglob("*.py")))
    calls = [node for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "record"]


def test_every_act_that_is_recorded_has_its_words_and_no_word_is_left_over() -> None:
    from madoguchi.audit.words import VERBS

    verbs = {ast.literal_eval(call.args[1]) for call in recorded()}
    assert len(verbs) > 20
    assert verbs == set(VERBS)


def test_every_detail_that_is_recorded_has_its_words_and_no_word_is_left_over() -> None:
    from madoguchi.audit.words import DETAILS

    assert {keyword.arg for call in recorded() for keyword in call.keywords} == set(DETAILS)


def test_a_detail_reads_without_knowing_the_code() -> None:
    from madoguchi.audit.models import Entry

    entry = Entry(verb="accounts.set_roles", detail={"is_active": False, "messages": list(range(9))})
    assert entry.details == [("利用できる", "いいえ"), ("メッセージ", "0, 1, 2, 3, 4, 5 … (9)")]
