"""./dev run: a desk on this machine, from nothing to two browser windows.

One per clone: a lock says so, held by this process alone and freed by the kernel however it ends.
"""

import argparse
import fcntl
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tools.progress import say, step
from tools.scratch import DATA
from tools.stack import DESK_PORT, Stack
from tools.trouble import Trouble, not_ours

_ERASED = ("postgres", "emulator")  # never the keys: a backup may still need them


class Ended(BaseException):
    """Someone asked us to end: Ctrl-C, SIGTERM, or a terminal that closed."""


def main(words: list[str]) -> int:
    """Run a desk until asked to end. Returns 0 then, 1 when it could not start or is running already."""
    options = _options(words)
    DATA.mkdir(exist_ok=True)
    try:
        with _only_one():
            _listen(_end)
            if options.reset:
                _reset(agreed=options.yes)
            _run(Stack(DATA, options.port), seed=not options.no_demo)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"\n{not_ours(error)}", file=sys.stderr)
        return 1
    except Ended:
        pass
    return 0


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev run", description="デモの窓口を動かす / run the demo desk")
    parser.add_argument(
        "--port", type=int, default=DESK_PORT, help="窓口のポート / the desk's port (%(default)s)"
    )
    parser.add_argument(
        "--no-demo", action="store_true", help="デモのデータを入れない / do not seed the demo"
    )
    parser.add_argument(
        "--reset", action="store_true", help="全てのデータを消して始める / erase all data first"
    )
    parser.add_argument("--yes", action="store_true", help="--reset の確認をしない / do not ask")
    return parser.parse_args(words)


def _run(stack: Stack, *, seed: bool) -> None:
    began = time.monotonic()
    state = DATA / "run.json"
    try:
        accounts = stack.start(seed=seed)
        _write_state(state, stack)
        _welcome(stack, accounts, time.monotonic() - began)
        asked: list[
            int
        ] = []  # noted and not raised: in the midst of looking at a child an exception would lose it
        _listen(lambda number, _frame: asked.append(number))
        stack.watch(lambda: not asked)
    finally:
        _listen(signal.SIG_IGN)  # the end is under way
        state.unlink(missing_ok=True)
        with step("終了", "ending"):
            stack.stop()


def _welcome(stack: Stack, accounts: str, seconds: float) -> None:
    desks = f"{stack.desk}/demo/" if accounts else f"{stack.desk}/"
    lines = [
        f"\n窓口が動いています ({seconds:.1f} 秒) / Madoguchi is running\n",
        f"  相談員の机 / desks      {desks}",
        f"  友だちの電話 / phones   {stack.phones}/{_phones(accounts)}",
        *([f"\n  サインイン / sign in    {stack.desk}/"] if accounts else []),
        *(f"    {_account(line)}" for line in accounts.splitlines() if '"phones"' not in line),
        f"\n終わるには Ctrl-C / Ctrl-C ends it · {DATA / 'logs'}\n",
    ]
    say("\n".join(lines))


def _phones(told: str) -> str:
    """Which phones to open first, as `madoguchi demo` told it."""
    lines = [line for line in told.splitlines() if line.startswith('{"phones"')]
    return str(json.loads(lines[0])["phones"]) if lines else ""


def _account(line: str) -> str:
    """One line of `madoguchi demo` for the eye: who, as what, with which address and password."""
    try:
        told = json.loads(line)
        return f"{told['email']}  {told['password']}  {told['name']} ({'・'.join(told['roles'])})"
    except (ValueError, KeyError, TypeError):
        return line


def _write_state(path: Path, stack: Stack) -> None:
    told = {"pid": os.getpid(), "desk": stack.desk, "phones": stack.phones, "environment": _changed(stack)}
    unfinished = path.with_suffix(".unfinished")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(told, file)
    unfinished.rename(path)


def _changed(stack: Stack) -> dict[str, str]:
    return {name: value for name, value in stack.environment().items() if os.environ.get(name) != value}


def read_state() -> dict[str, object]:
    """Return what a running `./dev run` of this clone tells of itself, or nothing."""
    try:
        return dict(json.loads((DATA / "run.json").read_text()))
    except (FileNotFoundError, ValueError):
        return {}


@contextmanager
def _only_one() -> Iterator[None]:
    with (DATA / "run.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = read_state().get("desk", "起動中です / it is starting")
            raise Trouble(
                f"このクローンではすでに動いています / already running in this clone:\n\n    {where}\n"
            ) from None
        yield


def _reset(*, agreed: bool) -> None:
    present = [DATA / name for name in _ERASED if (DATA / name).exists()]
    if not present:
        return
    say("消すもの / to be erased:\n" + "\n".join(f"  {path}" for path in present))
    if not agreed and not _agrees():
        raise Trouble("何も消しませんでした / nothing was erased")
    for path in present:
        shutil.rmtree(path)


def _agrees() -> bool:
    try:
        return input("本当に消しますか? 「yes」と入力 / type yes to erase: ").strip() == "yes"
    except EOFError:  # nobody is there to answer
        return False


def _listen(answer: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup wants it ignored
            signal.signal(number, answer)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise Ended


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
