"""`madoguchi signs`: recall and precision of the shipped rules on the labelled examples, printed as they are."""

import unicodedata

from madoguchi.signs.examples import HALVES, Figures, Measured, examples, measure
from madoguchi.signs.lexicon import THEMES, shipped
from madoguchi.signs.matching import Matcher

_NAMES = {"tuned": "調整に使った例文", "held_out": "調整に使っていない例文"}


def report(*, is_quiet: bool = False) -> str:
    matcher = Matcher(shipped().values())
    parts = [_half(half, measure(matcher, half), is_quiet=is_quiet) for half in HALVES]
    return "\n\n".join(
        [*parts, "再現率：見つけるべきもののうち見つけた割合。適合率：見つけたもののうち正しかった割合。"]
    )


def _half(half: str, measured: Measured, *, is_quiet: bool) -> str:
    lines = [
        f"{_NAMES[half]}（{len(examples(half))}行）",
        _row("", "再現率", "適合率", "正解", "見逃し", "誤り"),
    ]
    lines += [_figures("印がついたか", measured.lines), _figures("テーマの合計", _sum(measured))]
    lines += [_figures(f"  {theme}", measured.themes[theme]) for theme in THEMES]
    if not is_quiet:
        lines += [f"見逃し {theme}: {text}" for text, theme in measured.missed]
        lines += [f"誤り {theme}: {text}" for text, theme in measured.wrong]
    return "\n".join(lines)


def _sum(measured: Measured) -> Figures:
    each = measured.themes.values()
    return Figures(
        sum(one.right for one in each), sum(one.missed for one in each), sum(one.wrong for one in each)
    )


def _figures(name: str, figures: Figures) -> str:
    rates = ("-" if rate is None else f"{rate:.3f}" for rate in (figures.recall, figures.precision))
    return _row(name, *rates, str(figures.right), str(figures.missed), str(figures.wrong))


def _row(name: str, *cells: str) -> str:
    return _wide(name, 18) + "".join(" " * max(10 - _width(cell), 1) + cell for cell in cells)


def _wide(text: str, width: int) -> str:
    return text + " " * max(width - _width(text), 0)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
