"""Friends as a table: which column is which attribute, what a cell means, and what stands in one.

The first row names the columns: 番号 or 呼び名 says whose line it is, every other one is an attribute by its name or key. An empty
cell changes nothing; （消す） clears. What the export adds for the eye is passed over.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.contacts.fit import Unfit, clean
from madoguchi.contacts.models import Attribute, Kind
from madoguchi.contacts.models.values import Stored

NUMBER, HANDLE = "番号", "呼び名"
FOR_THE_EYE = ("状態", "友だち追加", "最後の動き", "入口", "タグ", "書き出し")
CLEAR = "（消す）"
_BETWEEN = re.compile(r"[、;；|\n]")


class Wrong(Exception):
    """A cell or a column that can't be used; `sentence` says why, and holds nothing of it."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__("wrong cell")
        self.sentence = sentence


@dataclass(frozen=True)
class Heading:
    """Where things stand in a row. `attributes`: {column: attribute}; `passed_over`: names of columns for the eye."""

    number: int | None
    handle: int | None
    attributes: dict[int, Attribute] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()


def named(attributes: Iterable[Attribute]) -> dict[str, list[Attribute]]:
    """{name or key as a heading has it: the attributes that are called so}"""
    found: dict[str, list[Attribute]] = {}
    for each in attributes:
        for name in {each.name, each.key}:
            found.setdefault(name, []).append(each)
    return found


def heading_of(attribute: Attribute, every: dict[str, list[Attribute]]) -> str:
    """The name, or the key where the name says too little."""
    is_clear = len(every[attribute.name]) == 1 and attribute.name not in (NUMBER, HANDLE, *FOR_THE_EYE)
    return attribute.name if is_clear else attribute.key


def column_of(name: str, every: dict[str, list[Attribute]]) -> Attribute:
    """The attribute that a heading names. Raises Wrong."""
    found = every.get(name, [])
    if len(found) > 1:
        raise Wrong(gettext_lazy("この名前の属性がいくつもあります。列の名前を記号にしてください。"))
    if not found:
        raise Wrong(gettext_lazy("この列は、属性の名前でも記号でもありません。"))
    return found[0]


def read_cell(attribute: Attribute, cell: str, before: Stored) -> Stored:
    """What a cell means, as it is kept; None clears. Raises Wrong."""
    if cell == CLEAR:
        return None
    try:
        return clean(attribute, _codes(attribute, cell) if attribute.is_chosen else cell, before)
    except Unfit as unfit:
        raise Wrong(unfit.sentence) from None


def _codes(attribute: Attribute, cell: str) -> list[str]:
    is_many = attribute.kind == Kind.MULTIPLE and cell not in _labels(attribute)
    words = [word.strip() for word in _BETWEEN.split(cell)] if is_many else [cell]
    return [_code(attribute, word) for word in words if word]


def _code(attribute: Attribute, word: str) -> str:
    if word in attribute.option_of:
        return word
    if _labels(attribute)[word] > 1:
        raise Wrong(gettext_lazy("この名前の選択肢がいくつもあります。符号で書いてください。"))
    return next((code for code, one in attribute.option_of.items() if one.name == word), word)


def _labels(attribute: Attribute) -> Counter[str]:
    return Counter(option.name for option in attribute.option_of.values())


def write_cell(attribute: Attribute, stored: Stored) -> str | int | float | None:
    """What stands in a cell: the option's name, or its code where the name would be read as something else."""
    if stored is None or not attribute.is_chosen:
        return stored  # type: ignore[no-any-return]
    labels = _labels(attribute)
    return "、".join(_word(attribute, code, labels) for code in stored)


def _word(attribute: Attribute, code: str, labels: Counter[str]) -> str:
    option = attribute.option_of.get(code)
    if option is None or labels[option.name] > 1 or _BETWEEN.search(option.name):
        return code
    return option.name if option.name not in attribute.option_of or option.name == code else code


def in_letters(column: int) -> str:
    """A column as a spreadsheet names it: 0 -> A, 27 -> AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def whose(row: list[str], heading: Heading) -> tuple[str, str]:
    """(number, handle) as a row has them."""
    number = row[heading.number] if heading.number is not None and heading.number < len(row) else ""
    handle = row[heading.handle] if heading.handle is not None and heading.handle < len(row) else ""
    return number.removeprefix("#"), handle


def nobody(count: int) -> str:
    """Why a handle is nobody's line."""
    if count:
        return _("この呼び名の友だちが%(count)s人います。番号の列も入れてください。") % {"count": count}
    return _("この友だちは見つかりません。")
