"""What is being done, for how long: a spinner for a person, one line a step for a log."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_INTERVAL = 0.1  # seconds


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


@contextmanager
def step(japanese: str, english: str) -> Iterator[None]:
    """Show that a step is being done; then its mark (✓ or ✗) and its seconds."""
    label, began = f"{japanese} / {english}", time.monotonic()
    ended = threading.Event()
    spinner = threading.Thread(target=_spin, args=(label, began, ended), daemon=True)
    if sys.stdout.isatty():
        spinner.start()
    mark = "✗"
    try:
        yield
        mark = "✓"
    finally:
        ended.set()
        if spinner.ident is not None:
            spinner.join()
            print("\r\x1b[2K", end="")
        say(f"{mark} {label}  {time.monotonic() - began:.1f} s")


def _spin(label: str, began: float, ended: threading.Event) -> None:
    turn = 0
    while not ended.wait(_INTERVAL):
        frame = _FRAMES[turn % len(_FRAMES)]
        print(f"\r\x1b[2K{frame} {label}  {time.monotonic() - began:.0f} s", end="", flush=True)
        turn += 1
