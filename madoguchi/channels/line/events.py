"""One raw webhook event -> `Event`, without ever raising: store first, understand later.

An unknown kind keeps its name and its raw dict. Ids are text, times are UTC, and a value that isn't what LINE
describes reads as absent. Two traps are closed here: only a `user` source is a private talk (a group event
carries its sender's user id too), and LINE's old verify button sends dummy reply tokens of zeros or f's.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

import orjson

from .body import JsonObject, storable
from .contents import Content, read_content
from .tolerant import as_id, as_list, as_object, as_text

_EVENT_ID = re.compile(r"[\x21-\x7e]{1,64}\Z")
_DUMMY_TOKEN = re.compile(r"(0+|f+)\Z")
_FIRST_MS = 1_262_304_000_000  # 2010, before LINE existed
_LAST_MS = 4_102_444_800_000  # 2100


@dataclass(frozen=True, slots=True)
class Postback:
    """`params` holds date, time or datetime from a picker, or a rich menu's status; values are text."""

    data: str = field(repr=False)
    params: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Event:
    """`happened_at` is LINE's clock in milliseconds and unchanged on redelivery; None when missing or absurd.

    `source_kind` is `user`, `group`, `room`, a name we don't know, or empty when the event has no source;
    `group_id` is the group's or the room's id; `user_id` may be missing anywhere.
    """

    kind: str
    event_id: str
    happened_at: datetime | None
    source_kind: str
    user_id: str | None = field(repr=False)
    group_id: str | None = field(repr=False)
    mode: str
    is_redelivery: bool
    reply_token: str | None = field(repr=False)
    is_dummy: bool
    raw: JsonObject = field(repr=False)

    @property
    def is_private(self) -> bool:
        """A talk with one friend whom we know by id; nothing else may enter a friend's thread."""
        return self.source_kind == "user" and self.user_id is not None

    @property
    def is_standby(self) -> bool:
        """Another module holds this chat: hear, but stay silent."""
        return self.mode == "standby"

    @property
    def content(self) -> Content | None:
        """The message of a `message` or `messageEdited` event."""
        return read_content(self.raw.get("message")) if self.kind in ("message", "messageEdited") else None

    @property
    def unsent_message_id(self) -> str | None:
        return as_id(self._part("unsend").get("messageId"))

    @property
    def is_unblocked(self) -> bool:
        """On `follow`: the friend had blocked the account before (LINE's best effort)."""
        return self._part("follow").get("isUnblocked") is True

    @property
    def postback(self) -> Postback | None:
        if self.kind != "postback":
            return None
        given = self._part("postback")
        params = as_object(given.get("params")).items()
        texts = {storable(key): storable(value) for key, value in params if isinstance(value, str)}
        return Postback(as_text(given.get("data")) or "", texts)

    @property
    def member_ids(self) -> tuple[str, ...]:
        """On `memberJoined` and `memberLeft`: those whose user id LINE gave."""
        key = {"memberJoined": "joined", "memberLeft": "left"}.get(self.kind, "")
        members = as_list(self._part(key).get("members"))
        return tuple(found for item in members if (found := as_id(as_object(item).get("userId"))))

    def _part(self, key: str) -> JsonObject:
        return as_object(self.raw.get(key))


class Stamp(NamedTuple):
    """What the door keeps beside an event, before anybody reads it: a third of the cost of `read_event`.

    `source` is whose events keep their order: the group's or room's id, else the user's; None when LINE gives none.
    """

    kind: str
    event_id: str
    happened_at: datetime | None
    source: str | None


def stamp(raw: JsonObject) -> Stamp:
    """The stamp of one event; never raises."""
    source = as_object(raw.get("source"))
    group = as_id(source.get("groupId")) or as_id(source.get("roomId"))
    return Stamp(
        _kind(raw), event_id(raw), _moment(raw.get("timestamp")), group or as_id(source.get("userId"))
    )


def _kind(raw: JsonObject) -> str:
    return (as_text(raw.get("type")) or "unknown")[:64]


def read_event(raw: object) -> Event:
    """Whatever JSON value LINE sent as one event; never raises."""
    given = as_object(raw)
    source = as_object(given.get("source"))
    token = as_text(given.get("replyToken"))
    is_dummy = bool(token and _DUMMY_TOKEN.match(token))
    return Event(
        kind=_kind(given),
        event_id=event_id(given),
        happened_at=_moment(given.get("timestamp")),
        source_kind=(as_text(source.get("type")) or "")[:64],
        user_id=as_id(source.get("userId")),
        group_id=as_id(source.get("groupId")) or as_id(source.get("roomId")),
        mode=(as_text(given.get("mode")) or "active")[:64],
        is_redelivery=as_object(given.get("deliveryContext")).get("isRedelivery") is True,
        reply_token=None if is_dummy else token,
        is_dummy=is_dummy,
        raw=given,
    )


def event_id(raw: object) -> str:
    """What an event is deduplicated by: its `webhookEventId`, at most 64 visible ASCII characters.

    An event without a usable one gets `sha256:` and 40 hex digits over its content with sorted keys, leaving
    out `deliveryContext`, the only part that LINE changes when it delivers again.
    """
    given = as_object(raw)
    named = given.get("webhookEventId")
    if isinstance(named, str) and _EVENT_ID.match(named):
        return named
    lasting = {key: value for key, value in given.items() if key != "deliveryContext"}
    return "sha256:" + sha256(_canonical(lasting)).hexdigest()[:40]


def _canonical(value: JsonObject) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # half a surrogate pair
        return json.dumps(value, sort_keys=True).encode("ascii")


def _moment(value: object) -> datetime | None:
    if not isinstance(value, int) or not _FIRST_MS <= value < _LAST_MS:
        return None
    return datetime.fromtimestamp(value / 1000, UTC)
