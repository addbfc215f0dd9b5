"""./dev: makes the environment and hands over to the command's own module inside it."""

import os
import sys
from dataclasses import dataclass

from tools.environment import Environment, need_venv
from tools.trouble import Trouble, not_ours


@dataclass(frozen=True)
class Command:
    """One word of ./dev: the packages it needs, the module that carries it out, what it says of itself."""

    tier: str
    module: str
    usage: str
    japanese: str
    english: str


COMMANDS = {
    "run": Command(
        "run", "tools.run", "[--port N] [--no-demo] [--reset]", "デモを動かす", "run the demo desk"
    ),
    "test": Command("test", "tools.test", "[PATH] [pytest の引数]", "テスト", "run the tests, all or some"),
    "check": Command(
        "test", "tools.checks", "[STEP...]", "全ての検査 (CI と同じ)", "every check, as CI does"
    ),
    "bench": Command(
        "test", "tools.benches", "NAME [--quick]", "性能の測定", "measure; ends with one line of JSON"
    ),
    "shots": Command(
        "test", "tools.shots", "", "README の画面写真を撮り直す", "retake the README's pictures"
    ),
    "install": Command(
        "run", "tools.install", "", "本番のための環境だけを作る", "make the environment for production"
    ),
    "shell": Command("run", "tools.shell", "", "動いているデモの Python", "Python inside the running demo"),
    "lock": Command("test", "tools.locks", "[--upgrade]", "依存の固定", "lock the dependencies anew"),
}


def main(words: list[str]) -> int:
    """Run `./dev WORDS`. Returns only when it is not handed over: help, or a mistake."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(_help())
        return 0
    command = COMMANDS.get(words[0])
    if command is None:
        print(f"{words[0]} というコマンドはありません / no such command\n\n{_help()}", file=sys.stderr)
        return 2
    environment = Environment()
    try:
        _prepare(environment, command.tier)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    # exec, not a child: signals meant for ./dev reach the command itself, and there is no one to orphan it.
    os.execv(environment.python, [str(environment.python), "-m", command.module, *words[1:]])


def _prepare(environment: Environment, tier: str) -> None:
    try:
        need_venv()
        environment.ensure(tier)
    except PermissionError as error:
        raise not_ours(error) from error


def _help() -> str:
    lines = ["窓口 Madoguchi", "", "./dev COMMAND", ""]
    for name, command in COMMANDS.items():
        lines += [f"  {name:6} {command.usage}", f"         {command.japanese} / {command.english}"]
    return "\n".join(lines)
