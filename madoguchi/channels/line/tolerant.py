"""Odd JSON values read as absent: what the readers of events stand on."""

import math

from .body import JsonObject, storable

MAX_ID = 255


def as_object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def as_text(value: object) -> str | None:
    return storable(value) if isinstance(value, str) and value else None


def as_id(value: object) -> str | None:
    """An id as text, also when it came as a number; None when it is too long to be one."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**30:
        return str(value)
    text = as_text(value)
    return text if text and len(text) <= MAX_ID else None


def as_count(value: object) -> int | None:
    """A whole number from 0 to 2**53 - 1, the range in which JSON numbers are exact."""
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    return value if is_count and isinstance(value, int) else None


def as_degrees(value: object, limit: int) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and abs(value) <= limit else None
