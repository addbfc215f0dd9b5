"""The phrases that come along (ready_made.toml), as a form would give them."""

import tomllib
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("ready_made.toml")
READY_MADE: tuple[dict[str, Any], ...] = tuple(
    {"choices": [], **one} for one in tomllib.loads(_FILE.read_text())["phrase"]
)
