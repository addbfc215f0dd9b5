"""What is wrong with the files of the two keys, in words: they are read at the start, not when the first word is to be opened."""

import os
from pathlib import Path

from madoguchi.core import seal

FEWEST_LETTERS = (
    8  # different ones; 32 letters drawn at random have twice as many even when they are hexadecimal
)
DJANGOS_OWN = "django-insecure"  # how a key begins that Django made for trying things out


def about_the_secret(path: Path, secret: str) -> list[str]:
    """The key that signs sessions, as it was read; empty when there is none."""
    if path.is_dir():
        return [f"MADOGUCHI_SECRET_KEY_FILE の {path} はフォルダーです。鍵のファイルを指定してください。"]
    if path.exists() and not os.access(path, os.R_OK):
        return [_unreadable("MADOGUCHI_SECRET_KEY_FILE", path)]
    if not secret:
        return ["秘密鍵がありません。MADOGUCHI_SECRET_KEY_FILE に50文字以上のファイルを指定してください。"]
    return []


def about_the_secrets_strength(secret: str) -> list[str]:
    if not secret:
        return []
    if len(secret) < 32:
        return ["秘密鍵が短すぎます。32文字以上の乱数にしてください（madoguchi keys で作れます）。"]
    if len(set(secret)) < FEWEST_LETTERS or secret.startswith(DJANGOS_OWN):
        return ["秘密鍵が推測できます。乱数にしてください（madoguchi keys で作れます）。"]
    return []


def about_the_root_key(path: Path) -> list[str]:
    """The root key, read just as it is read for opening."""
    if not path.exists():
        return [
            "暗号の元の鍵がありません。MADOGUCHI_ROOT_KEY_FILE に鍵のファイルを指定し、写しを別の場所に保管してください。"
        ]
    if path.is_dir():
        return [f"MADOGUCHI_ROOT_KEY_FILE の {path} はフォルダーです。鍵のファイルを指定してください。"]
    try:
        seal.read_root_key(path)
    except OSError:
        return [_unreadable("MADOGUCHI_ROOT_KEY_FILE", path)]
    except ValueError:
        return [
            f"{path} は暗号の元の鍵ではありません。写しから戻してください（まだ何もないときだけ、消して madoguchi keys で作れます）。"
        ]
    return []


def about_its_mode(path: Path) -> list[str]:
    """A key that others on the machine can read is none. What systemd gives lies in a folder for the service alone."""
    given = os.environ.get("CREDENTIALS_DIRECTORY")
    if not path.is_file() or (given and Path(given) in path.parents):
        return []
    if path.stat().st_mode & 0o077:
        return [
            f"{path} をほかの利用者も読めます。chmod 600 を実行してください（すでに読まれたかもしれないときは作り直す）。"
        ]
    return []


def _unreadable(variable: str, path: Path) -> str:
    return (
        f"{variable} の {path} を読めません。窓口を動かす利用者を持ち主にして chmod 600 を実行してください。"
    )
