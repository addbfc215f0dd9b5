"""Bodies: what is a webhook, what isn't, and what of it can be stored."""

import json
import time
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.channels.line.body import (
    MAX_DEPTH,
    BodyError,
    NoEvents,
    NotAnObject,
    NotJson,
    TooDeep,
    dump,
    load,
    parse_body,
    storable,
)

from .samples import BOT, EVENTS

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)


def test_a_webhook_gives_its_destination_and_its_events_as_they_came() -> None:
    raw = json.dumps({"destination": BOT, "events": EVENTS}).encode()
    assert parse_body(raw) == (BOT, EVENTS)


def test_the_connection_check_and_the_old_verify_button_are_webhooks() -> None:
    assert parse_body(b'{"destination":"U1","events":[]}') == ("U1", [])
    assert parse_body(b'{"events":[]}') == (None, [])


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"", NotJson),
        (b"\xff\xfe", NotJson),
        (b'{"events":[]', NotJson),
        (b'{"events":[NaN]}', NotJson),
        (b'{"events":[]} x', NotJson),
        (b"[]", NotAnObject),
        (b"3", NotAnObject),
        (b"{}", NoEvents),
        (b'{"events":{}}', NoEvents),
        (b'{"events":null}', NoEvents),
    ],
)
def test_what_is_no_webhook_is_refused_by_name(raw: bytes, error: type[BodyError]) -> None:
    with pytest.raises(error):
        parse_body(raw)


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 300, 1024, 1025, 5000, 400_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_a_deep_body_is_refused_at_once_and_breaks_nothing(
    depth: int, opening: bytes, closing: bytes
) -> None:
    raw = b'{"events":[]}'.replace(b"[]", opening * depth + b"1" + closing * depth)
    began = time.process_time()
    with pytest.raises(TooDeep):
        parse_body(raw)
    assert time.process_time() - began < 1


def test_many_shallow_events_are_not_mistaken_for_a_deep_one() -> None:
    _, events = parse_body(dump({"events": EVENTS * 50}))
    assert len(events) == len(EVENTS) * 50
    assert load(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH) is not None


def test_half_an_emoji_loses_neither_its_event_nor_the_ones_beside_it() -> None:
    raw = b'{"events":[{"type":"message","message":{"text":"a\\ud83d"}},{"type":"follow"}]}'
    _, events = parse_body(raw)
    assert [event["type"] for event in events] == ["message", "follow"]
    assert events[0]["message"]["text"] == "a\ud83d"
    assert load(dump(events[0])) == events[0]


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"1" * 400, b"1" * 5000, b"9" * 30])
def test_an_absurd_number_takes_nothing_with_it_and_can_be_written_again(number: bytes) -> None:
    _, events = parse_body(b'{"events":[{"type":"follow","timestamp":' + number + b"}]}")
    assert events[0]["type"] == "follow"
    assert load(dump(events[0])) == events[0]


def test_an_item_that_is_no_object_is_kept_beside_the_others() -> None:
    _, events = parse_body(b'{"events":[null,"x",{"type":"follow"}]}')
    assert events == [{"value": None}, {"value": "x"}, {"type": "follow"}]


def test_what_postgresql_cannot_store_is_replaced_in_texts_and_in_keys() -> None:
    assert storable({"a\x00": ["\ud800b", "😀か", 3, None]}) == {"a�": ["�b", "😀か", 3, None]}


@given(JSON)
def test_any_json_can_be_written_and_read_again(value: Any) -> None:
    assert load(dump(value)) == value
    assert orjson.loads(orjson.dumps(storable(load(dump(value))))) == storable(value)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_webhook_or_a_named_error(raw: bytes) -> None:
    try:
        parse_body(raw)
    except BodyError as error:
        code = error.code
    else:
        code = "none"
    assert code in {"none", "not_json", "too_deep", "not_an_object", "no_events"}
