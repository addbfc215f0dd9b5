"""Reading a JSON object field by field, noting what is wrong with its property path, in LINE's words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from line_emulator.channels import LOOPBACK
from line_emulator.validate import counting

Json = dict[str, Any]

MISSING = "must be specified"
EMPTY = "May not be empty"


class WrongType(Exception):
    """A value of the wrong JSON type: LINE refuses the whole body at once. The text is the property path."""


@dataclass(slots=True)
class Problems:
    """What is wrong, in order. `where` is context that some checks need."""

    where: Where
    details: list[dict[str, str]] = field(default_factory=list)

    def add(self, message: str, path: str) -> None:
        self.details.append({"message": message, "property": path})


@dataclass(slots=True, frozen=True)
class Where:
    """`chat`: (channel id, chat id) when one chat is meant; `members`: who is in it, for groups and rooms alone.
    `is_dry`: only validated, not sent. `allows_mention`: reply and push."""

    chat: tuple[str, str] | None = None
    members: Collection[str] | None = None
    strict_https: bool = False
    is_dry: bool = False
    allows_mention: bool = False


class Fields:
    """One JSON object at `path`. Each method returns the value or None, and notes problems. null means absent."""

    def __init__(self, given: Json, path: str, problems: Problems) -> None:
        self.given, self.path, self.problems = given, path, problems

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def has(self, name: str) -> bool:
        return self.given.get(name) is not None

    def note(self, message: str, name: str) -> None:
        self.problems.add(message, self.at(name))

    def typed(self, name: str, kind: type | tuple[type, ...]) -> Any:
        value = self.given.get(name)
        if value is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise WrongType(self.at(name))
        return value

    def text(
        self,
        name: str,
        most: int,
        *,
        least: int = 1,
        required: bool = True,
        clusters: bool = False,
        missing: str = EMPTY,
    ) -> str | None:
        value: str | None = self.typed(name, str)
        if value is None:
            if required:
                self.note(missing, name)
            return None
        length = counting.graphemes(value) if clusters else counting.utf16(value)
        if length == 0 and least:
            self.note(EMPTY, name)
        elif length > most:
            self.note(f"Length must be between {0 if least <= 1 else least} and {most}", name)
        return value

    def choice(self, name: str, values: Collection[str], *, required: bool = False) -> str | None:
        value: str | None = self.typed(name, str)
        if value is None:
            if required:
                self.note(MISSING, name)
            return None
        if value not in values:
            self.note(f"Must be one of the following values: [{', '.join(values)}]", name)
            return None
        return value

    def number(self, name: str, low: float, high: float, *, required: bool = True) -> float | None:
        value: float | None = self.typed(name, (int, float))
        if value is None:
            if required:
                self.note(MISSING, name)
        elif not low <= value <= high:
            self.note(f"Must be between {low} and {high}", name)
        return value

    def flag(self, name: str) -> bool | None:
        value: bool | None = self.typed(name, bool)
        return value

    def child(self, name: str, *, required: bool = False) -> Fields | None:
        value = self.typed(name, dict)
        if value is None:
            if required:
                self.note(MISSING, name)
            return None
        return Fields(value, self.at(name), self.problems)

    def children(self, name: str, least: int, most: int, *, required: bool = True) -> list[Fields]:
        """The objects of a list whose size must be between `least` and `most`."""
        value = self.typed(name, list)
        if value is None:
            if required:
                self.note(EMPTY if least else MISSING, name)
            return []
        if not least <= len(value) <= most:
            self.note(f"Size must be between {least} and {most}", name)
        for number, item in enumerate(value):
            if not isinstance(item, dict):
                raise WrongType(f"{self.at(name)}[{number}]")
        return [
            Fields(item, f"{self.at(name)}[{number}]", self.problems) for number, item in enumerate(value)
        ]

    def link(self, name: str, *, most: int = 2000, required: bool = True) -> str | None:
        """An https URL. Plain http is let through for loopback unless `strict_https`: a stand-in's desk has no TLS."""
        value = self.text(name, most, required=required, missing=MISSING)
        if value and not _is_https(value, strict=self.problems.where.strict_https):
            self.note("invalid uri", name)
        return value


def _is_https(url: str, *, strict: bool) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme == "http":
        return not strict and host in LOOPBACK
    return parts.scheme == "https" and bool(host) and " " not in url
