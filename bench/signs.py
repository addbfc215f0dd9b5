"""What looking for grave signs costs: lines of thirty signs on one core, against one plain regular expression over the same
lines in the same run, and the memory of the loaded dictionary. Aim: an event is handled at most 2 ms later for it.
"""

import argparse
import json
import os
import re
import statistics
import time
from collections.abc import Callable

from bench.processes import resident_kib

PLAIN = re.compile(
    "死にた[いく]|しにた[いく]|消えた[いく]|自殺|飛び降り|首を?吊|リスカ|手首を?切|殴られ|蹴られ|叩かれ|首を?絞め|殺され|(体|胸)を?触られ"
    "|襲われ|裸の?写真|ご飯(を|が)(くれない|もらえない)|閉め出され|助けて|包丁|家出|帰りたくない|脅され|叩いてしま"
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    rounds = 2 if parser.parse_args().quick else 7
    before = resident_kib(os.getpid())
    began = time.perf_counter()
    from madoguchi.signs.analysis import load

    load()
    loaded, dictionary = time.perf_counter() - began, resident_kib(os.getpid()) - before
    from madoguchi.signs.examples import HALVES, examples
    from madoguchi.signs.lexicon import shipped
    from madoguchi.signs.matching import Matcher

    began = time.perf_counter()
    matcher = Matcher(shipped().values())
    compiled, rules = time.perf_counter() - began, resident_kib(os.getpid()) - before - dictionary
    lines = thirty_long([example.text for half in HALVES for example in examples(half)])
    ours, plain = [], []
    for _round in range(rounds):
        ours.append(_microseconds(matcher.hits, lines))
        plain.append(_microseconds(PLAIN.search, lines))
    slowest = max(_microseconds(matcher.hits, [line]) for line in lines)
    each, regex = statistics.median(ours), statistics.median(plain)
    figures = {
        "bench": "signs",
        "lines": len(lines),
        "microseconds_a_line": round(each),
        "lines_a_second": round(1e6 / each),
        "signs_a_second": round(30e6 / each),
        "slowest_line_microseconds": round(slowest),
        "plain_regex_microseconds": round(regex, 1),
        "times_a_plain_regex": round(each / regex, 1),
        "dictionary_mib": round(dictionary / 1024, 1),
        "dictionary_seconds": round(loaded, 2),
        "rules_mib": round(rules / 1024, 1),
        "rules_seconds": round(compiled, 2),
        "aims_met": each < 2000,
    }
    print(json.dumps(figures))


def thirty_long(texts: list[str]) -> list[str]:
    """All the texts one behind the other, cut into lines of thirty signs."""
    whole = "。".join(texts)
    return [whole[at : at + 30] for at in range(0, len(whole) - 30, 30)]


def _microseconds(act: Callable[[str], object], lines: list[str]) -> float:
    """A line, on average."""
    began = time.perf_counter()
    for line in lines:
        act(line)
    return 1e6 * (time.perf_counter() - began) / len(lines)


if __name__ == "__main__":
    main()
