"""Whether what is known of a friend fits a rule: pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from madoguchi.routing.models import Condition


def fits(conditions: Sequence[Condition], known: dict[str, Any], speaker: str) -> bool:
    """All of them. `known`: the plain values, {str(attribute id): codes | number | "YYYY-MM-DD"} (contacts.Values); what is not
    known fits nothing. `speaker`: who says to be speaking, or nothing."""
    return bool(conditions) and all(_holds(one, known, speaker) for one in conditions)


def _holds(condition: Condition, known: dict[str, Any], speaker: str) -> bool:
    if condition.attribute_id is None:
        return speaker in condition.codes
    value = known.get(str(condition.attribute_id))
    if isinstance(value, list):
        return bool(set(condition.codes) & set(value))
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        ends = (condition.least, condition.most)
        return ends != (None, None) and _is_between(value, *ends)
    if isinstance(value, str) and (condition.since or condition.until):
        return _is_between(date.fromisoformat(value), condition.since, condition.until)
    return False


def _is_between(value: Any, least: Any, most: Any) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)
