"""The English beside the Japanese: `python -m tools.translations` collects every string that a screen shows into django.po,
keeps what is translated, says what is not, and makes django.mo. Needs no gettext on the machine.

Both files are committed: the product starts without a build step. A test says when they have fallen behind.
"""

import ast
import json
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.scratch import ROOT

HERE = ROOT / "madoguchi" / "locale" / "en" / "LC_MESSAGES"
PO, MO = HERE / "django.po", HERE / "django.mo"
PURE = ("channels/line/reasons.py",)  # knows no Django: its Japanese is translated where it is shown
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"

_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_TAG = re.compile(r'{%\s*translate\s+"([^"]+)"')
_FILTER = re.compile(r'_\("([^"]+)"\)')
_BLOCK = re.compile(r"{%\s*blocktranslate\b[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
_PLURAL = re.compile(r"{%\s*plural\s*%}")
_VARIABLE = re.compile(r"{{\s*([\w.]+)[^}]*}}")
_ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr|msgstr\[0\]|msgstr\[1\]) (".*")$', re.MULTILINE)

Catalogue = dict[str, list[str]]
"""Japanese -> its English: one string, or singular and plural."""


def found(folder: Path = ROOT / "madoguchi") -> dict[str, bool]:
    """Every string shown on a screen -> whether it has a plural."""
    strings: dict[str, bool] = {}
    for path in sorted(folder.rglob("*.html")):
        strings |= dict(_in_template(path.read_text()))
    for path in sorted(folder.rglob("*.py")):
        is_pure = str(path.relative_to(folder)) in PURE
        strings |= dict.fromkeys(_in_python(path.read_text(), is_pure=is_pure), False)
    return strings


def _in_template(source: str) -> Iterator[tuple[str, bool]]:
    for pattern in (_TAG, _FILTER):
        yield from ((match, False) for match in pattern.findall(source))
    for body in _BLOCK.findall(source):
        single, *plural = _PLURAL.split(body)
        yield _VARIABLE.sub(r"%(\1)s", single.replace("%", "%%")), bool(plural)


def _in_python(source: str, *, is_pure: bool) -> Iterator[str]:
    tree = ast.parse(source)
    if is_pure:
        yield from _whole_strings(tree)
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _whole_strings(tree: ast.AST) -> Iterator[str]:
    """Japanese that is neither a docstring nor a piece of a formatted string."""
    passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    passed |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in passed]
    yield from (
        each.value for each in constants if isinstance(each.value, str) and _JAPANESE.search(each.value)
    )


def read(path: Path = PO) -> Catalogue:
    """What a .po file of ours has translated."""
    catalogue: Catalogue = {}
    msgid = ""
    for name, quoted in _ENTRY.findall(path.read_text()) if path.exists() else []:
        if name == "msgid":
            msgid = json.loads(quoted)
            catalogue[msgid] = []
        elif name.startswith("msgstr"):
            catalogue[msgid].append(json.loads(quoted))
    catalogue.pop("", None)
    return catalogue


def written(strings: dict[str, bool], catalogue: Catalogue) -> str:
    """A .po file with these strings, one line each, in their own order."""
    lines = ["# English for the screens of Madoguchi.", 'msgid ""', f"msgstr {_quoted(HEADER)}", ""]
    for text, has_plural in sorted(strings.items()):
        english = catalogue.get(text) or [""]
        lines.append(f"msgid {_quoted(text)}")
        if has_plural:
            lines.append(f"msgid_plural {_quoted(text)}")
            lines += [f"msgstr[{place}] {_quoted(said)}" for place, said in enumerate((english * 2)[:2])]
        else:
            lines.append(f"msgstr {_quoted(english[0])}")
        lines.append("")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def compiled(strings: dict[str, bool], catalogue: Catalogue) -> bytes:
    """The .mo file (GNU gettext's format, little-endian, no hash table): what gettext reads."""
    pairs = {"": HEADER}
    for text, english in catalogue.items():
        if text in strings and all(english) and english:
            pairs[f"{text}\0{text}" if strings[text] else text] = "\0".join(english)
    entries = [
        (key.encode(), said.encode())
        for key, said in sorted(pairs.items(), key=lambda pair: pair[0].encode())
    ]
    begin, tables = 28 + 16 * len(entries), ([], [])  # type: tuple[int, tuple[list[int], list[int]]]
    body = b""
    for side in (0, 1):
        for entry in entries:
            tables[side].extend((len(entry[side]), begin + len(body)))
            body += entry[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, begin)
    return head + struct.pack(f"<{4 * len(entries)}I", *tables[0], *tables[1]) + body


def main() -> int:
    strings, catalogue = found(), read()
    HERE.mkdir(parents=True, exist_ok=True)
    PO.write_text(written(strings, catalogue))
    MO.write_bytes(compiled(strings, catalogue))
    missing = [text for text in strings if not any(catalogue.get(text, []))]
    for text in missing:
        print(text)
    print(f"{len(strings)} strings, {len(missing)} without English", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
