"""From a webhook body to the rows to keep, and back: what is sealed in an inbox row and under which key."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from madoguchi.channels.line.body import JsonObject, dump, load, parse_body
from madoguchi.channels.line.events import stamp
from madoguchi.core import seal

TABLE = "inbox_inboundevent"


@dataclass(frozen=True, slots=True)
class Lock:
    """What the door needs of a channel: ids, the secrets it may be signed with, and the keys to seal with."""

    channel_id: int
    organisation_id: int
    channel_key: str
    secrets: tuple[str, ...] = field(repr=False)
    data_key: bytes = field(repr=False)
    lookup_key: bytes = field(repr=False)


class Row(NamedTuple):
    """One row to keep, in the order of the INSERT's columns."""

    organisation_id: int
    channel_id: int
    event_id: str
    kind: str
    sender: bytes | None
    happened_at: datetime | None
    sealed_body: bytes


def rows_of(lock: Lock, raw: bytes) -> list[Row]:
    """The rows of a webhook body, in its order. Raises channels.line.body.BodyError when it is no webhook."""
    destination, events = parse_body(raw)
    if len(events) == 1:
        return [_row(lock, events[0], raw)]
    return [_row(lock, event, dump({"destination": destination, "events": [event]})) for event in events]


def _row(lock: Lock, event: JsonObject, body: bytes) -> Row:
    kind, event_id, happened_at, source = stamp(event)
    sender = seal.lookup(lock.lookup_key, source) if source else None
    where = place(lock.organisation_id, event_id, lock.channel_key)
    sealed = seal.seal(lock.data_key, body, where)
    return Row(lock.organisation_id, lock.channel_id, event_id, kind, sender, happened_at, sealed)


def place(organisation_id: int, event_id: str, owner: str) -> bytes:
    """`owner`: the channel's key, or the hash of the contact once there is one."""
    return seal.place(organisation_id, TABLE, "body", event_id, owner)


def event_in(body: bytes) -> Any:
    """The one event of a kept body, as the raw dict LINE sent."""
    return load(body)["events"][0]
