"""The webhook's bytes -> the raw events in it, and how raw JSON is kept.

LINE may send anything tomorrow, so this reads without a schema and refuses only what isn't a webhook at all.
orjson does the ordinary bodies; what it refuses but LINE could send (half a surrogate pair from a cut-off
emoji, a number beyond double precision) goes through the slower standard library, so that one odd letter
never loses the events beside it.
"""

import json
import math
import re
from collections.abc import Iterable
from typing import Any, NoReturn

import orjson

JsonObject = dict[str, Any]

MAX_DEPTH = 64
"""Nested containers allowed in a body, itself included. Real events stay under 10; orjson reads 1024 deep but
writes only 254, and Python's own recursion ends near 1000: refuse long before anything can break."""

_EXACT_DIGITS = 18
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class BodyError(ValueError):
    """This body is no webhook. The text names the kind only: nothing of the body is in it."""

    code = "body"


class NotJson(BodyError):
    code = "not_json"


class TooDeep(BodyError):
    code = "too_deep"


class NotAnObject(BodyError):
    code = "not_an_object"


class NoEvents(BodyError):
    """There is no `events` list (an empty list is fine: LINE's connection check)."""

    code = "no_events"


def parse_body(raw: bytes) -> tuple[str | None, list[JsonObject]]:
    """`(destination, events)`: the bot's user id if the body names one, and every event as a raw dict.

    An item of `events` that isn't an object is kept as `{"value": item}`, so that it is stored and shown as
    unknown instead of taking its neighbours with it. Raises NotJson, TooDeep, NotAnObject or NoEvents.
    """
    body = load(raw)
    if not isinstance(body, dict):
        raise NotAnObject("the body is not a JSON object")
    events = body.get("events")
    if not isinstance(events, list):
        raise NoEvents("the body has no list of events")
    destination = body.get("destination")
    return (
        storable(destination) if isinstance(destination, str) and destination else None,
        [event if isinstance(event, dict) else {"value": event} for event in events],
    )


def load(raw: bytes) -> Any:
    """Any JSON value, at most MAX_DEPTH deep; reads back what `dump` wrote. Raises NotJson or TooDeep."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        value = _load_slowly(raw)
    openings = len(raw) - len(raw.translate(None, b"{["))  # one pass, where counting each takes two
    if openings > MAX_DEPTH and _is_deeper_than(MAX_DEPTH, value):
        raise TooDeep("the body is nested too deeply")
    return value


def dump(value: Any) -> bytes:
    """JSON bytes that `load` turns back into an equal value, halves of surrogate pairs included."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def storable(value: Any) -> Any:
    """`value` as PostgreSQL can store it: U+0000 and lone surrogates become U+FFFD, in keys too.

    Meant for columns and templates: the event itself stays recoverable through `dump`.
    """
    match value:
        case str() if value.isprintable():  # neither of them is; spares most texts the search
            return value
        case str():
            return _UNSTORABLE.sub("\ufffd", value)
        case dict():
            return {storable(key): storable(item) for key, item in value.items()}
        case list():
            return [storable(item) for item in value]
        case _:
            return value


def _load_slowly(raw: bytes) -> Any:
    try:
        text = raw.decode("utf-8", "surrogatepass")
        return json.loads(text, parse_constant=_refuse_constant, parse_int=_integer, parse_float=_finite)
    except RecursionError:
        raise TooDeep("the body is nested too deeply") from None
    except ValueError:
        raise NotJson("the body is not JSON") from None


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _integer(digits: str) -> int | float | str:
    return int(digits) if len(digits) <= _EXACT_DIGITS else _finite(digits)


def _finite(digits: str) -> float | str:
    """A number beyond double precision is kept as its text: nothing of ours counts that far."""
    number = float(digits)
    return number if math.isfinite(number) else digits


def _children(item: JsonObject | list[Any]) -> Iterable[Any]:
    return item.values() if isinstance(item, dict) else item


def _is_deeper_than(limit: int, value: Any) -> bool:
    level = [value]
    for _ in range(limit + 1):
        containers = [item for item in level if isinstance(item, dict | list)]
        if not containers:
            return False
        level = [child for item in containers for child in _children(item)]
    return True
