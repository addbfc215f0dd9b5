"""The house keeps its rules, and each rule notices when it is broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).resolve().parent.parent

PLANTED = {
    "long_files": ("madoguchi/desk/endless.py", "# more\n" * 401),
    "long_functions": ("madoguchi/desk/endless.py", "def endless():\n" + "    print()\n" * 40),
    "empty_names": ("madoguchi/desk/utils.py", ""),
    "reverse_names": (
        "madoguchi/desk/models.py",
        "from madoguchi.contacts.models import Contact\nc = models.ForeignKey(Contact, on_delete=models.PROTECT)\n",
    ),
    "looked_up_models": ("madoguchi/core/sly.py", 'apps.get_model("desk", "Conversation")\n'),
    "writes_outside_actions": ("madoguchi/desk/views.py", "conversation.save()\n"),
    "hidden_machinery": ("madoguchi/desk/sly.py", "from django.dispatch import receiver\n"),
    "lost_with_its_process": ("madoguchi/desk/sly.py", "transaction.on_commit(tell)\n"),
    "presses_behind_pulls": (
        "madoguchi/desk/sly.html",
        '<div hx-get="/" hx-trigger="live:desk-1 from:body" hx-sync="this:queue last"><form hx-post="/">\n',
    ),
}

HARMLESS = """
digest.update(b"bytes")
cache.delete("key")
words.update({"a": 1})
self.initial.update(name=name)
own = models.ForeignKey("self", on_delete=models.CASCADE)
lower = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
"""


@pytest.mark.parametrize("rule", house.RULES)
def test_the_house_keeps_its_rule(rule: str) -> None:
    assert house.RULES[rule](ROOT) == []


@pytest.mark.parametrize("rule", house.RULES)
def test_a_planted_violation_is_found(rule: str, tmp_path: Path) -> None:
    name, text = PLANTED[rule]
    _plant(tmp_path, name, text)
    (found,) = house.RULES[rule](tmp_path)
    assert found.startswith(f"{name}:")


@pytest.mark.parametrize(
    "write",
    [
        "conversation.delete()",
        "Conversation.objects.create(contact=contact)",
        "Conversation.objects.filter(pk=1).update(closed_at=now)",
        "Conversation.objects.bulk_create(rows)",
        "await conversation.asave()",
        'cursor.execute("""\n  INSERT INTO desk_note VALUES (1)""")',
    ],
)
def test_every_kind_of_write_is_found(write: str, tmp_path: Path) -> None:
    _plant(tmp_path, "madoguchi/desk/models.py", f"async def act():\n    {write}\n")
    assert house.writes_outside_actions(tmp_path)
    _plant(tmp_path, "madoguchi/desk/actions/close.py", f"async def act():\n    {write}\n")
    (tmp_path / "madoguchi/desk/models.py").unlink()
    assert not house.writes_outside_actions(tmp_path)


@pytest.mark.parametrize(
    "target", ['"contacts.Contact"', "settings.AUTH_USER_MODEL", 'to="contacts.Contact"']
)
def test_every_way_to_name_a_lower_floor_needs_a_closed_reverse(target: str, tmp_path: Path) -> None:
    _plant(
        tmp_path, "madoguchi/desk/models.py", f"c = models.ForeignKey({target}, on_delete=models.PROTECT)\n"
    )
    assert house.reverse_names(tmp_path)


def test_what_only_looks_like_a_violation_is_let_be(tmp_path: Path) -> None:
    _plant(tmp_path, "madoguchi/desk/models.py", HARMLESS)
    assert [rule for rule in house.RULES if house.RULES[rule](tmp_path)] == []


def test_every_exception_still_has_its_file() -> None:
    assert [name for name in house.WRITERS if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("floor", "line"),
    [
        ("madoguchi/core/clock.py", "import madoguchi.desk.models"),
        ("madoguchi/channels/line/signature.py", "import django.conf"),
        ("madoguchi/core/clock.py", "import line_emulator"),
        ("line_emulator/clock.py", "import madoguchi"),
        ("madoguchi/threads/models.py", "import madoguchi.threads.actions"),
        ("madoguchi/core/clock.py", "import tools"),
    ],
)
def test_an_upward_import_fails_the_check(floor: str, line: str, tmp_path: Path) -> None:
    for name in ("config", "madoguchi", "line_emulator", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / floor).open("a") as file:
        file.write(f"\n{line}\n")
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    importer = floor.removesuffix(".py").replace("/", ".")
    assert done.returncode == 1
    assert f"{importer} -> {line.split()[1].removesuffix('.conf')}" in done.stdout


def _plant(tree: Path, name: str, text: str) -> None:
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
