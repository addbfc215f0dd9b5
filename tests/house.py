"""The rules of the house that no linter knows (STYLE.md), each a function from a tree to its violations.

A violation is `path:line what`. Functions and not tests, so that tests/test_house.py can try each on a planted one.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

_FOLDERS = ("config", "madoguchi", "line_emulator", "tools", "tests", "bench", "faults")
_SUFFIXES = {".py", ".html", ".css", ".js"}
_LONGEST_FILE, _LONGEST_FUNCTION = 400, 40  # lines

_EMPTY_WORDS = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "manager",
    "service",
    "services",
    "handler",
    "handlers",
}
_NEVER_A_MODEL = {
    "Tenant",
    "Inbox",
    "Customer",
    "Field",
    "Form",
    "Group",
    "List",
    "Campaign",
    "Broadcast",
    "Post",
    "Ticket",
    "Case",
    "Chat",
    "Agent",
    "Manager",
}

_RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
_ALWAYS_WRITES = re.compile(r"a?(create|get_or_create|update_or_create|bulk_create|bulk_update)$")
_BARE_WRITES = re.compile(
    r"a?(save|update|delete)$"
)  # of a model or queryset only without positional arguments
_DICTIONARIES = {"initial", "attrs", "context", "headers"}  # Django's names for what also has an `update`
_SQL_WRITES = re.compile(r"\s*(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|TRUNCATE)\b")
# Writes that are not an app's own act, with the reason why they stand elsewhere.
WRITERS = {
    "madoguchi/core/work.py": "claims and leases of every kind of work: the row is the job",
}


def files(tree: Path) -> Iterator[Path]:
    """Every source file of the house below `tree`."""
    for folder in _FOLDERS:
        for path in sorted((tree / folder).rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                yield path


def _python(tree: Path, inside: str = "") -> Iterator[tuple[str, ast.Module]]:
    for path in files(tree):
        name = path.relative_to(tree).as_posix()
        if path.suffix == ".py" and name.startswith(inside):
            yield name, ast.parse(path.read_text())


def _is_migration(name: str) -> bool:
    return "/migrations/" in name


def long_files(tree: Path) -> list[str]:
    lengths = {path: len(path.read_text().splitlines()) for path in files(tree)}
    return [
        f"{path.relative_to(tree)}:1 {lines} lines, {_LONGEST_FILE} at most"
        for path, lines in lengths.items()
        if lines > _LONGEST_FILE
    ]


def long_functions(tree: Path) -> list[str]:
    return [
        f"{name}:{node.lineno} {node.name} has more than {_LONGEST_FUNCTION} lines"
        for name, module in _python(tree)
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= _LONGEST_FUNCTION
    ]


def empty_names(tree: Path) -> list[str]:
    """Files, folders and classes whose name says nothing (`utils`), and models with a name GLOSSARY.md forbids."""
    found = []
    for path in files(tree):
        short = path.relative_to(tree)
        if _words("_".join(short.with_suffix("").parts)) & _EMPTY_WORDS:
            found.append(f"{short}:1 says nothing: {short}")
    for name, module in _python(tree):
        for node in (node for node in ast.walk(module) if isinstance(node, ast.ClassDef)):
            forbidden = "models" in name and node.name in _NEVER_A_MODEL
            if forbidden or _words(node.name) & _EMPTY_WORDS:
                found.append(f"{name}:{node.lineno} another name is needed: {node.name}")
    return found


def _statements(module: ast.Module) -> Iterator[ast.expr | ast.stmt]:
    return (node for node in ast.walk(module) if isinstance(node, ast.expr | ast.stmt))


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}


def reverse_names(tree: Path) -> list[str]:
    """Relations to another app without related_name="+": through them a lower floor would know a higher one."""
    return [
        f'{name}:{node.lineno} needs related_name="+"'
        for name, module in _python(tree, "madoguchi/")
        if "models" in name
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and _called(node) in _RELATIONS
        and _leaves_app(node, name, _imported(module))
        and not any(word.arg == "related_name" and _constant(word.value) == "+" for word in node.keywords)
    ]


def _leaves_app(call: ast.Call, name: str, imported: dict[str, str]) -> bool:
    target = (
        call.args[0] if call.args else next((word.value for word in call.keywords if word.arg == "to"), None)
    )
    app = ".".join(Path(name).parts[:2])
    match target:
        case ast.Constant(value=str(text)):
            return "." in text and text.split(".")[0] != app.split(".")[1]
        case ast.Attribute(attr="AUTH_USER_MODEL"):
            return app != "madoguchi.accounts"
        case ast.Name(id=text) | ast.Attribute(value=ast.Name(id=text)):
            return text in imported and not f"{imported[text]}.".startswith(f"{app}.")
    return False


def _imported(module: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: node.module or ""
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def looked_up_models(tree: Path) -> list[str]:
    """`apps.get_model` outside migrations: an import that the layers cannot see."""
    return [
        f"{name}:{node.lineno} apps.get_model"
        for name, module in _python(tree, "madoguchi/")
        if not _is_migration(name)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and _called(node) == "get_model"
    ]


def writes_outside_actions(tree: Path) -> list[str]:
    """Calls and SQL that write, outside an app's actions (a file or a folder), migrations and WRITERS."""
    return [
        f"{name}:{node.lineno} writes outside actions.py"
        for name, module in _python(tree, "madoguchi/")
        if not _is_migration(name) and name not in WRITERS and not re.search(r"/actions(/|\.py$)", name)
        for node in _statements(module)
        if _writes(node)
    ]


