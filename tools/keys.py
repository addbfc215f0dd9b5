"""The two secrets that live beside the database, never in it.

`secret.key` signs sessions: losing it signs everybody out. `root.key` opens everything that is sealed: losing it
loses all content, so it is made only for a database that is empty, and belongs in a backup of its own.
"""

from dataclasses import dataclass
from pathlib import Path

from madoguchi.core.seal import write_key
from tools.trouble import Trouble


@dataclass(frozen=True)
class Keys:
    """The folder of both files. Each holds base64 of 32 random bytes in one line, readable by us alone."""

    folder: Path

    @property
    def secret(self) -> Path:
        return self.folder / "secret.key"

    @property
    def root(self) -> Path:
        return self.folder / "root.key"

    def environment(self) -> dict[str, str]:
        return {"MADOGUCHI_SECRET_KEY_FILE": str(self.secret), "MADOGUCHI_ROOT_KEY_FILE": str(self.root)}


def ensure(folder: Path, *, has_data: bool) -> Keys:
    """Make the keys that are missing. Raises Trouble if the root key is gone while there is data to open."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = Keys(folder)
    if has_data and not keys.root.exists():
        raise Trouble(
            f"{keys.root} がありません。これがないと保存済みの内容を読めません。バックアップから戻してください。\n"
            f"{keys.root} is missing, and stored content cannot be read without it: restore it from its backup.\n"
            "(全て消して始め直す / erase everything and begin anew: ./dev run --reset)"
        )
    for path in (keys.secret, keys.root):
        if not path.exists():
            write_key(path)
    return keys
