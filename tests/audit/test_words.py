"""Whatever is recorded can be read in the log by somebody who does not know the code."""

import re

from tools.scratch import ROOT

RECORDED = re.compile(r'record\(\s*[\w.]+,\s*"([a-z_.]+)"')


def test_every_act_that_is_recorded_has_its_words_and_no_word_is_left_over() -> None:
    from madoguchi.audit.words import VERBS

    sources = (path.read_text() for path in (ROOT / "madoguchi").rglob("*.py"))
    recorded = {verb for source in sources for verb in RECORDED.findall(source)}
    assert len(recorded) > 20
    assert recorded == set(VERBS)