def _writes(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str(text)):
            return bool(_SQL_WRITES.match(text))
        case ast.Call(
            func=ast.Attribute(attr="update", value=ast.Attribute(attr=name) | ast.Name(id=name))
        ) if name in _DICTIONARIES:
            return False
        case ast.Call(func=ast.Attribute(value=ast.Name(id="actions"))):
            return False  # an act of an app, asked for by its name
        case ast.Call(func=ast.Attribute(attr=verb)):
            bare = bool(_BARE_WRITES.match(verb)) and not node.args
            return bool(_ALWAYS_WRITES.match(verb)) or (
                bare and (verb.endswith(("save", "delete")) or bool(node.keywords))
            )
    return False


def hidden_machinery(tree: Path) -> list[str]:
    """Signals, class views and save() overrides: what happens is written where it happens."""
    return [
        f"{name}:{node.lineno} signal, class view or save() override"
        for name, module in _python(tree, "madoguchi/")
        for node in _statements(module)
        if _is_hidden(node)
    ]


def _is_hidden(node: ast.AST) -> bool:
    match node:
        case ast.ImportFrom(module=str(source)):
            banned = ("django.dispatch", "django.db.models.signals", "django.views.generic")
            return source.startswith(banned) or (
                source == "django.views" and any(a.name == "View" for a in node.names)
            )
        case ast.ClassDef(body=body):
            return any(isinstance(part, ast.FunctionDef) and part.name == "save" for part in body)
    return False


def lost_with_its_process(tree: Path) -> list[str]:
    """`on_commit`: what runs after a commit dies with its process. What must happen is a row that says so (core/work.py)."""
    return [
        f"{name}:{node.lineno} on_commit"
        for name, module in _python(tree, "madoguchi/")
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and _called(node) == "on_commit"
    ]


_ELEMENT = re.compile(r'<[a-z-]+ (?:[^">]|"[^"]*")*>')
_PULLED = re.compile(r'hx-trigger="[^"]*(?:live:|news|every )')
_OWN_QUEUE = re.compile(r'hx-disinherit="(?:\*|[^"]*hx-sync)')


def presses_behind_pulls(tree: Path) -> list[str]:
    """An element that pulls itself hands its `hx-sync` down: what a person presses inside would queue behind the pull, and be
    dropped when the answer has drawn the button anew."""
    return [
        f"{path.relative_to(tree)}:{text[: tag.start()].count(chr(10)) + 1} hx-sync"
        for path in files(tree)
        if path.suffix == ".html"
        for text in [path.read_text()]
        for tag in _ELEMENT.finditer(text)
        if 'hx-sync="this:' in tag[0] and _PULLED.search(tag[0]) and not _OWN_QUEUE.search(tag[0])
    ]


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _constant(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


RULES: dict[str, Callable[[Path], list[str]]] = {
    rule.__name__: rule
    for rule in (
        long_files,
        long_functions,
        empty_names,
        reverse_names,
        looked_up_models,
        writes_outside_actions,
        hidden_machinery,
        lost_with_its_process,
        presses_behind_pulls,
    )
}
