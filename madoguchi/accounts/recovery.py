"""Recovery codes: for whoever has lost the telephone of the second factor. Ten, shown once, each good once.

Only a keyed hash is kept. Digits alone, because they are written on paper and typed on telephones.
"""

import secrets
import unicodedata

from madoguchi.accounts import keys
from madoguchi.accounts.models import User
from madoguchi.core import seal

COUNT, DIGITS = 10, 12


def new_codes() -> list[str]:
    """As a person reads them: 1234-5678-9012."""
    numbers = [f"{secrets.randbelow(10**DIGITS):0{DIGITS}}" for _ in range(COUNT)]
    return ["-".join(number[at : at + 4] for at in range(0, DIGITS, 4)) for number in numbers]


def plain(code: str) -> str:
    """The digits of what was typed, without hyphens, spaces and full width."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", code) if letter not in " -‐－ー−")


def kept(user: User, code: str) -> str:
    """What is kept of a code."""
    key = seal.derive(keys.root_key(), "recovery code")
    return seal.lookup(key, f"{user.pk} {plain(code)}").hex()
